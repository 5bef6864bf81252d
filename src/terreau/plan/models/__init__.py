"""Tables of the local plan: the plans themselves, and the context in which they were written."""

from terreau.plan.models.context import MethodChange, NationalContext, PlanAmbition, PlanCondition, RegionalContext
from terreau.plan.models.plans import Plan, PlanAction, PlanAxis, PlanSponsor, PlanStaff, PlanStep

__all__ = [
    "MethodChange", "NationalContext", "Plan", "PlanAction", "PlanAmbition", "PlanAxis", "PlanCondition", "PlanSponsor", "PlanStaff",
    "PlanStep", "RegionalContext",
]  # fmt: skip
