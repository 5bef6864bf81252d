"""What changed in a record, key by key, as the audit keeps it."""

from typing import Any

from terreau.kernel.dossier.fields import Column, Doc
from terreau.kernel.dossier.mapping import bound_fields, nested_records

UNSAID = "…"
"""Stands for a personal value in the audit, which outlives the person's record."""


def own(document: dict[str, Any], doc: type[Doc]) -> dict[str, Any]:
    """Leave out the records inside a record: they are compared by themselves."""
    nested = {found.name for found in nested_records(doc)}
    return {name: value for name, value in document.items() if name not in nested}


def difference(before: dict[str, Any], after: dict[str, Any], doc: type[Doc]) -> dict[str, list[Any]]:
    """Give each key whose value differs as [before, after], None where it was not written."""
    found = {
        name: [before.get(name), after.get(name)] for name in {**before, **after} if before.get(name) != after.get(name)
    }
    for bound in bound_fields(doc):
        if isinstance(bound.marker, Column) and bound.marker.personal and bound.name in found:
            found[bound.name] = [None if value is None else UNSAID for value in found[bound.name]]
    return found
