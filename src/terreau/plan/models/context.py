"""What surrounds the plans: regional policies and their conditions, national laws, a change of method."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Dated, Record


class MethodChange(Record):
    """How the way of drafting plans changed from one to the next."""

    KIND: ClassVar[str] = "plan_method_change"
    LINKABLE: ClassVar[bool] = False

    summary = models.TextField(_("résumé"))

    class Meta(Record.Meta):
        verbose_name = _("changement de méthode")
        verbose_name_plural = _("changements de méthode")

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"


class Context(Record, Dated):
    """A policy, a law or a frame that weighed on the plans; its milestone is told by a link of role `milestone`."""

    name = models.CharField(_("nom"), max_length=300)
    summary = models.TextField(_("résumé"), blank=True)
    actors = models.ManyToManyField(Organisation, related_name="%(class)ss", blank=True, verbose_name=_("acteurs"))

    class Meta(Record.Meta):
        abstract = True
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"


class RegionalContext(Context):
    KIND: ClassVar[str] = "regional_context"

    class Meta(Context.Meta):
        verbose_name = _("contexte régional")
        verbose_name_plural = _("contextes régionaux")


class NationalContext(Context):
    KIND: ClassVar[str] = "national_context"

    class Meta(Context.Meta):
        verbose_name = _("contexte national")
        verbose_name_plural = _("contextes nationaux")


class PlanCondition(Record):
    """A condition that a regional policy sets to a local plan, and since when it is met.

    The milestone (role `milestone`) or the body (role `body`) that meets it is told by links.
    """

    KIND: ClassVar[str] = "plan_condition"

    context = models.ForeignKey(
        RegionalContext, on_delete=models.CASCADE, related_name="conditions", verbose_name=_("contexte")
    )
    name = models.CharField(_("nom"), max_length=300)
    met_on = EdtfField(_("satisfaite le"))

    class Meta(Record.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"


class PlanAmbition(Record):
    """An ambition that a regional policy gives to the social economy."""

    KIND: ClassVar[str] = "plan_ambition"

    context = models.ForeignKey(
        RegionalContext, on_delete=models.CASCADE, related_name="ambitions", verbose_name=_("contexte")
    )
    name = models.CharField(_("nom"), max_length=300)

    class Meta(Record.Meta):
        verbose_name = _("ambition")
        verbose_name_plural = _("ambitions")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("plan:home", self.territory.slug) + f"#{self.key}"
