"""Ties between organisations: directed, dated, sourced."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import TieFamily
from terreau.directory.models.organisations import Organisation
from terreau.kernel.constraints import Check
from terreau.kernel.enums import Certainty
from terreau.kernel.models import Dated, Record
from terreau.territory.models import Term


class TieKind(Term):
    """A way of being tied, in words read both ways. weight: how much it counts in the network, 1 by default."""

    KIND: ClassVar[str] = "tie_kind"

    inverse = models.CharField(_("en sens inverse"), max_length=120)
    family = models.CharField(_("famille"), max_length=15, choices=TieFamily, default=TieFamily.COOPERATION)
    weight = models.DecimalField(_("poids"), max_digits=4, decimal_places=2, default=1)

    class Meta(Term.Meta):
        verbose_name = _("type de lien")
        verbose_name_plural = _("types de lien")
        constraints = [
            *Term.Meta.constraints,
            Check("directory_tie_weight", Q(weight__gt=0), _("Le poids d'un lien est positif.")),
        ]

    @property
    def is_symmetric(self) -> bool:
        return self.name == self.inverse


class Tie(Record, Dated):
    """One organisation tied to another. Successions (family lineage) never form a circle: dossier checks see to it."""

    KIND: ClassVar[str] = "tie"

    origin = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ties_out", verbose_name=_("de"))
    target = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ties_in", verbose_name=_("vers"))
    kind = models.ForeignKey(TieKind, on_delete=models.PROTECT, related_name="ties", verbose_name=_("type"))
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("lien")
        verbose_name_plural = _("liens")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "directory_tie_between_two", ~Q(origin=F("target")), _("Un lien relie deux organisations différentes.")
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return f"{self.origin.get_absolute_url()}#{self.key}"
