"""The words of office documents and e-books: XML in a ZIP archive.

The XML reader takes no entity from the document and fetches nothing: a document that declares entities is not read.
"""

import html
import re
import zipfile
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from terreau.kernel.files.limits import MOST_CHARACTERS, Deadline, Late

CHUNK = 1 << 16


@dataclass(frozen=True)
class Shape:
    """Where the words of a format are. parts: the members of the archive that hold them, read in the order of numbers.

    words: local names of the elements whose text is kept, all when empty; ends: those after which a line ends;
    blanks: those that stand for a space; skipped: those whose text nobody reads.
    """

    parts: re.Pattern[str]
    words: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    blanks: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()


_ODF = Shape(
    re.compile(r"content\.xml"),
    ends=frozenset({"p", "h", "table-row"}),
    blanks=frozenset({"s", "tab", "line-break", "table-cell"}),
    skipped=frozenset({"tracked-changes", "script", "binary-data"}),
)
_OOXML = "application/vnd.openxmlformats-officedocument."
SHAPES = {
    "application/vnd.oasis.opendocument.text": _ODF,
    "application/vnd.oasis.opendocument.spreadsheet": _ODF,
    "application/vnd.oasis.opendocument.presentation": _ODF,
    f"{_OOXML}wordprocessingml.document": Shape(
        re.compile(r"word/(?:document|footnotes|endnotes)\.xml"),
        words=frozenset({"t"}), ends=frozenset({"p"}), blanks=frozenset({"tab", "br"}),
    ),
    f"{_OOXML}spreadsheetml.sheet": Shape(
        re.compile(r"xl/sharedStrings\.xml"), words=frozenset({"t"}), ends=frozenset({"si"}), skipped=frozenset({"rPh"})
    ),
    f"{_OOXML}presentationml.presentation": Shape(
        re.compile(r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml"),
        words=frozenset({"t"}), ends=frozenset({"p"}), blanks=frozenset({"br"}),
    ),
    "application/epub+zip": Shape(
        re.compile(r".*\.x?html?"),
        ends=frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "tr", "title", "blockquote"}),
        blanks=frozenset({"br", "td", "th"}),
        skipped=frozenset({"script", "style"}),
    ),
}  # fmt: skip


class Forbidden(Exception):
    """The document declares entities, by which a small file becomes a huge text."""


def read(file: IO[bytes], found: list[str], deadline: Deadline) -> None:
    """Add the words of a document to `found`. Raises Late, Forbidden, or whatever a broken document raises."""
    with zipfile.ZipFile(file) as archive:
        shape = SHAPES[_media_type(archive)]
        names = [name for name in archive.namelist() if shape.parts.fullmatch(name)]
        for name in sorted(names, key=_numbered):
            with archive.open(name) as part:
                _read_part(part, _Words(shape, found), deadline)


def _media_type(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names:
        return archive.read("mimetype").decode("ascii", "replace").strip()
    kinds = {
        "word/": "wordprocessingml.document",
        "xl/": "spreadsheetml.sheet",
        "ppt/": "presentationml.presentation",
    }
    return next(_OOXML + kind for folder, kind in kinds.items() if any(name.startswith(folder) for name in names))


def _numbered(name: str) -> list[tuple[int, str]]:
    """Sort slide10 after slide9."""
    return [(int(piece), "") if piece.isdigit() else (0, piece) for piece in re.split(r"(\d+)", name)]


class _Words:
    """Hears the events of the XML reader, and writes the words."""

    def __init__(self, shape: Shape, found: list[str]) -> None:
        self.shape, self.found = shape, found
        self.kept, self.skipped, self.length = 0, 0, 0

    def start(self, name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        self.kept += local in self.shape.words
        self.skipped += local in self.shape.skipped
        if local in self.shape.blanks:
            self.found.append(" ")

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self.kept -= local in self.shape.words
        self.skipped -= local in self.shape.skipped
        if local in self.shape.ends:
            self.found.append("\n")

    def data(self, text: str) -> None:
        if not self.skipped and (self.kept or not self.shape.words):
            self.found.append(text)
            self.length += len(text)
            if self.length > MOST_CHARACTERS:
                raise Late

    def named_character(self, name: str, _is_parameter: object) -> None:
        """Read a character that XHTML calls by its name, which the reader does not know."""
        self.data(html.unescape(f"&{name};"))

    def entity(self, *_declaration: object) -> None:
        raise Forbidden


def _read_part(part: IO[bytes], words: _Words, deadline: Deadline) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    # Without this an XHTML page whose DOCTYPE is not fetched would refuse &nbsp;.
    parser.UseForeignDTD(True)
    parser.StartElementHandler = words.start
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.data
    parser.SkippedEntityHandler = words.named_character
    parser.EntityDeclHandler = words.entity
    while chunk := part.read(CHUNK):
        deadline.check()
        parser.Parse(chunk)
    parser.Parse(b"", True)
