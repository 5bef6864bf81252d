"""Where files rest: in Django's storage, under the fingerprint of their content, one copy for equal contents."""

from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from terreau.kernel.files.checking import CheckedFile

FOLDER = "kept"


def place_of(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def is_kept(sha256: str, size: int) -> bool:
    """Whether the bytes are there, whole: a crash may have left the beginning of them."""
    place = place_of(sha256)
    return default_storage.exists(place) and default_storage.size(place) == size


def keep(checked: CheckedFile) -> None:
    """Write the bytes of a checked file, before the row that names it; nothing when they are there already, whole.

    When two write the same content at once, the storage makes a second copy, which is taken away.
    """
    if is_kept(checked.sha256, checked.size):
        return
    place = place_of(checked.sha256)
    default_storage.delete(place)
    checked.file.seek(0)
    written = default_storage.save(place, File(checked.file, name=place))
    if written != place:
        default_storage.delete(written)


def open_kept(sha256: str) -> IO[bytes]:
    """Open a kept file. Raises FileNotFoundError when its bytes are not there."""
    return default_storage.open(place_of(sha256))
