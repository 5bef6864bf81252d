"""Tables of the trajectory: phases, milestones, and how intense the animation was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.enums import Certainty
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Dated, Record
from terreau.territory.models import Scale
from terreau.trajectory.enums import DatePrecision, IntensityLevel, Lane, MilestoneNature


class Phase(Record, Dated):
    """A stretch of the story with its own title. is_off_print: told in the text, absent from the printed timeline."""

    KIND: ClassVar[str] = "phase"

    title = models.CharField(_("titre"), max_length=300)
    summary = models.TextField(_("résumé"), blank=True)
    note = models.TextField(_("note"), blank=True)
    is_off_print = models.BooleanField(_("hors de la frise imprimée"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("trajectory:timeline", self.territory.slug) + f"#{self.key}"


class Milestone(Record):
    """A dated moment of the story, on one of the three tracks.

    is_context: it goes beyond the territory (a law, an economic crisis) and is told because it weighed on it.
    actors: who took part, in the order of the dossier (that of the rows of the relation).
    """

    KIND: ClassVar[str] = "milestone"

    when = EdtfField(_("date"), blank=False)
    precision = models.CharField(
        _("précision de la date"), max_length=15, choices=DatePrecision, default=DatePrecision.EXACT
    )
    title = models.CharField(_("titre"), max_length=300)
    summary = models.TextField(_("résumé"), blank=True)
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("échelle")
    )
    lane = models.CharField(_("piste"), max_length=20, choices=Lane)
    nature = models.CharField(_("nature"), max_length=20, choices=MilestoneNature, blank=True)
    is_context = models.BooleanField(_("fait de contexte"), default=False)
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, related_name="milestones", null=True, blank=True, verbose_name=_("phase")
    )
    actors = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("acteurs"))

    class Meta(Record.Meta):
        verbose_name = _("jalon")
        verbose_name_plural = _("jalons")
        constraints = [
            *Record.Meta.constraints,
            Check(
                "trajectory_milestone_is_dated",
                ~Q(when=""),
                _("Un jalon porte une date, même imprécise : « 2001~ », « 197X »."),
            ),
            Check(
                "trajectory_milestone_lane",
                Q(lane__in=Lane.values),
                _("La piste d'un jalon est l'une des trois de la frise."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "when_earliest"], name="trajectory_milestone_when")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("trajectory:timeline", self.territory.slug) + f"#{self.key}"


class IntensityLegend(Record):
    """The levels that the territory uses, from the lightest, and the source that defines them."""

    KIND: ClassVar[str] = "intensity_legend"
    LINKABLE: ClassVar[bool] = False

    source = models.ForeignKey(
        "kernel.Source", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )
    locator = models.CharField(_("page"), max_length=60, blank=True)
    levels = models.JSONField(_("niveaux"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("légende de l'intensité")
        verbose_name_plural = _("légendes de l'intensité")

    def __str__(self) -> str:
        return self.key


class IntensityPeriod(Record, Dated):
    """How much the animating organisation intervened over a period, and why one can say so."""

    KIND: ClassVar[str] = "intensity_period"

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisation qui intervient"),
    )
    level = models.CharField(_("niveau"), max_length=10, choices=IntensityLevel)
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)
    reason = models.TextField(_("motif"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("période d'intensité")
        verbose_name_plural = _("périodes d'intensité")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "trajectory_intensity_level",
                Q(level__in=IntensityLevel.values),
                _("L'intensité est légère, modérée ou soutenue."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason or self.key

    def get_absolute_url(self) -> str:
        return address("trajectory:timeline", self.territory.slug) + f"#{self.key}"
