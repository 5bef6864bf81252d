"""Whether a file may be kept: its name, its size, what it really is, what it would unpack to."""

import hashlib
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from terreau.kernel.errors import RuleBroken
from terreau.kernel.files import archives
from terreau.kernel.files.detecting import CHUNK, detect
from terreau.kernel.files.kinds import NAMES, FileKind
from terreau.kernel.files.naming import refuse_tricks, safe_name
from terreau.kernel.files.words import size_in_words

_ZIPPED = {"odt", "ods", "odp", "docx", "xlsx", "pptx", "epub"}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept. name: as it will be downloaded; sha256: of the content, lower-case hexadecimal."""

    file: IO[bytes]
    name: str
    kind: FileKind
    size: int
    sha256: str


def checked(file: IO[bytes], name: str) -> CheckedFile:
    """Check a file that somebody gives. Reads it whole, piece by piece, and keeps nothing.

    Raises RuleBroken (on the field `upload`), in words that name the file, what was found and what is admitted.
    """
    refuse_tricks(name)
    size = _size(file)
    if size > settings.TERREAU_FILE_LIMIT:
        message = _(
            "« %(name)s » pèse %(size)s, et la limite est de %(limit)s : l'alléger, ou donner l'adresse où il se trouve."
        )
        values = {"name": name, "size": size_in_words(size), "limit": size_in_words(settings.TERREAU_FILE_LIMIT)}
        raise RuleBroken(message % values, field="upload")
    found = detect(file, name)
    if not isinstance(found, FileKind):
        message = _("« %(name)s » contient %(found)s. Sortes de fichiers admises : %(admitted)s.")
        raise RuleBroken(message % {"name": name, "found": found, "admitted": NAMES}, field="upload")
    if found.extension in _ZIPPED:
        archives.refuse_bombs(file, name)
    return CheckedFile(file, safe_name(name, found), found, size, fingerprint(file))


def fingerprint(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _size(file: IO[bytes]) -> int:
    """Give the length of a file; that of a refused upload is announced, since its bytes were not kept."""
    announced = getattr(file, "size", None)
    if isinstance(announced, int):
        return announced
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size
