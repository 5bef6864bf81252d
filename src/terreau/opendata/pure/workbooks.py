"""Spreadsheets of Excel and LibreOffice, looked over before they are opened: what a few kilobytes hide is refused."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from terreau.opendata.pure.headers import column_names, find_header
from terreau.opendata.pure.limits import HEADER_WITHIN, MOST_CELLS, MOST_RATIO, MOST_UNZIPPED, RATIO_FROM
from terreau.opendata.pure.problems import Unreadable
from terreau.opendata.pure.tables import Numbered, Opened

BLOCK = 1024 * 1024
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
LETTERS = 26
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "


def open_workbook(path: Path, kind: str, is_known: Callable[[str], bool]) -> Opened:
    """Recognise the first sheet that holds a table. kind: xlsx or ods. Raises Unreadable."""
    inspect(path)
    workbook = _opened(path)
    for name in workbook.sheet_names:
        sheet = _sheet(workbook, name)
        if sheet.height:
            break
    else:
        raise Unreadable("empty")
    first = [[_text(cell) for cell in line] for line in islice(sheet.iter_rows(), HEADER_WITHIN)]
    header = find_header(first, is_known)
    columns = column_names(first, header)
    # The sheet starts where its first filled cell is; people count from the top.
    above = sheet.start[0] if sheet.start else 0

    def rows() -> Iterator[Numbered]:
        again = _sheet(_opened(path), name)
        for place, line in enumerate(again.iter_rows()):
            if place > header and any(cell not in ("", None) for cell in line):
                yield above + place + 1, {column: _plain(cell) for column, cell in zip(columns, line, strict=False)}

    titles = tuple(text for line in first[:header] if (text := " ".join(filter(None, line))))
    return Opened(kind, columns, rows, sheet=name, header_row=above + header + 1, titles=titles)


def inspect(path: Path) -> None:
    """Unzip to nowhere, counting: the sizes that an archive declares prove nothing. Raises Unreadable.

    Also refuses a sheet whose corners are so far apart that reading it would fill the memory.
    """
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise Unreadable("encrypted")
                with archive.open(member) as file:
                    total += _inspect_member(member.filename, file, max(member.compress_size, 1), total)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, expat.ExpatError) as error:
        raise Unreadable("broken_workbook") from error
    except (OSError, ValueError) as error:
        # zlib.error is an OSError's cousin: damaged data.
        raise Unreadable("broken_workbook") from error


def _inspect_member(name: str, file: IO[bytes], compressed: int, before: int) -> int:
    size, tail = 0, b""
    counter = _OdsCells() if name == "content.xml" else None
    is_sheet = name.startswith("xl/worksheets/")
    widest = tallest = 0
    while block := file.read(BLOCK):
        size += len(block)
        if before + size > MOST_UNZIPPED or (size > RATIO_FROM and size / compressed > MOST_RATIO):
            raise Unreadable("bomb")
        if counter:
            counter.feed(block)
        if is_sheet:
            for letters, digits in REFERENCE.findall(tail + block):
                widest, tallest = max(widest, _column(letters)), max(tallest, int(digits))
            tail = block[-20:]
            if widest * tallest > MOST_CELLS:
                raise Unreadable("too_many_cells", most=MOST_CELLS)
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - 64
    return number


class _OdsCells:
    """Counts the cells of an OpenDocument sheet as it is streamed, repeated ones as often as they claim to be."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.row = self.filled = self.width = self.widest = self.tallest = 0

    def feed(self, block: bytes) -> None:
        self.parser.Parse(block, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TABLE}table":
            self.tallest = self.widest = 0
        elif name == f"{TABLE}table-row":
            self.row = int(attributes.get(f"{TABLE}number-rows-repeated", "1"))
            self.filled = self.width = 0
        elif name in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            self.width += int(attributes.get(f"{TABLE}number-columns-repeated", "1"))
            if any(key.endswith("value-type") for key in attributes):
                self.filled = self.width

    def _end(self, name: str) -> None:
        if name == f"{TABLE}table-row":
            self.widest = max(self.widest, self.filled)
            if self.filled:
                self.tallest += self.row
                if self.widest * self.tallest > MOST_CELLS:
                    raise Unreadable("too_many_cells", most=MOST_CELLS)


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise Unreadable("broken_workbook") from error


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise Unreadable("broken_workbook") from error


def _plain(cell: Any) -> Any:
    """Give a cell as text, number or ISO date: a whole number loses its « .0 », so that a SIRET keeps its digits."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _text(cell: Any) -> str:
    return "" if cell is None else str(_plain(cell)).strip()
