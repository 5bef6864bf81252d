"""Local plans: who leads them, how they were drafted, their axes and actions, who carried them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation, Role
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Dated, Part, Record
from terreau.plan.enums import DraftingMode


class Plan(Record):
    """A local development plan.

    period: one EDTF value, as stated; period_note: what is written of it and what is inferred.
    """

    KIND: ClassVar[str] = "plan"

    name = models.CharField(_("nom"), max_length=300)
    acronym = models.CharField(_("sigle"), max_length=40, blank=True)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans_led", verbose_name=_("pilote"))
    period = EdtfField(_("période"))
    period_note = models.TextField(_("note sur la période"), blank=True)
    drafting = models.CharField(_("mode d'élaboration"), max_length=20, choices=DraftingMode, blank=True)
    summary = models.TextField(_("résumé"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"


class PlanStep(Part):
    """A step of the drafting. Who took part is told by links of role `actor`."""

    KIND: ClassVar[str] = "plan_step"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    when = EdtfField(_("date"))
    summary = models.TextField(_("résumé"))

    class Meta(Part.Meta):
        verbose_name = _("étape d'élaboration")
        verbose_name_plural = _("étapes d'élaboration")

    def __str__(self) -> str:
        return self.summary


class PlanAxis(Record):
    """An axis of a plan. name: its official wording, a fact; short_name: the dossier's own brief wording.

    That two axes of a plan differ in rank is held by the dossier's check: a load that swaps two ranks
    goes through equal ones.
    """

    KIND: ClassVar[str] = "plan_axis"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="axes", verbose_name=_("plan"))
    rank = models.PositiveSmallIntegerField(_("rang"))
    name = models.CharField(_("intitulé"), max_length=300)
    short_name = models.CharField(_("formulation brève"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("axe")
        verbose_name_plural = _("axes")
        constraints = [
            *Record.Meta.constraints,
            Check("plan_axis_rank_from_one", Q(rank__gte=1), _("Le rang d'un axe commence à 1.")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"


class PlanAction(Record, Dated):
    """What a plan does. Its object (role `object`, any kind) and its milestone (role `milestone`) are told by links."""

    KIND: ClassVar[str] = "plan_action"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions", verbose_name=_("plan"))
    name = models.CharField(_("nom"), max_length=300)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"


class PlanStaff(Part):
    """A function of the directory that worked for the plan."""

    KIND: ClassVar[str] = "plan_staff"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="staff")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="plans_served", verbose_name=_("fonction"))

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "role"], name="plan_staff_once")]

    def __str__(self) -> str:
        return str(self.role)


class PlanSponsor(Part):
    """A function of the directory that carried the plan politically."""

    KIND: ClassVar[str] = "plan_sponsor"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sponsors")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="plans_sponsored", verbose_name=_("fonction"))

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "role"], name="plan_sponsor_once")]

    def __str__(self) -> str:
        return str(self.role)
