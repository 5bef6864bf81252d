"""Initiatives: their list, and the page of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from terreau.directory.enums import CarrierPart, Stage
from terreau.directory.models import Distinction, Initiative, InitiativeCarrier, InitiativeStep, Organisation
from terreau.directory.queries.detail.page import NamedGroup, disputes_once, fact_line, named_groups
from terreau.directory.queries.detail.parts import Line, distinction_lines
from terreau.kernel import policy
from terreau.kernel.addresses import address
from terreau.kernel.components import Facet, FactLine, Option, SourceLine, Tag
from terreau.kernel.gathering import by, together
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import DisputeLine, GapLine, facts_about, ref, source_line, surroundings
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory, Theme

SHOWN_FACTS = 200
SHOWN_ABOVE = frozenset({"directory.initiative_step", "directory.distinction"})
"""Facts that the page tells by itself, with their sources and figures."""


@dataclass(frozen=True)
class InitiativeRow:
    """One initiative of the list. carriers: names of those that the reader may see."""

    initiative: Initiative
    stage: str
    carriers: str


@dataclass(frozen=True)
class InitiativesPage:
    """Everything that `initiative_list.html` reads. total: of those listed; is_narrowed: whether a stage was asked."""

    rows: list[InitiativeRow]
    facets: list[Facet]
    total: int
    is_narrowed: bool
    may_add: bool


@dataclass(frozen=True)
class CarrierLine:
    """Who carries, or is a partner, from when to when."""

    organisation: Organisation
    start: Edtf | None
    end: Edtf | None


@dataclass(frozen=True)
class StepLine:
    """A step that was taken. figure, unit: what it counts, None when it counts nothing."""

    key: str
    name: str
    stage: str
    when: Edtf | None
    figure: Decimal | None
    unit: str
    note: str
    sources: list[SourceLine]


@dataclass(frozen=True)
class InitiativePage:
    """Everything that `initiative_detail.html` reads. born: the organisation born of it, when the reader may see it."""

    initiative: Initiative
    stage: str
    themes: list[Tag]
    carriers: list[tuple[str, list[CarrierLine]]]
    steps: list[StepLine]
    born: Organisation | None
    distinctions: list[Line]
    facts: list[FactLine]
    named_by: list[NamedGroup]
    sources: list[SourceLine]
    disputes: list[DisputeLine]
    gaps: list[GapLine]
    may_change: bool


def initiatives_page(reader: Actor, territory: Territory, stage: str = "") -> InitiativesPage:
    """List initiatives by name, of one stage or of all. One query, whatever their number."""
    seen = Initiative.objects.of(territory).visible_to(reader)
    carriers = InitiativeCarrier.objects.filter(initiative__in=seen.values("pk"), part=CarrierPart.CARRIER)
    named = Organisation.objects.of(territory).visible_to(reader).filter(pk__in=carriers.values("organisation"))
    initiatives, carrying, organisations = together(
        territory, seen, carriers, named.defer("summary", "description", "note", "start_note")
    )
    names = {row.pk: row.name for row in organisations}
    by_initiative = by("initiative_id", carrying)
    kept = [row for row in initiatives if not stage or row.stage == stage]
    rows = [
        InitiativeRow(
            row, str(Stage(row.stage).label) if row.stage else "",
            ", ".join(names[line.organisation_id] for line in by_initiative[row.pk] if line.organisation_id in names),
        )
        for row in sorted(kept, key=lambda row: (fold(row.name), row.key))
    ]  # fmt: skip
    may_add = policy.allows("directory.create", reader, territory)
    return InitiativesPage(rows, _facets(initiatives, stage), len(rows), bool(stage), may_add)


def initiative_for(reader: Actor, territory: Territory, key: str) -> Initiative:
    """Give an initiative that the reader may see, or a 404. One query."""
    rows: Any = Initiative.objects.of(territory)
    if not policy.allows("directory.read_private", reader, territory):
        rows = rows.visible_to(reader)
    return get_object_or_404(rows, key=key)


def initiative_page(reader: Actor, initiative: Initiative) -> InitiativePage:
    """Gather the page of an initiative. Four queries, whatever there is to say."""
    territory = initiative.territory
    here = {"initiative": initiative}
    carriers, steps = InitiativeCarrier.objects.filter(**here), InitiativeStep.objects.filter(**here)
    distinctions = Distinction.objects.of(territory).visible_to(reader).filter(**here)
    named = Organisation.objects.of(territory).visible_to(reader).filter(
        Q(pk__in=carriers.values("organisation").order_by().union(distinctions.values("giver").order_by()))
        | Q(pk=initiative.organisation_id)
    )  # fmt: skip
    carrying, taken, prizes, organisations, themes, quoted = together(
        territory, carriers, steps, distinctions, named.defer("summary", "description", "note", "start_note"),
        Theme.objects.filter(initiatives=initiative), Source.objects.filter(pk__in=steps.values("source")),
    )  # fmt: skip
    by_pk = {row.pk: row for row in organisations}
    around = surroundings(territory, reader, [initiative])
    return InitiativePage(
        initiative=initiative,
        stage=str(Stage(initiative.stage).label) if initiative.stage else "",
        themes=_tags(territory, themes),
        carriers=_carriers(carrying, by_pk),
        steps=_steps(taken, {source.pk: source for source in quoted}),
        born=by_pk.get(initiative.organisation_id),
        distinctions=distinction_lines(prizes, by_pk),
        facts=[
            fact_line(fact, initiative.get_absolute_url())
            for fact in facts_about(initiative, reader, limit=SHOWN_FACTS)
            if fact.what not in SHOWN_ABOVE
        ],
        named_by=named_groups(around.named_by.get(ref(initiative), [])),
        sources=around.sources.get(ref(initiative), []),
        disputes=disputes_once(around, [initiative]),
        gaps=around.gaps.get(ref(initiative), []),
        may_change=policy.allows("directory.change", reader, initiative),
    )


def _facets(initiatives: Sequence[Initiative], stage: str) -> list[Facet]:
    """Ask for a stage, among those that are there; the one in force is offered even when nothing is."""
    counts = {value: sum(row.stage == value for row in initiatives) for value in Stage.values}
    options = [
        Option(value=value, label=Stage(value).label, count=count, selected=value == stage)
        for value, count in counts.items()
        if count or value == stage
    ]
    return [Facet(name="etape", label=Initiative._meta.get_field("stage").verbose_name, options=options, single=True)]


def _tags(territory: Territory, themes: Iterable[Theme]) -> list[Tag]:
    listing = address("directory:organisation_list", territory.slug)
    return [
        Tag(label=theme.name, url=f"{listing}?theme={theme.key}")
        for theme in sorted(themes, key=lambda theme: fold(theme.name))
    ]


def _carriers(rows: Iterable[Any], organisations: dict[Any, Organisation]) -> list[tuple[str, list[CarrierLine]]]:
    """Group who carries and who is a partner, leaving out those whom the reader may not see."""
    shown = [row for row in sorted(rows, key=lambda row: row.position) if row.organisation_id in organisations]
    groups = []
    for part in CarrierPart:
        lines = [
            CarrierLine(organisations[row.organisation_id], row.start, row.end) for row in shown if row.part == part
        ]
        if lines:
            groups.append((part.value, lines))
    return groups


def _steps(rows: Iterable[InitiativeStep], sources: dict[Any, Source]) -> list[StepLine]:
    """Give the steps in the order in which they were taken; those without a date keep their place in the list."""
    return [
        StepLine(
            str(row.pk), row.name, str(Stage(row.stage).label) if row.stage else "", row.when, row.figure, row.unit, row.note,
            [source_line(sources[row.source_id], row.locator)] if row.source_id in sources else [],
        )
        for row in sorted(rows, key=lambda row: row.position)
    ]  # fmt: skip
