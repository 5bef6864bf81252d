"""What a next team needs to know: what made it work, what was brought, what is left open."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.continuity.enums import IndicatorStatus, ObservedIn, StakeKind
from terreau.directory.models import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.models import Record
from terreau.territory.models import Scale


class Told(Record):
    """A named thing that is handed over. PAGE: name of the address that shows it, at its key."""

    PAGE: ClassVar[str] = "continuity:home"

    name = models.CharField(_("nom"), max_length=300)

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            Check("continuity_%(class)s_has_name", ~Q(name=""), _("Écrire le nom.")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address(self.PAGE, self.territory.slug) + f"#{self.key}"


class Ranked(Told):
    """A told thing with a place from 1; two may share a rank, and keys decide between them."""

    rank = models.PositiveSmallIntegerField(_("rang"))
    summary = models.TextField(_("résumé"), blank=True)

    class Meta(Told.Meta):
        abstract = True
        constraints = [
            *Told.Meta.constraints,
            Check("continuity_%(class)s_rank", Q(rank__gte=1), _("Le rang commence à 1.")),
        ]


class Ingredient(Ranked):
    """One of the things that make a cooperation last.

    What shows it is told by links of role `fact` to records of any kind.
    """

    KIND: ClassVar[str] = "ingredient"

    class Meta(Ranked.Meta):
        verbose_name = _("ingrédient")
        verbose_name_plural = _("ingrédients")


class IngredientIndicator(Told):
    """A way of observing an ingredient. It is a proposal of the dossier, never a measure of the source."""

    KIND: ClassVar[str] = "ingredient_indicator"

    ingredient = models.ForeignKey(
        Ingredient, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("ingrédient")
    )
    status = models.CharField(_("statut"), max_length=15, choices=IndicatorStatus, default=IndicatorStatus.PROPOSED)
    observed_in = models.CharField(_("observé dans"), max_length=20, choices=ObservedIn, blank=True)

    class Meta(Told.Meta):
        verbose_name = _("indicateur d'un ingrédient")
        verbose_name_plural = _("indicateurs d'ingrédients")


class ConclusionPoint(Told):
    """What the conclusion of the source adds to the ingredients."""

    KIND: ClassVar[str] = "conclusion_point"

    summary = models.TextField(_("résumé"), blank=True)

    class Meta(Told.Meta):
        verbose_name = _("point de la conclusion")
        verbose_name_plural = _("points de la conclusion")


class Contribution(Ranked):
    """What an animator brought, as those concerned report it: links of role `testimony` and `event` show it."""

    KIND: ClassVar[str] = "contribution"
    PAGE: ClassVar[str] = "continuity:contributions"

    contributor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("apporteur")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Ranked.Meta):
        verbose_name = _("apport")
        verbose_name_plural = _("apports")


class Stake(Told):
    """Something left open: what it is about, who is concerned, at which scale.

    A link of role `body` says who works on it.
    """

    KIND: ClassVar[str] = "stake"
    PAGE: ClassVar[str] = "continuity:stakes"

    sort = models.CharField(_("type"), max_length=15, choices=StakeKind)
    summary = models.TextField(_("résumé"), blank=True)
    actors = models.ManyToManyField(Organisation, related_name="stakes", blank=True, verbose_name=_("acteurs"))
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("échelle")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Told.Meta):
        verbose_name = _("enjeu")
        verbose_name_plural = _("enjeux")


class OpenTopic(Told):
    """A subject under way above the territory, which it may join. holder: the organisation that carries it."""

    KIND: ClassVar[str] = "open_topic"
    PAGE: ClassVar[str] = "continuity:stakes"

    holder = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="open_topics",
        null=True,
        blank=True,
        verbose_name=_("porteur"),
    )
    summary = models.TextField(_("résumé"), blank=True)

    class Meta(Told.Meta):
        verbose_name = _("sujet régional ouvert")
        verbose_name_plural = _("sujets régionaux ouverts")
