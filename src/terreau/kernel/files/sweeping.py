"""Files that no record holds any more: a crash between bytes and row, a replacement, a removal."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction

from terreau.kernel.clock import now
from terreau.kernel.files.storing import FOLDER, is_kept, place_of
from terreau.kernel.models import WithFile

QUIET = dt.timedelta(days=1)
"""A file younger than this may belong to a row that is being written."""


def held(sha256s: Iterable[str] | None = None) -> set[str]:
    """Give the fingerprints that records hold, among some or all. One query for each model that holds files."""
    found: set[str] = set()
    for model in apps.get_models():
        if issubclass(model, WithFile):
            rows = model._default_manager.exclude(sha256="")
            rows = rows if sha256s is None else rows.filter(sha256__in=list(sha256s))
            found.update(rows.order_by().values_list("sha256", flat=True))
    return found


def orphans(*, quiet: dt.timedelta = QUIET) -> Iterator[str]:
    """Give the fingerprints of kept files that no record holds, once `quiet` has passed since they were written."""
    known = held()
    for folder in _folders():
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            place = f"{FOLDER}/{folder}/{name}"
            if name not in known and now() - default_storage.get_modified_time(place) >= quiet:
                yield name


def lost() -> list[str]:
    """Give the fingerprints that records hold and whose bytes are missing or cut. One look at the storage for each."""
    found = set()
    for model in apps.get_models():
        if issubclass(model, WithFile):
            rows = model._default_manager.exclude(sha256="").order_by().values_list("sha256", "size").distinct()
            found |= {sha256 for sha256, size in rows if not is_kept(sha256, size or 0)}
    return sorted(found)


def _folders() -> list[str]:
    try:
        return sorted(default_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return []


def remove_orphans() -> int:
    """Take away the files that no record holds. Gives how many."""
    found = list(orphans())
    for sha256 in found:
        _remove(sha256)
    return len(found)


def forget_unheld(sha256: str) -> None:
    """Once the transaction is kept, take away the bytes of a file that a record let go, unless another holds them."""
    if sha256:
        transaction.on_commit(lambda: None if held([sha256]) else _remove(sha256))


def _remove(sha256: str) -> None:
    default_storage.delete(place_of(sha256))
