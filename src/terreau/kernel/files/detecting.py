"""What a file is, by its bytes: its name and what the browser says of it are only claims."""

import codecs
import re
import zipfile
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.kernel.files.kinds import ALSO, BY_EXTENSION, FileKind

HEAD = 4096
"""Bytes that tell a sort; those of a text are read to the end."""
CHUNK = 1 << 20
_TEXTS = {"txt", "md", "csv"}
_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"RIFF", "webp"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"\x1aE\xdf\xa3", "webm"),
)
_AUDIO_BRANDS = {b"M4A ", b"M4B "}
_VIDEO_BRANDS = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"dash", b"MSNV", b"f4v ",
}  # fmt: skip
_ZIPPED = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MARKUP = re.compile(rb"\s*<(?:[!?a-zA-Z]|/[a-zA-Z])")
_REFUSED: tuple[tuple[bytes, str | Promise], ...] = (
    (b"MZ", _("un programme pour Windows")),
    (b"\x7fELF", _("un programme")),
    (b"#!", _("un script")),
    (b"GIF8", _("une image GIF")),
    (b"Rar!", _("une archive RAR")),
    (b"7z\xbc\xaf\x27\x1c", _("une archive 7z")),
    (b"\x1f\x8b", _("une archive gzip")),
    (b"\xd0\xcf\x11\xe0", _("un document bureautique d'ancienne génération (DOC, XLS ou PPT)")),
    (b"{\\rtf", _("un document RTF")),
    (b"II*\x00", _("une image TIFF")),
    (b"MM\x00*", _("une image TIFF")),
    (b"\x1aE\xdf\xa3", _("une vidéo Matroska")),
)
UNKNOWN = _("un contenu qui n'est pas reconnu")
MARKUP = _("du HTML, du SVG ou un autre XML, qui pourrait agir dans la page de qui l'ouvre")
ARCHIVE = _("une archive ZIP")
OTHER_FILM = _("une image ou un film d'un autre format (HEIC, AVIF, MOV)")
EMPTY = _("rien : il est vide")


def detect(file: IO[bytes], name: str) -> FileKind | str | Promise:
    """Give the sort of a file, or what it holds, in words, when it is not admitted. The name only tells texts apart."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        return EMPTY
    if extension := _by_head(head) or (_zipped(file) if head.startswith(b"PK\x03\x04") else ""):
        return BY_EXTENSION[extension]
    if head.startswith(b"PK"):
        return ARCHIVE
    for start, words in _REFUSED:
        if head.startswith(start):
            return words
    if head[4:8] == b"ftyp":
        return OTHER_FILM
    return _text(file, head, name)


def _by_head(head: bytes) -> str:
    """Give the extension that the first bytes tell; empty when they do not."""
    if head[4:8] == b"ftyp":
        return "m4a" if head[8:12] in _AUDIO_BRANDS else "mp4" if head[8:12] in _VIDEO_BRANDS else ""
    found = next((extension for start, extension in _STARTS if head.startswith(start)), "")
    if (found == "webp" and head[8:12] != b"WEBP") or (found == "ogg" and b"theora" in head):
        return ""
    if found == "webm" and b"\x42\x82\x84webm" not in head[:80]:
        return ""
    return found or ("mp3" if _is_mp3_frame(head) else "")


def _is_mp3_frame(head: bytes) -> bool:
    """Whether an MPEG audio frame of layer III begins here, with a bit rate and a sampling rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 -- the eleven bits that begin a frame
        return False
    version, layer, rate, sampling = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in {0, 15} and sampling != 3  # noqa: PLR2004 -- reserved values


def _zipped(file: IO[bytes]) -> str:
    """Tell the formats that are ZIP archives apart by what they must hold."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < HEAD:
                return _ZIPPED.get(archive.read("mimetype").decode("ascii", "replace").strip(), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return ""
    if "[Content_Types].xml" in names:
        return next((extension for part, extension in _MAIN_PARTS.items() if part in names), "")
    return ""


def _text(file: IO[bytes], head: bytes, name: str) -> FileKind | str | Promise:
    start = head.removeprefix(codecs.BOM_UTF8)
    if _MARKUP.match(start):
        return MARKUP
    if _is_binary(file):
        return UNKNOWN
    extension = name.rpartition(".")[2].lower()
    extension = ALSO.get(extension, extension)
    return BY_EXTENSION[extension if extension in _TEXTS else "txt"]


def _is_binary(file: IO[bytes]) -> bool:
    """Whether a file holds bytes that no text has."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        if chunk.translate(None, _WRITTEN) != b"":
            return True
    return False


_WRITTEN = bytes(code for code in range(256) if code >= 0x20 or code in b"\t\n\r\f")  # noqa: PLR2004 -- the first one that is seen
