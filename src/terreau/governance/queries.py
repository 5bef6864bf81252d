"""What may be asked about bodies, what they become, and how governance changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from terreau.directory.models import Organisation, Person
from terreau.governance.enums import BodyState
from terreau.governance.models import Body, GovernanceChange, HubFunction, Seat, Succession
from terreau.kernel.clock import today
from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import by, by_source, together
from terreau.kernel.models import Entry, Gap, Link, Record, RecordQuerySet, Referable
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import DisputeLine, citations_of, disputes_of, links_from
from terreau.territory.models import SpecialPerimeter, Territory, Theme

KINDS = [model.KIND for model in (Body, HubFunction, GovernanceChange)]


@dataclass(frozen=True)
class SeatLine:
    """Who sits. person_name: empty unless it may be shown; what else the person does is never told here."""

    seat: Seat
    organisation: Organisation | None
    person_name: str


@dataclass(frozen=True)
class SuccessionLine:
    """What a body became; successors: none when the reader may not see them."""

    succession: Succession
    successors: Sequence[Entry]
    sources: Sequence[SourceLine]


@dataclass(frozen=True)
class BodyCard:
    """A body with all that it holds. has_ended: its latest possible end is past, or it is said to be over."""

    body: Body
    itself: Organisation | None
    seats: Sequence[SeatLine]
    successions: Sequence[SuccessionLine]
    themes: Sequence[Theme]
    has_ended: bool
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class OrganisationBodies:
    """The bodies of one organisation; organisation: None when the reader may not see it."""

    organisation: Organisation | None
    bodies: Sequence[BodyCard]


@dataclass(frozen=True)
class FunctionLine:
    function: HubFunction
    perimeter: SpecialPerimeter | None
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class ChangeLine:
    change: GovernanceChange
    bodies: Sequence[Body]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class GovernancePage:
    """The page of governance. changes: in the order of time, undated ones last."""

    territory: Territory
    groups: Sequence[OrganisationBodies]
    functions: Sequence[FunctionLine]
    changes: Sequence[ChangeLine]
    gaps: Sequence[Gap]

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.functions or self.changes)

    @property
    def living_count(self) -> int:
        return sum(not card.has_ended for group in self.groups for card in group.bodies)

    @property
    def ended_count(self) -> int:
        return sum(card.has_ended for group in self.groups for card in group.bodies)


def governance_page(reader: Actor, territory: Territory) -> GovernancePage:
    """Give all bodies by organisation, as the reader may see them. Seven queries, whatever there is to tell."""
    return _Reading(reader, territory).page()


class _Reading:
    """One reading of the tables, and what surrounds their rows."""

    def __init__(self, reader: Actor, territory: Territory) -> None:
        def seen(model: type[Record]) -> RecordQuerySet:
            return model.objects.of(territory).visible_to(reader)

        self.territory, self.day = territory, today()
        bodies = Body.objects.of(territory)
        seating = Seat.objects.filter(body__territory=territory)
        theming = Body.themes.through.objects.filter(body__territory=territory)
        concerning = GovernanceChange.bodies.through.objects.filter(governancechange__territory=territory)
        named = Q(pk__in=bodies.values("organisation"))
        named |= Q(pk__in=bodies.filter(organisation_itself__isnull=False).values("organisation_itself"))
        named |= Q(pk__in=seating.filter(organisation__isnull=False).values("organisation"))
        seated = seating.filter(person__isnull=False).values("person")
        missing = Link.objects.filter(from_kind=Gap.KIND, role="object", to_kind__in=KINDS, territory=territory)
        (
            self.bodies, seats, successions, themed, themes, people, organisations, self.functions, perimeters, self.changes, concerned, self.gaps,
        ) = together(
            territory,
            seen(Body), seating, Succession.objects.filter(body__territory=territory), theming,
            seen(Theme), seen(Person).filter(pk__in=seated), seen(Organisation).filter(named), seen(HubFunction),
            seen(SpecialPerimeter), seen(GovernanceChange), concerning,
            seen(Gap).filter(pk__in=missing.values("from_id")),
        )  # fmt: skip
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.themes = {theme.pk: theme for theme in themes}
        self.perimeters = {perimeter.pk: perimeter for perimeter in perimeters}
        self.seats, self.successions = by("body_id", seats), by("body_id", successions)
        self.themed, self.concerned = by("body_id", themed), by("governancechange_id", concerned)
        self.names = {person.pk: person.public_name for person in people}
        records = [*self.bodies, *successions, *self.functions, *self.changes]
        self.links = links_from(successions, reader)
        self.sources = by_source(citations_of(records))
        self.disputes = disputes_of(records, reader)

    def page(self) -> GovernancePage:
        groups = by("organisation_id", self.bodies)
        bodies = {body.pk: body for body in self.bodies}
        changes = sorted(
            self.changes, key=lambda change: (change.when_earliest is None, change.when_earliest or date.max)
        )
        return GovernancePage(
            territory=self.territory,
            groups=[
                OrganisationBodies(
                    self.organisations.get(pk), sorted(map(self._body, group), key=lambda card: card.has_ended)
                )
                for pk, group in groups.items()
            ],
            functions=[
                FunctionLine(
                    function,
                    self.perimeters.get(function.perimeter_id),
                    self._sources(function),
                    self._disputes(function),
                )
                for function in self.functions
            ],
            changes=[
                ChangeLine(
                    change=change,
                    bodies=[bodies[row.body_id] for row in self.concerned[change.pk] if row.body_id in bodies],
                    sources=self._sources(change),
                    disputes=self._disputes(change),
                )
                for change in changes
            ],
            gaps=self.gaps,
        )

    def _sources(self, record: Referable) -> Sequence[SourceLine]:
        return self.sources.get((record.KIND, record.pk), ())

    def _disputes(self, record: Referable) -> Sequence[DisputeLine]:
        return self.disputes.get((record.KIND, record.pk), ())

    def _body(self, body: Body) -> BodyCard:
        return BodyCard(
            body=body,
            itself=self.organisations.get(body.organisation_itself_id),
            seats=[self._seat(seat) for seat in self.seats[body.pk]],
            successions=[
                SuccessionLine(row, self.links.get((row.KIND, row.pk, "successor"), ()), self._sources(row))
                for row in self.successions[body.pk]
            ],
            themes=[self.themes[row.theme_id] for row in self.themed[body.pk] if row.theme_id in self.themes],
            has_ended=body.state == BodyState.ENDED
            or bool(body.end and body.end.latest and body.end.latest < self.day),
            sources=self._sources(body),
            disputes=self._disputes(body),
        )

    def _seat(self, seat: Seat) -> SeatLine:
        return SeatLine(seat, self.organisations.get(seat.organisation_id), self.names.get(seat.person_id, ""))
