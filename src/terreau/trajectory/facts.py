"""What milestones tell the house; phases and intensities only say how they are called and found."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller, Told
from terreau.trajectory.enums import DatePrecision
from terreau.trajectory.models import IntensityPeriod, Milestone, Phase

MILESTONE = "trajectory.milestone"


def describe_milestone(milestone: Milestone) -> Described:
    return Described(title=milestone.title, subtitle=str(milestone.when), body=milestone.summary, weight=3)


def tell_milestone(milestone: Milestone) -> Iterator[Told]:
    """Tell the milestone itself, among all that took part; its certainty is that of its date."""
    yield Told(
        when=milestone.when, what=MILESTONE, title=milestone.title, detail=milestone.summary,
        who=tuple((Organisation.KIND, organisation.pk) for organisation in milestone.actors.all()),
        scale=milestone.scale.key if milestone.scale else "", lane=milestone.lane,
        certainty=DatePrecision(milestone.precision).certainty,
    )  # fmt: skip


def describe_phase(phase: Phase) -> Described:
    return Described(title=phase.title, body=f"{phase.summary} {phase.note}", weight=3)


def describe_intensity(period: IntensityPeriod) -> Described:
    return Described(title=str(period), subtitle=period.organisation.name if period.organisation else "", weight=7)


def with_actors(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Fetch the actors of milestones in the order of the dossier, that in which they were written."""
    # The order needs the rows between both tables; the name is that which Django gives to their hidden relation.
    in_order = Organisation.objects.order_by("Milestone_actors+__pk")
    return rows.select_related("scale").prefetch_related(Prefetch("actors", in_order))


facts.register(
    Teller(Milestone, describe_milestone, tell_milestone, with_actors),
    Teller(Phase, describe_phase),
    Teller(IntensityPeriod, describe_intensity, prefetch=lambda rows: rows.select_related("organisation")),
    sorts={MILESTONE: _("Jalon")},
)
