"""Imports of a territory, for its team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404

from terreau.directory.enums import SuggestionOrigin
from terreau.directory.models import Organisation, Suggestion
from terreau.directory.queries import organisation_for
from terreau.kernel.pure.actor import Actor
from terreau.opendata import words
from terreau.opendata.enums import BatchState
from terreau.opendata.models import ImportBatch, ImportColumn, OutsideRecord, Resemblance, RowProblem
from terreau.opendata.queries.layers import displayed, in_words
from terreau.territory.models import Territory

SHOWN = 50
"""Rows of a list on one page."""
RECENT = 50


@dataclass(frozen=True)
class ListPage:
    """Everything that `import_list.html` reads. waiting_count: suggestions of imports that nobody decided yet."""

    batches: Sequence[ImportBatch]
    waiting_count: int


@dataclass(frozen=True)
class ProblemLine:
    """One line of what was wrong, in words."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class BatchPage:
    """Everything that `import_detail.html` reads."""

    batch: ImportBatch
    read: Sequence[ImportColumn]
    unread: Sequence[tuple[ImportColumn, str]]
    refused: Page[Any]
    refused_lines: Sequence[ProblemLine]
    aside: Sequence[ProblemLine]
    aside_count: int
    resemblances: Page[Any]
    failure: str
    waiting_count: int

    @property
    def is_open(self) -> bool:
        return self.batch.state in {BatchState.OPENED, BatchState.PREVIEWED, BatchState.READING}

    @property
    def is_running(self) -> bool:
        return self.batch.state in {BatchState.READING, BatchState.WRITING}


@dataclass(frozen=True)
class Change:
    """One field that a source changed. before, after: as the source said and says; shown: on the page now."""

    label: str
    before: str
    after: str
    shown: str


@dataclass(frozen=True)
class ChangesPage:
    """Everything that `changes.html` reads: suggestions of imports that wait, page by page."""

    rows: Page[Any]
    lines: Sequence[tuple[Suggestion, Sequence[Change]]]


def batch_for(territory: Territory, pk: UUID) -> ImportBatch:
    """Give an import of the territory, 404 otherwise. One query."""
    found = ImportBatch.objects.select_related("territory", "nature").filter(territory=territory, pk=pk).first()
    if found is None:
        raise Http404
    return found


def list_page(territory: Territory) -> ListPage:
    """Give the latest imports. Two queries."""
    batches = ImportBatch.objects.filter(territory=territory).select_related("territory").order_by("-created_at", "pk")
    return ListPage(list(batches[:RECENT]), waiting(territory).count())


def batch_page(batch: ImportBatch, page: str | None = None) -> BatchPage:
    """Give all that is known of an import. Eight queries at most, whatever its size."""
    columns = list(batch.columns.all())
    refusals = RowProblem.objects.filter(batch=batch, refuses=True).defer("cells").order_by("row", "pk")
    refused = Paginator(refusals, SHOWN).get_page(page)
    aside = RowProblem.objects.filter(batch=batch, refuses=False).defer("cells").order_by("row", "pk")
    resembling = batch.resemblances.select_related("organisation", "organisation__territory").order_by("row")
    first_aside = list(aside[: SHOWN + 1])
    return BatchPage(
        batch,
        [column for column in columns if column.field],
        [(column, words.left(column.why)) for column in columns if not column.field],
        refused,
        [line_of(problem) for problem in refused],
        [line_of(problem) for problem in first_aside[:SHOWN]],
        aside.count() if len(first_aside) > SHOWN else len(first_aside),
        Paginator(resembling, SHOWN).get_page(page),
        words.refusal_of_file(batch.failure, batch.failure_details) if batch.failure else "",
        waiting(batch.territory).filter(batch=batch.pk).count() if batch.state == BatchState.DONE else 0,
    )


def line_of(problem: RowProblem) -> ProblemLine:
    return ProblemLine(
        problem.row, problem.column, problem.value, words.problem(problem.code, problem.value, problem.details)
    )


def refused_rows(batch: ImportBatch) -> QuerySet[RowProblem]:
    """Give every refusal of an import, in the order of its rows; iterate over it in chunks."""
    return RowProblem.objects.filter(batch=batch, refuses=True).order_by("row", "pk")


def waiting(territory: Territory) -> QuerySet[Suggestion]:
    """Give the suggestions of imports that wait for the team."""
    return Suggestion.objects.of(territory).open().filter(origin=SuggestionOrigin.IMPORT)


def changes_page(territory: Territory, batch: str = "", page: str | None = None) -> ChangesPage:
    """Give what sources say otherwise than pages: as they said, as they say, as is shown. Six queries."""
    rows = waiting(territory).select_related("organisation", "organisation__territory", "organisation__nature")
    rows = rows.prefetch_related("organisation__names", "organisation__identifiers").order_by("created_at", "pk")
    if batch:
        rows = rows.filter(batch=batch)
    shown = Paginator(rows, SHOWN).get_page(page)
    suggestions = list(shown)
    records = {
        (record.organisation_id, record.source): record
        for record in OutsideRecord.objects.filter(
            organisation__in=[row.organisation for row in suggestions if row.organisation], source__in={row.label for row in suggestions}
        ).defer("raw")
    }  # fmt: skip
    return ChangesPage(
        shown, [(row, _changes(row, records.get((row.organisation_id, row.label)))) for row in suggestions]
    )


def _changes(suggestion: Suggestion, record: OutsideRecord | None) -> list[Change]:
    organisation = suggestion.organisation
    if organisation is None:
        return []
    before: Mapping[str, Any] = record.before if record else {}
    values: Mapping[str, Any] = record.values if record else {}
    found = []
    for name in values:
        place = (
            "identifiers"
            if name in {"siret", "siren", "rna", "data_inclusion"}
            else "names"
            if name in {"acronym", "usage_name"}
            else name
        )
        if place not in suggestion.changes:
            continue
        shown = in_words(displayed(organisation, name))
        if place in {"identifiers", "names"} and shown == in_words(values[name]):
            continue
        found.append(Change(words.field_name(name), in_words(before.get(name)), in_words(values[name]), shown))
    return found


def resemblances(batch: ImportBatch) -> QuerySet[Resemblance]:
    return batch.resemblances.order_by("row")


def organisation_of(reader: Actor, territory: Territory, key: str) -> Organisation:
    """Give a page that the reader may see, 404 otherwise."""
    return organisation_for(reader, territory, key)
