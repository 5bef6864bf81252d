"""What local plans tell the house: how they are found, when they were drafted, began and ended, what they did."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.kernel import facts
from terreau.kernel.enums import Visibility
from terreau.kernel.models import Link, Record
from terreau.kernel.pure.edtf import Edtf
from terreau.plan.models import (
    NationalContext,
    Plan,
    PlanAction,
    PlanAmbition,
    PlanAxis,
    PlanCondition,
    RegionalContext,
)


def _bounds(period: Edtf | None) -> tuple[Edtf | None, Edtf | None]:
    """Give the start and the end of a stated period; a period that is one date has only a start."""
    if period is None or not period.is_interval:
        return period, None
    return period.start, period.end


def _hidden_behind(parent: Record, record: Record) -> bool:
    """Say whether a record would show what its parent keeps from the same readers."""
    return parent.visibility not in {Visibility.PUBLIC, record.visibility}


def _describe_plan(plan: Plan) -> facts.Described:
    body = " ".join(
        filter(None, [plan.summary, plan.period_note, plan.note, *(step.summary for step in plan.steps.all())])
    )
    return facts.Described(title=plan.name, subtitle=gettext("Plan local"), names=(plan.acronym,), body=body, weight=2)


def _tell_plan(plan: Plan) -> Iterator[facts.Told]:
    """Tell the drafting, the start and the end. One query, for those who took part in the drafting."""
    scale = plan.lead.scale.key if plan.lead.scale else ""
    lead = ("organisation", plan.lead_id)
    steps = {step.pk: step for step in plan.steps.all()}
    actors: dict[Any, list[tuple[str, Any]]] = {pk: [] for pk in steps}
    for link in Link.objects.filter(from_kind="plan_step", from_id__in=steps, role="actor").order_by("position", "pk"):
        actors[link.from_id].append((link.to_kind, link.to_id))
    for pk, step in steps.items():
        if step.when:
            yield facts.Told(
                step.when, "plan.drafted", step.summary, detail=plan.name, who=tuple(actors[pk]), scale=scale
            )
    start, end = _bounds(plan.period)
    if start:
        title = gettext("Début : %(plan)s") % {"plan": plan.name}
        yield facts.Told(start, "plan.started", title, who=(lead,), scale=scale)
    if end:
        title = gettext("Fin : %(plan)s") % {"plan": plan.name}
        yield facts.Told(end, "plan.ended", title, detail=plan.period_note, who=(lead,), scale=scale)


def _describe_axis(axis: PlanAxis) -> facts.Described | None:
    if _hidden_behind(axis.plan, axis):
        return None
    subtitle = gettext("Axe %(rank)s, %(plan)s") % {"rank": axis.rank, "plan": axis.plan.name}
    return facts.Described(title=axis.name, subtitle=subtitle, names=(axis.short_name,))


def _describe_action(action: PlanAction) -> facts.Described | None:
    if _hidden_behind(action.plan, action):
        return None
    return facts.Described(
        title=action.name, subtitle=gettext("Action, %(plan)s") % {"plan": action.plan.name}, body=action.note
    )


def _tell_action(action: PlanAction) -> Iterator[facts.Told]:
    if action.start and not _hidden_behind(action.plan, action):
        lead = ("organisation", action.plan.lead_id)
        yield facts.Told(action.start, "plan.action_started", action.name, detail=action.plan.name, who=(lead,))


def _describe_context(context: RegionalContext | NationalContext) -> facts.Described:
    return facts.Described(
        title=context.name, subtitle=str(context._meta.verbose_name).capitalize(), body=context.summary
    )


def _describe_inside(record: PlanCondition | PlanAmbition) -> facts.Described | None:
    if _hidden_behind(record.context, record):
        return None
    return facts.Described(title=record.name, subtitle=record.context.name)


facts.register(
    facts.Teller(
        Plan, _describe_plan, _tell_plan, lambda rows: rows.select_related("lead__scale").prefetch_related("steps")
    ),
    facts.Teller(PlanAxis, _describe_axis, prefetch=lambda rows: rows.select_related("plan")),
    facts.Teller(PlanAction, _describe_action, _tell_action, lambda rows: rows.select_related("plan")),
    facts.Teller(RegionalContext, _describe_context),
    facts.Teller(NationalContext, _describe_context),
    facts.Teller(PlanCondition, _describe_inside, prefetch=lambda rows: rows.select_related("context")),
    facts.Teller(PlanAmbition, _describe_inside, prefetch=lambda rows: rows.select_related("context")),
    sorts={
        "plan.drafted": _("Élaboration d'un plan"),
        "plan.started": _("Début d'un plan"),
        "plan.ended": _("Fin d'un plan"),
        "plan.action_started": _("Début d'une action"),
    },
)
