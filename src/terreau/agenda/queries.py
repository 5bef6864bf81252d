"""What may be asked about events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from terreau.agenda.models import Event, EventOutcome
from terreau.directory.models import Organisation
from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import by, by_source, together
from terreau.kernel.models import Entry, Gap, Link, Record, RecordQuerySet, Referable
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import DisputeLine, citations_of, disputes_of, links_from
from terreau.territory.models import Territory


@dataclass(frozen=True)
class OutcomeLine:
    """Something that came of an event. beneficiary: None when no one is named, or the reader may not see it."""

    outcome: EventOutcome
    beneficiary: Organisation | None
    sources: Sequence[SourceLine]


@dataclass(frozen=True)
class EventCard:
    event: Event
    organisers: Sequence[Organisation]
    outcomes: Sequence[OutcomeLine]
    figures: Sequence[Entry]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class YearEvents:
    """The events that begin in a year, in the order of time; year: None for those that no source dates."""

    year: int | None
    events: Sequence[EventCard]


@dataclass(frozen=True)
class AgendaPage:
    """The page of events: the latest years first, what has no date last."""

    territory: Territory
    years: Sequence[YearEvents]
    gaps: Sequence[Gap]

    @property
    def is_empty(self) -> bool:
        return not self.years

    @property
    def event_count(self) -> int:
        return sum(len(year.events) for year in self.years)

    @property
    def outcome_count(self) -> int:
        return sum(len(card.outcomes) for year in self.years for card in year.events)


def agenda_page(reader: Actor, territory: Territory) -> AgendaPage:
    """Give all events by year, as the reader may see them. Seven queries, whatever there is to tell."""
    return _Reading(reader, territory).page()


class _Reading:
    """One reading of the tables, and what surrounds their rows."""

    def __init__(self, reader: Actor, territory: Territory) -> None:
        def seen(model: type[Record]) -> RecordQuerySet:
            return model.objects.of(territory).visible_to(reader)

        self.territory = territory
        organised = Event.organisers.through.objects.filter(event__territory=territory)
        came_out = EventOutcome.objects.filter(event__territory=territory)
        named = Q(pk__in=organised.values("organisation"))
        named |= Q(pk__in=came_out.filter(beneficiary__isnull=False).values("beneficiary"))
        missing = Link.objects.filter(from_kind=Gap.KIND, role="object", to_kind=Event.KIND, territory=territory)
        self.events, outcomes, organising, organisations, self.gaps = together(
            territory,
            seen(Event),
            came_out,
            organised,
            seen(Organisation).filter(named),
            seen(Gap).filter(pk__in=missing.values("from_id")),
        )
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.outcomes, self.organising = by("event_id", outcomes), by("event_id", organising)
        records = [*self.events, *outcomes]
        self.links = links_from(self.events, reader)
        self.sources = by_source(citations_of(records))
        self.disputes = disputes_of(records, reader)

    def page(self) -> AgendaPage:
        years = [
            YearEvents(year, [self._event(event) for event in events])
            for year, events in groupby(sorted(self.events, key=_when), key=lambda event: event.year)
        ]
        dated = [year for year in years if year.year is not None]
        return AgendaPage(self.territory, [*reversed(dated), *(year for year in years if year.year is None)], self.gaps)

    def _sources(self, record: Referable) -> Sequence[SourceLine]:
        return self.sources.get((record.KIND, record.pk), ())

    def _event(self, event: Event) -> EventCard:
        organisers = [self.organisations.get(row.organisation_id) for row in self.organising[event.pk]]
        return EventCard(
            event=event,
            organisers=[organiser for organiser in organisers if organiser],
            outcomes=[
                OutcomeLine(outcome, self.organisations.get(outcome.beneficiary_id), self._sources(outcome))
                for outcome in self.outcomes[event.pk]
            ],
            figures=self.links.get((event.KIND, event.pk, "figure"), ()),
            sources=self._sources(event),
            disputes=self.disputes.get((event.KIND, event.pk), ()),
        )


def _when(event: Event) -> tuple[bool, date, int]:
    """Sort by first possible day; what has no date comes last, in the order of the dossier."""
    first = event.when.earliest if event.when else None
    return first is None, first or date.max, event.position or 0
