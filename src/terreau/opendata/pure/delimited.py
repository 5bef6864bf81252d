"""CSV as it is met: any of four encodings and four separators, titles above the header."""

import codecs
import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from terreau.opendata.pure.headers import column_names, find_header
from terreau.opendata.pure.limits import HEADER_WITHIN, LARGEST_CSV_CELL
from terreau.opendata.pure.problems import Unreadable
from terreau.opendata.pure.tables import Numbered, Opened

SEPARATORS = (";", ",", "\t", "|")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
PEEK = 256 * 1024
BLOCK = 4 * 1024 * 1024


def open_csv(path: Path, is_known: Callable[[str], bool]) -> Opened:
    """Recognise a CSV and give its rows, a chunk of the file in memory at a time. Raises Unreadable."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="", errors="strict") as file:
        start = file.read(PEEK)
    if not start.strip():
        raise Unreadable("empty")
    if "\x00" in start:
        raise Unreadable("not_text")
    separator = separator_of(start)
    csv.field_size_limit(LARGEST_CSV_CELL)
    with path.open(encoding=encoding, newline="") as file:
        first = _read(file, separator, HEADER_WITHIN)
    lines = [line for _number, line in first]
    header = find_header(lines, is_known)
    columns = column_names(lines, header)
    number = first[header][0]

    def rows() -> Iterator[Numbered]:
        with path.open(encoding=encoding, newline="") as opened:
            yield from _rows(opened, separator, columns, number)

    titles = tuple(text for line in lines[:header] if (text := " ".join(filter(None, (c.strip() for c in line)))))
    return Opened("csv", columns, rows, encoding, separator, "", number, titles)


def encoding_of(path: Path) -> str:
    """Give the encoding: by its mark, UTF-16 by its zeros, UTF-8 when all of the file is, else Windows-1252.

    Windows-1252 leaves five bytes without a letter: Latin-1 is taken then, which reads anything.
    """
    with path.open("rb") as file:
        start = file.read(4096)
        for mark, encoding in MARKS.items():
            if start.startswith(mark):
                return encoding
        zeros = start.count(0)
        if zeros > len(start) // 4:
            return "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be"
        for encoding in ("utf-8", "cp1252"):
            file.seek(0)
            if _decodes(file, encoding):
                return encoding
    return "latin-1"


def _decodes(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(start: str) -> str:
    """Give the separator that cuts the first lines in most columns, as often in each."""
    best, found = 0.0, ","
    for separator in SEPARATORS:
        widths = [len(line) for line in islice(csv.reader(start.splitlines(), delimiter=separator), 30) if line]
        widths = widths[:-1] or widths
        wide = max(widths, default=0)
        if wide > 1:
            score = wide * widths.count(wide) / len(widths)
            if score > best:
                best, found = score, separator
    return found


def _read(file: IO[str], separator: str, most: int | None = None) -> list[tuple[int, list[str]]]:
    """Read lines with the number of the line on which each starts."""
    found, reader, before = [], csv.reader(file, delimiter=separator), 0
    try:
        for line in reader:
            found.append((before + 1, line))
            before = reader.line_num
            if most and len(found) >= most:
                break
    except csv.Error as error:
        raise Unreadable("broken_csv", row=before + 1) from error
    return found


def _rows(file: IO[str], separator: str, columns: tuple[str, ...], header: int) -> Iterator[Numbered]:
    reader, before, width = csv.reader(file, delimiter=separator), 0, len(columns)
    try:
        for line in reader:
            number, before = before + 1, reader.line_num
            if number <= header or not any(line):
                continue
            cells = dict(zip(columns, line, strict=False))
            if len(line) > width and any(cell.strip() for cell in line[width:]):
                # Cells beyond the header: a separator too many in the row. Told, never dropped.
                cells[""] = separator.join(line[width:])
            yield number, cells
    except csv.Error as error:
        raise Unreadable("broken_csv", row=before + 1) from error
