"""Initiatives: what one or several organisations carry together."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import CarrierPart, Stage
from terreau.directory.models.organisations import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.fields import EdtfField, EndField
from terreau.kernel.models import Dated, Part, Record, Source
from terreau.territory.models import Theme


class Initiative(Record, Dated):
    """A project carried by organisations: a third place, an experiment. organisation: the one born of it, if any."""

    KIND: ClassVar[str] = "initiative"

    name = models.CharField(_("nom"), max_length=300)
    stage = models.CharField(_("étape"), max_length=20, choices=Stage, blank=True)
    summary = models.TextField(_("résumé"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="initiatives",
        null=True,
        blank=True,
        verbose_name=_("organisation née de l'initiative"),
    )
    themes = models.ManyToManyField(Theme, related_name="initiatives", blank=True, verbose_name=_("thèmes"))

    class Meta(Record.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("directory:initiative_detail", self.territory.slug, self.key)


class InitiativeCarrier(Part):
    KIND: ClassVar[str] = "initiative_carrier"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="carriers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="carried")
    part = models.CharField(_("rôle"), max_length=12, choices=CarrierPart, default=CarrierPart.CARRIER)
    start = EdtfField(_("début"))
    end = EndField(_("fin"))

    class Meta(Part.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "organisation", "part"], name="directory_carrier_once"),
        ]


class InitiativeStep(Part):
    """A step that an initiative took: a candidacy, a habilitation, a company created, people hired.

    stage: which stage it opens, when it opens one. figure, unit: what it counts (« 12 personnes embauchées »).
    """

    KIND: ClassVar[str] = "initiative_step"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("étape"), max_length=200)
    stage = models.CharField(_("stade"), max_length=20, choices=Stage, blank=True)
    when = EdtfField(_("date"))
    figure = models.DecimalField(_("nombre"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    locator = models.CharField(_("page"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name
