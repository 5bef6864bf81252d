"""What may be asked about the local plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from terreau.directory.models import Organisation, Role
from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import by, by_source, together
from terreau.kernel.models import Entry, Gap, Link, Record, RecordQuerySet
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import DisputeLine, citations_of, disputes_of, links_from
from terreau.plan.models import (
    MethodChange,
    NationalContext,
    Plan,
    PlanAction,
    PlanAmbition,
    PlanAxis,
    PlanCondition,
    PlanSponsor,
    PlanStaff,
    PlanStep,
    RegionalContext,
)  # fmt: skip
from terreau.territory.models import Territory

KINDS = [
    model.KIND for model in (Plan, PlanAxis, PlanAction, RegionalContext, PlanCondition, PlanAmbition, NationalContext)
]


@dataclass(frozen=True)
class StepLine:
    """A step of the drafting, and who took part in it."""

    step: PlanStep
    actors: Sequence[Entry]
    sources: Sequence[SourceLine]


@dataclass(frozen=True)
class AxisLine:
    axis: PlanAxis
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class ActionLine:
    """An action, what it bears on and the milestone that tells it, as far as the reader may see them."""

    action: PlanAction
    objects: Sequence[Entry]
    milestones: Sequence[Entry]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class RoleLine:
    """A function that served or carried a plan. organisation: None when the reader may not see it."""

    role: Role
    organisation: Organisation | None


@dataclass(frozen=True)
class PlanCard:
    """A plan with all that it holds."""

    plan: Plan
    lead: Organisation | None
    steps: Sequence[StepLine]
    axes: Sequence[AxisLine]
    actions: Sequence[ActionLine]
    staff: Sequence[RoleLine]
    sponsors: Sequence[RoleLine]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class AxesRow:
    """The axes of one rank, plan by plan; None where a plan has none."""

    rank: int
    axes: Sequence[PlanAxis | None]


@dataclass(frozen=True)
class ConditionLine:
    """A condition, and what meets it: a milestone, a body."""

    condition: PlanCondition
    met_by: Sequence[Entry]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class ContextCard:
    context: RegionalContext | NationalContext
    actors: Sequence[Organisation]
    conditions: Sequence[ConditionLine]
    ambitions: Sequence[PlanAmbition]
    milestones: Sequence[Entry]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class MethodCard:
    change: MethodChange
    sources: Sequence[SourceLine]


@dataclass(frozen=True)
class PlanPage:
    """The page of the local plans. axes_side_by_side: by rank, empty unless there are several plans."""

    territory: Territory
    plans: Sequence[PlanCard]
    axes_side_by_side: Sequence[AxesRow]
    changes: Sequence[MethodCard]
    regional: Sequence[ContextCard]
    national: Sequence[ContextCard]
    gaps: Sequence[Gap]

    @property
    def is_empty(self) -> bool:
        return not (self.plans or self.changes or self.regional or self.national)


def plan_page(reader: Actor, territory: Territory) -> PlanPage:
    """Give all plans and their context, as the reader may see them. Seven queries, whatever there is to tell."""
    return _Reading(reader, territory).page()


class _Reading:
    """One reading of the tables, and what surrounds their rows."""

    def __init__(self, reader: Actor, territory: Territory) -> None:
        def seen(model: type[Record]) -> RecordQuerySet:
            return model.objects.of(territory).visible_to(reader)

        self.territory = territory
        led = Q(pk__in=Plan.objects.of(territory).values("lead"))
        regional, national = RegionalContext.actors.through, NationalContext.actors.through
        of_regional, of_national = (
            {f"{name}__territory": territory} for name in ("regionalcontext", "nationalcontext")
        )
        acting = Q(pk__in=regional.objects.filter(**of_regional).values("organisation"))
        acting |= Q(pk__in=national.objects.filter(**of_national).values("organisation"))
        staffing = PlanStaff.objects.filter(plan__territory=territory)
        sponsoring = PlanSponsor.objects.filter(plan__territory=territory)
        serving = Q(pk__in=staffing.values("role")) | Q(pk__in=sponsoring.values("role"))
        housing = Q(pk__in=Role.objects.of(territory).filter(serving).values("organisation"))
        missing = Link.objects.filter(from_kind=Gap.KIND, role="object", to_kind__in=KINDS, territory=territory)
        (
            self.plans, steps, axes, actions, staff, sponsors, roles, self.regional, self.national, conditions, ambitions, self.changes,
            regional_actors, national_actors, organisations, self.gaps,
        ) = together(
            territory,
            seen(Plan), PlanStep.objects.filter(plan__territory=territory), seen(PlanAxis), seen(PlanAction), staffing, sponsoring,
            seen(Role).filter(serving), seen(RegionalContext), seen(NationalContext), seen(PlanCondition), seen(PlanAmbition),
            seen(MethodChange), regional.objects.filter(**of_regional), national.objects.filter(**of_national),
            seen(Organisation).filter(led | acting | housing), seen(Gap).filter(pk__in=missing.values("from_id")),
        )  # fmt: skip
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.roles = {role.pk: role for role in roles}
        self.steps, self.axes, self.actions = by("plan_id", steps), by("plan_id", axes), by("plan_id", actions)
        self.staff, self.sponsors = by("plan_id", staff), by("plan_id", sponsors)
        self.conditions, self.ambitions = by("context_id", conditions), by("context_id", ambitions)
        self.actors = by("regionalcontext_id", regional_actors) | by("nationalcontext_id", national_actors)
        records = [
            *self.plans,
            *steps,
            *axes,
            *actions,
            *self.regional,
            *self.national,
            *conditions,
            *ambitions,
            *self.changes,
        ]
        self.links = links_from(records, reader)
        self.sources = by_source(citations_of(records))
        self.disputes = disputes_of(records, reader)

    def page(self) -> PlanPage:
        plans = [self._plan(plan) for plan in self.plans]
        return PlanPage(
            territory=self.territory,
            plans=plans,
            axes_side_by_side=_side_by_side(plans),
            changes=[MethodCard(change, self._sources(change)) for change in self.changes],
            regional=[self._context(context) for context in self.regional],
            national=[self._context(context) for context in self.national],
            gaps=self.gaps,
        )

    def _sources(self, record: Record) -> Sequence[SourceLine]:
        return self.sources.get((record.KIND, record.pk), ())

    def _disputes(self, record: Record) -> Sequence[DisputeLine]:
        return self.disputes.get((record.KIND, record.pk), ())

    def _linked(self, record: Record, *roles: str) -> Sequence[Entry]:
        return [entry for role in roles for entry in self.links.get((record.KIND, record.pk, role), ())]

    def _plan(self, plan: Plan) -> PlanCard:
        return PlanCard(
            plan=plan,
            lead=self.organisations.get(plan.lead_id),
            steps=[StepLine(step, self._linked(step, "actor"), self._sources(step)) for step in self.steps[plan.pk]],
            axes=[AxisLine(axis, self._sources(axis), self._disputes(axis)) for axis in self.axes[plan.pk]],
            actions=[
                ActionLine(
                    action,
                    self._linked(action, "object"),
                    self._linked(action, "milestone"),
                    self._sources(action),
                    self._disputes(action),
                )
                for action in self.actions[plan.pk]
            ],
            staff=self._hands(self.staff[plan.pk]),
            sponsors=self._hands(self.sponsors[plan.pk]),
            sources=self._sources(plan),
            disputes=self._disputes(plan),
        )

    def _hands(self, hands: Sequence[PlanStaff | PlanSponsor]) -> Sequence[RoleLine]:
        roles = [self.roles[hand.role_id] for hand in hands if hand.role_id in self.roles]
        return [RoleLine(role, self.organisations.get(role.organisation_id)) for role in roles]

    def _context(self, context: RegionalContext | NationalContext) -> ContextCard:
        actors = [self.organisations.get(row.organisation_id) for row in self.actors.get(context.pk, ())]
        return ContextCard(
            context=context,
            actors=[actor for actor in actors if actor],
            conditions=[
                ConditionLine(
                    condition,
                    self._linked(condition, "milestone", "body"),
                    self._sources(condition),
                    self._disputes(condition),
                )
                for condition in self.conditions.get(context.pk, ())
            ],
            ambitions=self.ambitions.get(context.pk, ()),
            milestones=self._linked(context, "milestone"),
            sources=self._sources(context),
            disputes=self._disputes(context),
        )


def _side_by_side(plans: Sequence[PlanCard]) -> Sequence[AxesRow]:
    if len(plans) <= 1:
        return []
    ranked = [{line.axis.rank: line.axis for line in card.axes} for card in plans]
    return [AxesRow(rank, [axes.get(rank) for axes in ranked]) for rank in sorted(set().union(*ranked))]
