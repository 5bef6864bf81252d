"""Opening a file: what it is by its content, whatever its name says."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from terreau.opendata.pure.delimited import open_csv
from terreau.opendata.pure.json_items import open_json
from terreau.opendata.pure.limits import MOST_BYTES
from terreau.opendata.pure.problems import Unreadable
from terreau.opendata.pure.tables import Opened
from terreau.opendata.pure.workbooks import open_workbook

OLE = b"\xd0\xcf\x11\xe0"
FOREIGN = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"\x1f\x8b": "gzip", b"Rar!": "RAR", b"7z\xbc\xaf": "7z",
    b"PAR1": "Parquet", b"SQLite format 3": "SQLite", b"<?xml": "XML", b"<!DOCTYPE": "HTML", b"<html": "HTML",
}  # fmt: skip


def open_file(path: Path, is_known: Callable[[str], bool]) -> Opened:
    """Recognise a file and give its columns and rows. is_known: whether a word is the name of a column that we read.

    Raises Unreadable: too large, empty, of another format, damaged.
    """
    size = path.stat().st_size
    if not size:
        raise Unreadable("empty")
    if size > MOST_BYTES:
        raise Unreadable("too_large", size=size // 1_000_000, most=MOST_BYTES // 1_000_000)
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in FOREIGN.items():
        if start.startswith(mark):
            raise Unreadable("foreign", name=name)
    if start.startswith(OLE):
        raise Unreadable("old_excel")
    if start.startswith(b"PK"):
        return open_workbook(path, _kind_of_archive(path), is_known)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
        return open_json(path)
    return open_csv(path, is_known)


def _kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise Unreadable("broken_workbook") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "ods"
    raise Unreadable("foreign", name="ZIP")
