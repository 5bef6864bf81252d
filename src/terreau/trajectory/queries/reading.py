"""What is read from the database, and what the filters keep of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from terreau.kernel.gathering import together
from terreau.kernel.models import Entry, Fact, FactActor
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.pure.ends import period_of
from terreau.kernel.pure.periods import Period, Presence
from terreau.kernel.search.folding import fold
from terreau.territory.models import Scale, Territory
from terreau.trajectory.enums import Lane
from terreau.trajectory.models import IntensityPeriod, Milestone, Phase
from terreau.trajectory.queries.wanted import Wanted


class Told(NamedTuple):
    """A fact as the timeline needs it. lane: that of the actors when the fact names none of the three."""

    pk: int
    kind: str
    record_id: UUID
    what: str
    when: Edtf | None
    title: str
    detail: str
    url: str
    scale: str
    lane: str
    certainty: str


@dataclass(frozen=True)
class Reading:
    """Everything that the reader may see, and what the filters keep, in order of time.

    scales: names by key, from the nearest. milestones: by identifier.
    """

    told: list[Told]
    kept: list[Told]
    milestones: dict[UUID, Milestone]
    phases: list[Phase]
    levels: list[IntensityPeriod]
    scales: dict[str, str]
    phase: Phase | None


def read(reader: Actor, territory: Territory, wanted: Wanted) -> Reading:
    """Read a timeline and filter it. Four queries, whatever it holds."""
    facts = Fact.objects.of(territory).visible_to(reader).chronological()
    if not wanted.all_facts:
        facts = facts.filter(kind=Milestone.KIND)
    told = [_on_a_lane(Told(*row)) for row in facts.values_list(*Told._fields)]
    milestones = {row.pk: row for row in Milestone.objects.of(territory).visible_to(reader)}
    phases, scales_found = together(
        territory, Phase.objects.of(territory).visible_to(reader), Scale.objects.of(territory)
    )
    phases.sort(key=lambda phase: (phase.start_earliest or dt.date.min, phase.key))
    levels = list(
        IntensityPeriod.objects.of(territory)
        .visible_to(reader)
        .select_related("organisation")
        .order_by("start_earliest", "key")
    )
    scales = {scale.key: scale.name for scale in sorted(scales_found, key=lambda scale: (scale.rank, scale.key))}
    phase = next((phase for phase in phases if phase.key == wanted.phase), None)
    kept = [row for row in told if _is_kept(row, wanted, phase, milestones.get(row.record_id))]
    return Reading(told, kept, milestones, phases, levels, scales, phase)


def actors_of(reader: Actor, told: Sequence[Told]) -> dict[int, list[dict[str, str]]]:
    """Give who took part in facts, as {title, url} in order, leaving out whom the reader may not see. One query."""
    entry = Entry.objects.visible_to(reader).filter(kind=OuterRef("kind"), record_id=OuterRef("record_id"))
    rows = (
        FactActor.objects.filter(fact__in=[row.pk for row in told])
        .annotate(entry=Subquery(entry.values(said=JSONObject(title="title", url="url"))[:1]))
        .order_by("position", "pk")
        .values_list("fact_id", "entry")
    )
    found: dict[int, list[dict[str, str]]] = {}
    for fact, said in rows:
        if said:
            found.setdefault(fact, []).append(said)
    return found


def _on_a_lane(row: Told) -> Told:
    return row if row.lane in Lane.values else row._replace(lane=Lane.ACTORS.value)


def _is_kept(row: Told, wanted: Wanted, phase: Phase | None, milestone: Milestone | None) -> bool:
    first, last = wanted.years
    return (
        (not wanted.lanes or row.lane in wanted.lanes)
        and (not wanted.scales or row.scale in wanted.scales)
        and (not wanted.certainties or row.certainty in wanted.certainties)
        and (phase is None or _is_in_phase(row, phase, milestone))
        and (not (first or last) or _is_within(row.when, first, last))
        and all(word in fold(f"{row.title} {row.detail}") for word in fold(wanted.q).split())
    )


def _is_in_phase(row: Told, phase: Phase, milestone: Milestone | None) -> bool:
    """Follow what the milestone says; else compare dates: what may have happened during the phase is in it."""
    if milestone and milestone.phase_id:
        return milestone.phase_id == phase.pk
    if row.when is None:
        return False
    return _period(phase).during(row.when) is not Presence.OUTSIDE


def _period(phase: Phase) -> Period:
    return period_of(phase.start, phase.end)


def _is_within(when: Edtf | None, first: int | None, last: int | None) -> bool:
    if when is None:
        return False
    starts, ends = when.earliest, when.latest
    return not (last and starts and starts.year > last) and not (first and ends and ends.year < first)
