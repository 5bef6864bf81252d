"""Rows written as CSV, one at a time, for spreadsheets that run what looks like a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

MARK: Final = "\ufeff"
"""Without it, spreadsheets read UTF-8 as Windows-1252."""
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """A file that keeps nothing: it gives back what is written in it."""

    def write(self, text: str) -> str:
        return text


def guarded(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (OWASP, "CSV Injection")."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Give the lines of a CSV file, the first one with the mark of UTF-8; None is an empty cell."""
    writer = csv.writer(_Echo())
    yield MARK + str(writer.writerow(header))
    for row in rows:
        yield str(writer.writerow([guarded(value) for value in row]))
