"""Rows written as CSV, one at a time, for spreadsheets that run what looks like a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

MARK: Final = "\ufeff"
"""Without it, spreadsheets read UTF-8 as Windows-1252."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that keeps nothing: it gives back what is written in it."""

    def write(self, text: str) -> str:
        return text


def guarded(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run, and drop the characters that no file may hold.

    Values that are no text are given back as they are. Source: OWASP, "CSV Injection".
    """
    if not isinstance(value, str):
        return value
    kept = "".join(letter for letter in value if letter >= " " or letter in "\t\n\r")
    return f"'{kept}" if kept.lstrip(" \n").startswith(_RISKY) else kept


def csv_lines(
    header: Sequence[str], rows: Iterable[Sequence[Any]], *, separator: str = ",", mark: bool = True
) -> Iterator[str]:
    """Give the lines of a CSV file (RFC 4180: CRLF, quotes doubled), every text guarded; None is an empty cell.

    separator: a semicolon for people whose spreadsheet is set to French. mark: whether the file starts with MARK.
    """
    writer = csv.writer(_Echo(), delimiter=separator)
    yield (MARK if mark else "") + str(writer.writerow([guarded(name) for name in header]))
    for row in rows:
        yield str(writer.writerow([guarded(value) for value in row]))
