"""Figures as sources give them, the claims that give none, and the choice of figures that makes a portrait."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.enums import Certainty
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Record, Source


class Figure(Record):
    """A number that a source states, with all that it must travel with: unit, area, date, status, source.

    area: what it measures, as the key of a record of the territory ("cavm", "ev-salon-2023"), the territory's own key,
    or the name of a place outside it ("Hauts-de-France").
    value: the number; or value_min and value_max for a range, either may be open. All empty: the number is unknown,
    which is not 0.
    unit: word or symbol of the dossier ("habitants/km2", "EUR"); `observatory.units` says how it is read.
    certainty: how sure it is that the number comes from that source.
    """

    KIND: ClassVar[str] = "figure"

    label = models.CharField(_("libellé"), max_length=300)
    area = models.CharField(_("territoire mesuré"), max_length=200)
    measured_on = EdtfField(_("date"))
    value = models.DecimalField(_("valeur"), max_digits=20, decimal_places=4, null=True, blank=True)
    value_min = models.DecimalField(_("valeur la plus basse"), max_digits=20, decimal_places=4, null=True, blank=True)
    value_max = models.DecimalField(_("valeur la plus haute"), max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unité"), max_length=60)
    is_approximate = models.BooleanField(_("approximative"), default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures", verbose_name=_("source"))
    locator = models.CharField(_("page"), max_length=60, blank=True)
    certainty = models.CharField(
        _("certitude de la source"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("chiffre")
        verbose_name_plural = _("chiffres")
        constraints = [
            *Record.Meta.constraints,
            Check(
                "observatory_figure_travels_whole",
                ~Q(label="") & ~Q(area="") & ~Q(unit=""),
                _("Un chiffre ne va pas sans son libellé, son territoire et son unité."),
            ),
            Check(
                "observatory_figure_value_or_range",
                Q(value=None) | Q(value_min=None, value_max=None),
                _("Un chiffre est une valeur ou une fourchette, pas les deux."),
            ),
            Check(
                "observatory_figure_range_order",
                Q(value_min=None) | Q(value_max=None) | Q(value_min__lte=F("value_max")),
                _("La fourchette va de la plus basse valeur à la plus haute."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_known(self) -> bool:
        return (self.value, self.value_min, self.value_max) != (None, None, None)

    def get_absolute_url(self) -> str:
        return address("observatory:home", self.territory.slug) + f"#{self.key}"


class UnquantifiedClaim(Record):
    """A statement about quantities for which the source gives no number."""

    KIND: ClassVar[str] = "unquantified_claim"

    summary = models.TextField(_("résumé"))
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="unquantified_claims", verbose_name=_("source")
    )
    locator = models.CharField(_("page"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("affirmation sans chiffre")
        verbose_name_plural = _("affirmations sans chiffre")

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return address("observatory:home", self.territory.slug) + f"#{self.key}"


class PortraitItem(Record):
    """A figure chosen for the portrait of the territory, under a short label; the place in the list is the order.

    repeated_value, repeated_unit: the figure's, when the dossier writes them again for whoever reads the file; loading
    refuses any difference, and pages show the figure.
    """

    KIND: ClassVar[str] = "portrait_item"
    LINKABLE: ClassVar[bool] = False

    label = models.CharField(_("libellé"), max_length=200)
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, related_name="portrait_items", verbose_name=_("chiffre")
    )
    repeated_value = models.DecimalField(_("valeur répétée"), max_digits=20, decimal_places=4, null=True, blank=True)
    repeated_unit = models.CharField(_("unité répétée"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("chiffre du portrait")
        verbose_name_plural = _("chiffres du portrait")

    def __str__(self) -> str:
        return self.label
