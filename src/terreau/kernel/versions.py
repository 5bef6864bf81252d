"""Optimistic versions: saving over a newer version is refused, with nothing lost on either side."""

from typing import Any

from terreau.kernel.clock import now
from terreau.kernel.errors import StaleVersion
from terreau.kernel.models import Record


def save(record: Record, *, seen: int, changes: dict[str, Any], force: bool = False) -> dict[str, list[Any]]:
    """Write `changes` on a record if it is still at version `seen`, in one guarded UPDATE.

    changes: field name → new value. Gives what really changed, field → [before, after] as text, for the audit; when
    nothing changed, nothing is written and nothing refused (someone saved the same, a button was pressed twice),
    unless `force` says that something beside its own columns did (its themes, its rows): the version then moves all
    the same. The record in memory carries the new values and version.
    Raises StaleVersion with the record as it is now.
    """
    model = type(record)
    current = model._default_manager.get(pk=record.pk)
    differences = {name: value for name, value in changes.items() if getattr(current, name) != value}
    if not differences and not force:
        return {}
    if current.version != seen:
        raise StaleVersion(current)
    written = model._default_manager.filter(pk=record.pk, version=seen).update(
        **differences, version=seen + 1, updated_at=now()
    )
    if not written:
        current = model._default_manager.get(pk=record.pk)
        if not force and all(getattr(current, name) == value for name, value in changes.items()):
            return {}
        raise StaleVersion(current)
    before = {name: getattr(current, name) for name in differences}
    for name, value in differences.items():
        setattr(record, name, value)
    record.version = seen + 1
    return {name: [plain(before[name]), plain(value)] for name, value in differences.items()}


def plain(value: Any) -> Any:
    """Give a value as the audit writes it: JSON as it is, anything else as text."""
    return value if value is None or isinstance(value, (bool, int, list, dict)) else str(value)
