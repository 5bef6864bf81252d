"""What initiatives and their steps tell the house."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from terreau.directory.facts.organisations import ends, narrowest
from terreau.directory.models import Distinction, Initiative, InitiativeCarrier, Organisation
from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller, Told
from terreau.kernel.models import Record

INITIATIVE_STARTED, INITIATIVE_ENDED = "directory.initiative_started", "directory.initiative_ended"
STEPPED = "directory.initiative_step"


def tellings_of_initiative(initiative: Initiative) -> list[Record]:
    """Give the records that name an initiative: tell them again when it is renamed or hidden. One query."""
    return list(Distinction.objects.filter(initiative=initiative))


def shown_around(initiative: Initiative) -> list[Organisation]:
    """Give the organisations that whoever sees an initiative may see: the one born of it, then its carriers."""
    carriers = [carrier.organisation for carrier in initiative.carriers.all()]
    around = [initiative.organisation, *carriers] if initiative.organisation else carriers
    return [organisation for organisation in around if narrowest(initiative, organisation) == initiative.visibility]


def describe_initiative(initiative: Initiative) -> Described:
    names = dict.fromkeys(organisation.name for organisation in shown_around(initiative))
    steps = [f"{step.name} {step.note}" for step in initiative.steps.all()]
    return Described(
        title=initiative.name, subtitle=", ".join(names), body=" ".join([initiative.summary, *steps]), weight=1
    )


def tell_initiative(initiative: Initiative) -> Iterator[Told]:
    """Tell its start, its end, and each dated step: what was counted then goes with it in its own words."""
    who = tuple(dict.fromkeys((Organisation.KIND, organisation.pk) for organisation in shown_around(initiative)))
    yield from ends(
        initiative, INITIATIVE_STARTED, INITIATIVE_ENDED, title=initiative.name, detail=initiative.summary, who=who
    )
    for step in initiative.steps.all():
        if step.when:
            counted = f"{step.figure.normalize():f} {step.unit}".strip() if step.figure is not None else ""
            detail = ". ".join(filter(None, (counted, step.note)))
            yield Told(step.when, STEPPED, f"{initiative.name} : {step.name}", detail=detail, who=who)


def with_carriers(rows: QuerySet[Any]) -> QuerySet[Any]:
    carriers = InitiativeCarrier.objects.select_related("organisation", "organisation__territory")
    return rows.select_related("organisation", "organisation__territory").prefetch_related(
        Prefetch("carriers", carriers), "steps"
    )


facts.register(
    Teller(Initiative, describe_initiative, tell_initiative, with_carriers),
    sorts={
        INITIATIVE_STARTED: _("Lancement d'une initiative"),
        INITIATIVE_ENDED: _("Fin d'une initiative"),
        STEPPED: _("Étape d'une initiative"),
    },
)
