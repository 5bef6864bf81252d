"""Text that leaves in a table, for programs that take some texts for formulas."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; drop the characters that no file may hold.

    Source: OWASP, "CSV Injection".
    """
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
    return f"'{kept}" if kept.lstrip(" \n").startswith(_RISKY) else kept
