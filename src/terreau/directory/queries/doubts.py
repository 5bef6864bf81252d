"""What sources disagree on, and what nobody knows yet: whole, so that every knot keeps its address on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from terreau.kernel.components import Facet, Option, SourceLine
from terreau.kernel.enums import DisputeKind, DisputeOrigin, Severity
from terreau.kernel.models import Dispute, Entry, Gap, Statement
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import links_from, source_line
from terreau.territory.models import Territory

FACETS: dict[str, tuple[str, Any, Any]] = {
    "gravite": ("severity", Severity, _("Gravité")),
    "type": ("sort", DisputeKind, _("Type")),
    "origine": ("origin", DisputeOrigin, _("Origine")),
}
"""Parameter → the column that it asks about, the words of its values, its own."""


@dataclass(frozen=True)
class Knot:
    """A dispute: its statements side by side, and the records that it bears on."""

    dispute: Dispute
    statements: list[SourceLine]
    values: list[str]
    objects: list[Entry]


@dataclass(frozen=True)
class OpenGap:
    gap: Gap
    objects: list[Entry]


@dataclass(frozen=True)
class DoubtsPage:
    """Everything that `doubts.html` reads. total: disputes of the territory, whatever is asked."""

    knots: list[Knot]
    total: int
    gaps: list[OpenGap]
    facets: list[Facet]
    is_narrowed: bool


def doubts_page(reader: Actor, territory: Territory, parameters: Mapping[str, str]) -> DoubtsPage:
    """Gather disputes and gaps. Five queries, whatever their number."""
    chosen = {name: value for name in FACETS if (value := parameters.get(name, "")) in FACETS[name][1].values}
    statements = Prefetch("statements", Statement.objects.select_related("source").order_by("position", "pk"))
    disputes = list(Dispute.objects.of(territory).visible_to(reader).in_order().prefetch_related(statements))
    gaps = list(Gap.objects.of(territory).visible_to(reader).in_order())
    links = links_from([*disputes, *gaps], reader)
    kept = [dispute for dispute in disputes if _answers(dispute, chosen)]
    rank = {severity: place for place, severity in enumerate(Severity.values)}
    kept.sort(key=lambda dispute: rank[dispute.severity])
    return DoubtsPage(
        knots=[_knot(territory, dispute, links.get((Dispute.KIND, dispute.pk, "object"), [])) for dispute in kept],
        total=len(disputes),
        gaps=[OpenGap(gap, links.get((Gap.KIND, gap.pk, "object"), [])) for gap in gaps],
        facets=[_facet(name, disputes, chosen) for name in FACETS],
        is_narrowed=bool(chosen),
    )


def _answers(dispute: Dispute, chosen: Mapping[str, str], but: str = "") -> bool:
    return all(getattr(dispute, FACETS[name][0]) == value for name, value in chosen.items() if name != but)


def _facet(name: str, disputes: list[Dispute], chosen: Mapping[str, str]) -> Facet:
    column, words, label = FACETS[name]
    answering = [getattr(dispute, column) for dispute in disputes if _answers(dispute, chosen, but=name)]
    options = [
        Option(value=value, label=said, count=answering.count(value), selected=chosen.get(name) == value)
        for value, said in words.choices
        if value in answering or chosen.get(name) == value
    ]
    return Facet(name=name, label=label, options=options, single=True)


def _knot(territory: Territory, dispute: Dispute, objects: list[Entry]) -> Knot:
    lines, values = [], []
    for statement in dispute.statements.all():
        statement.source.territory = territory
        lines.append(
            source_line(statement.source, statement.locator, certainty=statement.certainty, stated=statement.text)
        )
        values.append(statement.value)
    return Knot(dispute, lines, values, objects)
