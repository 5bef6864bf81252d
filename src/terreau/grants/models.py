"""Calls for projects as the territory tells them, other supports that were met, and distinctions."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.grants.enums import CapPer, Rhythm, SupportSort
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Dated, Part, Record

EURO = "EUR"


class Call(Record, Dated):
    """A call for projects.

    cap, yearly_budget: amounts in `currency` (ISO 4217), None when unknown, never 0.
    selection_rule: how it is chosen; the body that chooses is told by a link of role `jury`.
    unknowns: sentences, what the sources leave unsaid. The plans that it serves are told by links of role `plan`,
    the figure of the cap by a link of role `figure`.
    """

    KIND: ClassVar[str] = "call"

    name = models.CharField(_("nom"), max_length=300)
    other_names = models.JSONField(_("autres noms"), default=list, blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calls", verbose_name=_("porteur"))
    rhythm = models.CharField(_("rythme"), max_length=15, choices=Rhythm, blank=True)
    rhythm_note = models.TextField(_("note sur le rythme"), blank=True)
    cap = models.DecimalField(_("plafond"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        _("devise"),
        max_length=3,
        default=EURO,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Une devise s'écrit en trois capitales : EUR."))],
    )
    cap_per = models.CharField(_("plafond par"), max_length=10, choices=CapPer, blank=True)
    yearly_budget = models.DecimalField(_("budget annuel"), max_digits=12, decimal_places=2, null=True, blank=True)
    candidates = models.TextField(_("candidats"), blank=True)
    selection_rule = models.TextField(_("principe de sélection"), blank=True)
    can_be_combined = models.BooleanField(_("cumul possible"), null=True, blank=True)
    laureates = models.ManyToManyField(
        Organisation, related_name="calls_won", blank=True, verbose_name=_("lauréats connus")
    )
    unknowns = models.JSONField(_("lacunes"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("appel à projets")
        verbose_name_plural = _("appels à projets")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "grants_cap_positive", Q(cap=None) | Q(cap__gt=0), _("Un plafond est positif ; inconnu, il reste vide.")
            ),
            Check(
                "grants_budget_positive",
                Q(yearly_budget=None) | Q(yearly_budget__gt=0),
                _("Un budget est positif ; inconnu, il reste vide."),
            ),
            Check(
                "grants_cap_per_something",
                ~Q(cap=None) | Q(cap_per=""),
                _("Dire par quoi vaut un plafond suppose son montant."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("grants:home", self.territory.slug) + f"#{self.key}"


class CallTarget(Record):
    """What a call is meant to support."""

    KIND: ClassVar[str] = "call_target"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="targets", verbose_name=_("appel à projets"))
    name = models.CharField(_("nom"), max_length=300)

    class Meta(Record.Meta):
        verbose_name = _("cible d'un appel")
        verbose_name_plural = _("cibles d'un appel")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("grants:home", self.territory.slug) + f"#{self.key}"


class CallOutcome(Record):
    """What a candidate may leave with: money, advice, an introduction."""

    KIND: ClassVar[str] = "call_outcome"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="outcomes", verbose_name=_("appel à projets"))
    name = models.CharField(_("nom"), max_length=300)
    sort = models.CharField(_("type"), max_length=10, choices=SupportSort)

    class Meta(Record.Meta):
        verbose_name = _("issue d'un appel")
        verbose_name_plural = _("issues d'un appel")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("grants:home", self.territory.slug) + f"#{self.key}"


class ReportedEffect(Part):
    """An effect of a call that a source reports, with its own citations."""

    KIND: ClassVar[str] = "call_effect"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="effects")
    summary = models.TextField(_("résumé"))

    def __str__(self) -> str:
        return self.summary


class SupportScheme(Record):
    """Another money or help met in the sources: who gives, who receives, over what period, as far as it is said."""

    KIND: ClassVar[str] = "support_scheme"

    name = models.CharField(_("nom"), max_length=300)
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="supports_given",
        null=True,
        blank=True,
        verbose_name=_("porteur"),
    )
    beneficiary = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="supports_received",
        null=True,
        blank=True,
        verbose_name=_("bénéficiaire"),
    )
    sort = models.CharField(_("type"), max_length=10, choices=SupportSort)
    period = EdtfField(_("période"))
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2, null=True, blank=True)
    summary = models.TextField(_("résumé"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("appui")
        verbose_name_plural = _("appuis")
        constraints = [
            *Record.Meta.constraints,
            Check(
                "grants_support_positive",
                Q(amount=None) | Q(amount__gt=0),
                _("Un montant est positif ; inconnu, il reste vide."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("grants:home", self.territory.slug) + f"#{self.key}"
