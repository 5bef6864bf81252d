"""The words found inside a file, so that the search reads them: plain text, bounded in time and size."""

import codecs
import logging
import time
from collections.abc import Callable
from typing import IO, Any

from terreau.kernel.files import documents
from terreau.kernel.files.limits import MOST_CHARACTERS, Deadline, Late

SLOWEST = 20.0
"""Seconds after which reading stops: what was read by then is kept."""
MOST_PAGES = 3000

logger = logging.getLogger("terreau.files")


def extract(file: IO[bytes], media_type: str) -> str:
    """Give the words of a file, at most MOST_CHARACTERS, in SLOWEST seconds; empty when it holds none.

    Images, sounds and films have none, nor has a scanned PDF. A file that cannot be read gives none either: what is
    wrong with it is logged, since it may still be downloaded. Never raises on content.
    """
    reader = _READERS.get(media_type)
    if reader is None:
        return ""
    file.seek(0)
    found: list[str] = []
    deadline = Deadline(time.monotonic() + SLOWEST)
    try:
        reader(file, found, deadline)
    except Late:
        logger.warning("files.extract_late media_type=%s", media_type)
    except Exception as error:  # noqa: BLE001 -- readers of strangers' files fail in any way
        logger.warning("files.extract_failed media_type=%s error=%s", media_type, type(error).__name__)
    finally:
        file.seek(0)
    return tidied("".join(found))


def tidied(text: str) -> str:
    """Keep what both databases can hold, without the blanks of the layout: one line for one line."""
    plain = text[: 2 * MOST_CHARACTERS].replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    lines = (" ".join(line.split()) for line in plain.splitlines())
    return "\n".join(line for line in lines if line)[:MOST_CHARACTERS]


def reads_words(media_type: str) -> bool:
    """Whether words may be looked for in this sort of file."""
    return media_type in _READERS


def _pdf(file: IO[bytes], found: list[str], deadline: Deadline) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 -- slow import

    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        return
    length = 0
    for page in reader.pages[:MOST_PAGES]:
        text = page.extract_text(visitor_operand_before=lambda *_: deadline.check())
        found += [text, "\n"]
        length += len(text)
        deadline.check()
        if length >= MOST_CHARACTERS:
            break


def _text(file: IO[bytes], found: list[str], _deadline: Deadline) -> None:
    raw = file.read(4 * MOST_CHARACTERS)
    try:
        found.append(codecs.decode(raw, "utf-8-sig"))
    except UnicodeDecodeError:
        found.append(raw.decode("cp1252", "replace"))


_READERS: dict[str, Callable[[IO[bytes], list[str], Deadline], Any]] = {
    "application/pdf": _pdf,
    "text/plain": _text,
    "text/markdown": _text,
    "text/csv": _text,
    **dict.fromkeys(documents.SHAPES, documents.read),
}
