"""The sorts of files that the house admits. Nothing that a browser would run: neither HTML, nor SVG, nor scripts."""

from dataclasses import dataclass
from typing import Literal

Player = Literal["", "image", "audio", "video", "document"]


@dataclass(frozen=True)
class FileKind:
    """One admitted sort. player: what a browser may show it with on our page's side; empty: it is only downloaded."""

    media_type: str
    extension: str
    name: str
    player: Player = ""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
FILE_KINDS = (
    FileKind("application/pdf", "pdf", "PDF", "document"),
    FileKind(f"{_ODF}text", "odt", "ODT"),
    FileKind(f"{_ODF}spreadsheet", "ods", "ODS"),
    FileKind(f"{_ODF}presentation", "odp", "ODP"),
    FileKind(f"{_OOXML}wordprocessingml.document", "docx", "DOCX"),
    FileKind(f"{_OOXML}spreadsheetml.sheet", "xlsx", "XLSX"),
    FileKind(f"{_OOXML}presentationml.presentation", "pptx", "PPTX"),
    FileKind("application/epub+zip", "epub", "EPUB"),
    FileKind("text/plain", "txt", "TXT"),
    FileKind("text/markdown", "md", "Markdown"),
    FileKind("text/csv", "csv", "CSV"),
    FileKind("image/png", "png", "PNG", "image"),
    FileKind("image/jpeg", "jpg", "JPEG", "image"),
    FileKind("image/webp", "webp", "WebP", "image"),
    FileKind("audio/mpeg", "mp3", "MP3", "audio"),
    FileKind("audio/ogg", "ogg", "OGG", "audio"),
    FileKind("audio/mp4", "m4a", "M4A", "audio"),
    FileKind("video/mp4", "mp4", "MP4", "video"),
    FileKind("video/webm", "webm", "WebM", "video"),
)
ALSO = {"jpeg": "jpg", "oga": "ogg", "opus": "ogg", "markdown": "md", "text": "txt", "m4v": "mp4"}
"""Other endings of admitted sorts."""
BY_EXTENSION = {kind.extension: kind for kind in FILE_KINDS}
ACCEPT = ",".join(f".{extension}" for extension in (*BY_EXTENSION, *ALSO))
"""What a file field offers to choose from."""
NAMES = ", ".join(kind.name for kind in FILE_KINDS)
_BY_MEDIA_TYPE = {kind.media_type: kind for kind in FILE_KINDS}


def kind_of(media_type: str) -> FileKind | None:
    return _BY_MEDIA_TYPE.get(media_type)
