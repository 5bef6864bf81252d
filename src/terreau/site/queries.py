"""What the home pages show, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terreau.directory.models import Nature, Organisation, TerritoryContact
from terreau.geography.pure.map_svg import Place, draw
from terreau.kernel.clock import today
from terreau.kernel.components import Band, FactLine, Tone
from terreau.kernel.facts import label_of
from terreau.kernel.models import Fact
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.date_words import say
from terreau.observatory.models import PortraitItem
from terreau.observatory.units import unit_words, value_words
from terreau.territory.models import Feature, PerimeterCommune, Territory
from terreau.trajectory.models import Phase

LATEST = 6
ROWS = 3
TONES: tuple[Tone, ...] = ("ocre", "ciel", "pousse", "terre")
LIVING = ("milestone", "event", "call", "body", "organisation", "plan")
"""Kinds whose facts are news for a visitor."""


@dataclass(frozen=True, kw_only=True)
class InstanceHome:
    """The territories of this instance, each with its number of organisations."""

    territories: Sequence[Territory]


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """A figure of the portrait, in words. value is None when nobody gives it."""

    label: str
    value: str | None
    unit: str
    on: str
    source: str
    url: str


@dataclass(frozen=True, kw_only=True)
class TerritoryHome:
    """What a territory is, in figures, in time and in numbers of structures.

    portrait: chosen figures, in the order of the portrait; communes: the perimeter, by population; map: an SVG, empty
    when no commune has a point; natures: each with the `count` of its organisations that the reader may see.
    """

    territory: Territory
    portrait: Sequence[KeyFigure]
    features: Sequence[Feature]
    phases: Sequence[Phase]
    latest: Sequence[FactLine]
    natures: Sequence[Any]
    communes: Sequence[PerimeterCommune]
    map: SafeString
    contact: TerritoryContact | None

    @property
    def bands(self) -> list[Band]:
        """The phases as strata, each in its turn, from the first year known to the last."""
        spans = [(phase.start.earliest, phase.end.latest) for phase in self.phases if phase.start and phase.end]
        known = [(start, end) for start, end in spans if start and end]
        if not known:
            return []
        first, last = min(start for start, _end in known).toordinal(), max(end for _start, end in known).toordinal()
        return [
            Band(
                start=(start.toordinal() - first) / max(last - first, 1),
                end=(end.toordinal() - first) / max(last - first, 1),
                row=row % ROWS,
                tone=TONES[row % len(TONES)],
            )
            for row, (start, end) in enumerate(known)
        ]

    @property
    def organisation_count(self) -> int:
        return sum(nature.count for nature in self.natures)


def instance_home() -> InstanceHome:
    """Two queries, whatever the number of territories."""
    counts = dict(Organisation.objects.filter(visibility="publique").values_list("territory").annotate(Count("pk")))
    territories = list(Territory.objects.order_by("name", "pk"))
    for territory in territories:
        territory.organisation_count = counts.get(territory.pk, 0)  # type: ignore[attr-defined]
    return InstanceHome(territories=territories)


def territory_home(reader: Actor, territory: Territory) -> TerritoryHome:
    """Seven queries, whatever the size of the territory."""
    communes = list(
        PerimeterCommune.objects.filter(perimeter__territory=territory).order_by("-population", "name", "pk")
    )
    facts = Fact.objects.of(territory).visible_to(reader).filter(kind__in=LIVING, when_latest__lte=today())
    natures = Nature.objects.of(territory).filter(
        organisations__in=Organisation.objects.of(territory).visible_to(reader)
    )
    contact = (
        TerritoryContact.objects.of(territory)
        .visible_to(reader)
        .select_related("organisation", "organisation__territory")
        .first()
    )
    items = (
        PortraitItem.objects.of(territory)
        .visible_to(reader)
        .select_related("figure", "figure__source", "figure__territory")
    )
    return TerritoryHome(
        territory=territory,
        portrait=[_key_figure(item) for item in items.in_order()],
        features=list(Feature.objects.of(territory).visible_to(reader).select_related("theme").in_order()),
        phases=list(Phase.objects.of(territory).visible_to(reader).in_order()),
        latest=[_line(fact) for fact in facts.order_by("-when_earliest", "-when_latest", "pk")[:LATEST]],
        natures=list(natures.annotate(count=Count("organisations")).order_by("-count", "name", "pk")),
        communes=communes,
        map=_map(territory, communes),
        contact=contact,
    )


def _key_figure(item: PortraitItem) -> KeyFigure:
    figure = item.figure
    return KeyFigure(
        label=item.label,
        value=value_words(figure) if figure.is_known else None,
        unit=unit_words(figure),
        on=say(figure.measured_on, (get_language() or "fr")[:2]) if figure.measured_on else "",
        source=figure.source.cited_as,
        url=figure.get_absolute_url(),
    )


def _line(fact: Fact) -> FactLine:
    return FactLine(
        on=str(fact.when),
        title=fact.title,
        url=fact.url,
        kind=label_of(fact.what),
        certainty="" if fact.certainty == "etablie" else fact.certainty,
    )


def _map(territory: Territory, communes: Sequence[PerimeterCommune]) -> SafeString:
    places = [
        Place(
            code=commune.code,
            name=commune.name,
            longitude=float(commune.longitude),
            latitude=float(commune.latitude),  # type: ignore[arg-type]
            population=commune.population,
            caption=_("%(name)s : %(population)s habitants") % {"name": commune.name, "population": commune.population}
            if commune.population is not None
            else commune.name,
        )
        for commune in communes
        if commune.longitude is not None
    ]
    title = _("Les communes de %(name)s") % {"name": territory.name}
    description = _("Un point par commune ; sa surface dit sa population. La liste qui suit donne les mêmes communes.")
    return mark_safe(draw(places, title=title, description=description))  # noqa: S308 -- texts are escaped by `draw`
