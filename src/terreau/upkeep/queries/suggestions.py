"""The queue of suggestions, and one suggestion beside what the page says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terreau.directory.enums import SuggestionKind, SuggestionOrigin, SuggestionState
from terreau.directory.models import Suggestion
from terreau.directory.services.plain_values import label_of, plain_values, same
from terreau.kernel.components import Facet, Option
from terreau.territory.models import Territory
from terreau.upkeep.queries.history import in_words

PER_PAGE = 50


@dataclass(frozen=True)
class QueueLine:
    """One suggestion of the list: what it would change, in a few words."""

    suggestion: Suggestion
    fields: list[str]


@dataclass(frozen=True)
class QueuePage:
    """The suggestions in a state, filtered. organisation: key of the only page wanted, empty for all."""

    lines: list[QueueLine]
    rows: Page[Any]
    facets: list[Facet]
    is_open: bool
    count: int


@dataclass(frozen=True)
class FieldLine:
    """One field: what was seen, what is proposed, what the page says now.

    is_stale: the page says something else than what was seen. is_done: it says already what is proposed.
    """

    name: str
    label: str
    seen: str
    proposed: str
    now: str
    is_stale: bool
    is_done: bool
    is_text: bool


@dataclass(frozen=True)
class SuggestionPage:
    """Everything that `suggestion_detail.html` reads. near: other open suggestions about the same page."""

    suggestion: Suggestion
    lines: list[FieldLine]
    near: list[Suggestion]

    @property
    def is_stale(self) -> bool:
        return any(line.is_stale for line in self.lines)


def queue_page(territory: Territory, wanted: Mapping[str, str]) -> QueuePage:
    """Give the suggestions to read, the oldest first, or those decided, the latest first. Three queries."""
    state = wanted.get("etat", "")
    is_open = state != "traitees"
    rows = Suggestion.objects.of(territory).select_related("organisation__territory", "gap")
    rows = rows.open() if is_open else rows.exclude(state=SuggestionState.OPEN)
    counted = list(rows.order_by().values("kind", "origin").annotate(count=Count("pk")))
    for parameter, column in (("nature", "kind"), ("origine", "origin"), ("structure", "organisation__key")):
        if value := wanted.get(parameter):
            rows = rows.filter(**{column: value})
    page = Paginator(rows.order_by("created_at" if is_open else "-decided_at", "pk"), PER_PAGE).get_page(
        wanted.get("page")
    )
    return QueuePage(
        lines=[QueueLine(row, [str(label_of(name)) for name in row.changes]) for row in page],
        rows=page,
        facets=_facets(counted, wanted),
        is_open=is_open,
        count=page.paginator.count,
    )


def suggestion_of(territory: Territory, pk: UUID) -> Suggestion:
    """Give a suggestion of the territory, or a 404. One query."""
    rows = Suggestion.objects.of(territory).select_related("organisation__territory", "gap", "territory", "sent_by")
    return get_object_or_404(rows, pk=pk)


def chosen_suggestions(territory: Territory, chosen: Iterable[str]) -> list[Suggestion]:
    """Give the open suggestions ticked in the queue, the oldest first. One query; what is no identifier is left out."""
    rows = Suggestion.objects.of(territory).open().select_related("organisation__territory", "gap", "territory")
    return list(rows.filter(pk__in=list(_identifiers(chosen))).order_by("created_at", "pk"))


def suggestion_page(suggestion: Suggestion) -> SuggestionPage:
    """Lay a suggestion beside its page. At most one query for each list or theme that it changes, and one."""
    organisation = suggestion.organisation
    compared = organisation if suggestion.kind != SuggestionKind.CREATION else None
    said = plain_values(compared, suggestion.changes) if compared else dict.fromkeys(suggestion.changes)
    near = (
        list(Suggestion.objects.open().filter(organisation=organisation).exclude(pk=suggestion.pk).order_by("pk")[:20])
        if organisation
        else []
    )
    return SuggestionPage(suggestion, [_line(suggestion, name, said[name]) for name in suggestion.changes], near)


def _line(suggestion: Suggestion, name: str, said: Any) -> FieldLine:
    seen, proposed = suggestion.changes[name]
    is_done = suggestion.is_open and same(said, proposed)
    return FieldLine(
        name=name, label=str(label_of(name)), seen=in_words(seen), proposed=in_words(proposed), now=in_words(said),
        is_stale=suggestion.is_open and not is_done and not same(said, seen), is_done=is_done,
        is_text=isinstance(proposed, str) or proposed is None,
    )  # fmt: skip


def _identifiers(chosen: Iterable[str]) -> Iterable[UUID]:
    for word in chosen:
        try:
            yield UUID(word)
        except ValueError:
            continue


def _facets(counted: list[Any], wanted: Mapping[str, str]) -> list[Facet]:
    def options(column: str, choices: Any, parameter: str) -> list[Option]:
        return [
            Option(
                value=value,
                label=label,
                count=sum(row["count"] for row in counted if row[column] == value),
                selected=wanted.get(parameter) == value,
            )
            for value, label in choices.choices
        ]

    states = [("ouvertes", SuggestionState.OPEN.label), ("traitees", pgettext_lazy("suggestions", "traitées"))]
    return [
        Facet(name="nature", label=_("Nature"), single=True, options=options("kind", SuggestionKind, "nature")),
        Facet(name="origine", label=_("Origine"), single=True, options=options("origin", SuggestionOrigin, "origine")),
        Facet(
            name="etat",
            label=_("État (sans choix : à relire)"),
            single=True,
            options=[Option(value=value, label=label, selected=wanted.get("etat") == value) for value, label in states],
        ),
        Facet(
            name="structure",
            label=_("Structure"),
            typed=wanted.get("structure", ""),
            help=_("L'identifiant de la fiche, tel que dans son adresse."),
        ),
    ]
