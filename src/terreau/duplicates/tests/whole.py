"""The whole database as plain values: what a merge then its undoing must leave as it was."""

from typing import Any

from django.apps import apps

from terreau.directory.models.tallies import Tally, YearTally
from terreau.duplicates.models import Merge, MergeStep
from terreau.kernel.models import AuditEvent, Entry, Fact, FactActor
from terreau.kernel.repointing import content

JOURNALS = {Merge, MergeStep, AuditEvent}
READ_MODEL = {Entry, Fact, FactActor}
COUNTS = {Tally, YearTally}
"""What the database counts by itself, in rows that it adds: `directory` compares them with a plain count."""


def whole() -> dict[str, list[Any]]:
    """Give every row of every table, but for the journals of what was done; the read model without its own keys."""
    tables = [
        table for table in apps.get_models(include_auto_created=True) if table not in JOURNALS | READ_MODEL | COUNTS
    ]
    found = {table._meta.label: [content(row) for row in table._base_manager.order_by("pk")] for table in tables}
    return {label: rows for label, rows in found.items() if rows} | {"read model": told()}


def told() -> list[Any]:
    entries = [{**content(row), "id": None} for row in Entry.objects.all()]
    facts = [
        {**content(row), "id": None, "who": [[actor.kind, str(actor.record_id)] for actor in row.actors.all()]}
        for row in Fact.objects.prefetch_related("actors")
    ]
    return sorted(map(str, [*entries, *facts]))
