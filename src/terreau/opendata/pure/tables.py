"""A file once opened, whatever its format: columns, and rows that are read as they are asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Cells = Mapping[str, Any]
Numbered = tuple[int, Cells]
"""A row: the number that a person finds it by (line of a sheet, rank in a JSON list), and its cells by column."""


@dataclass(frozen=True)
class Opened:
    """What was recognised of a file.

    kind: csv, xlsx, ods or json. header_row: line of the header, 0 without one. titles: lines met above it.
    columns: in order, each named once. rows: opens the file anew at each call.
    """

    kind: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Numbered]]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int = 0
    titles: tuple[str, ...] = field(default=())
