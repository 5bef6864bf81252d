"""Where the header of a sheet is, and what it calls its columns."""

from collections.abc import Callable, Sequence

from terreau.opendata.pure.limits import HEADER_WITHIN, MOST_COLUMNS
from terreau.opendata.pure.problems import Unreadable

Line = Sequence[str]
KNOWN = 3
"""How much a column that we know counts, beside one that is only a word."""


def find_header(lines: Sequence[Line], is_known: Callable[[str], bool]) -> int:
    """Give the rank (from 0) of the header among the first lines: the one with most known names, then most words.

    Figures do not make a header. Raises Unreadable when there is no line at all.
    """
    best, place = -1.0, -1
    for rank, line in enumerate(lines[:HEADER_WITHIN]):
        filled = [cell for cell in line if cell.strip()]
        if not filled:
            continue
        words = [cell for cell in filled if _is_word(cell)]
        known = sum(map(is_known, words))
        # A title is one cell above a table; a row of data has figures; the first of equals wins.
        score = known * KNOWN + len(words) - 2 * (len(filled) - len(words)) - rank * 0.1
        if score > best:
            best, place = score, rank
    if place < 0:
        raise Unreadable("empty")
    return place


def column_names(lines: Sequence[Line], header: int) -> tuple[str, ...]:
    """Name the columns from the header; a row of groups just above it (« Adresse » over three columns) goes before.

    An empty name becomes « Colonne 4 », a name met twice « nom (2) ». Raises Unreadable beyond MOST_COLUMNS.
    """
    line = [" ".join(cell.split()) for cell in lines[header]]
    while line and not line[-1]:
        line.pop()
    if len(line) > MOST_COLUMNS:
        raise Unreadable("columns", count=len(line), most=MOST_COLUMNS)
    groups = _groups(lines[header - 1], line) if header else {}
    names: dict[str, None] = {}
    seen: dict[str, int] = {}
    for place, name in enumerate(line):
        full = name or f"Colonne {place + 1}"
        if place in groups and name:
            full = f"{groups[place]} : {name}"
        seen[full] = seen.get(full, 0) + 1
        names[full if seen[full] == 1 else f"{full} ({seen[full]})"] = None
    return tuple(names)


def _groups(above: Line, header: Sequence[str]) -> dict[int, str]:
    """Give the group over each column, when the row above is one of merged cells: some filled, spread, none a title."""
    filled = [place for place, cell in enumerate(above) if cell.strip()]
    if len(filled) < 2 or len(filled) >= len(header):  # noqa: PLR2004 -- one cell alone is a title
        return {}
    found = {}
    for start, end in zip(filled, [*filled[1:], len(header)], strict=True):
        for place in range(start, end):
            found[place] = " ".join(above[start].split())
    return found


def _is_word(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell) and len(cell) <= 120  # noqa: PLR2004 -- a header is short
