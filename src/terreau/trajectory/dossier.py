"""frise.yaml: phases, intensity of the animation, milestones."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from terreau.kernel import dossier as d
from terreau.kernel.enums import Certainty
from terreau.trajectory.enums import DatePrecision, IntensityLevel, Lane, MilestoneNature
from terreau.trajectory.models import IntensityLegend, IntensityPeriod, Milestone, Phase


class PhaseDoc(d.RecordDoc):
    titre: Annotated[d.Text, d.Column("title")]
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    hors_frise_imprimee: Annotated[bool, d.Column("is_off_print")] = False
    sources: d.Sources = []
    contradictions: d.Disputes = []


class LegendDoc(d.Doc):
    source: Annotated[d.Slug | None, d.Key("source", "source")] = None
    page: Annotated[d.Page | None, d.Column("locator")] = None
    niveaux: Annotated[list[IntensityLevel], d.Column("levels")] = []


class IntensityDoc(d.RecordDoc):
    organisation: Annotated[d.Slug | None, d.Key("organisation", "organisation")] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    niveau: Annotated[IntensityLevel, d.Column("level")]
    certitude: Annotated[Certainty, d.Column("certainty")] = Certainty.ESTABLISHED
    motif: Annotated[d.Text | None, d.Column("reason")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class MilestoneDoc(d.RecordDoc):
    date: Annotated[d.EdtfValue, d.Column("when")]
    precision: Annotated[DatePrecision, d.Column("precision")] = DatePrecision.EXACT
    phase: Annotated[d.Slug | None, d.Key("phase", "phase")] = None
    titre: Annotated[d.Text, d.Column("title")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    echelle: Annotated[d.Slug | None, d.Key("scale", "scale")] = None
    piste: Annotated[Lane, d.Column("lane")]
    nature: Annotated[MilestoneNature | None, d.Column("nature")] = None
    contexte: Annotated[bool, d.Column("is_context")] = False
    acteurs: Annotated[list[d.Slug], d.Keys("actors", "organisation")] = []
    sources: d.Sources = []
    contradictions: d.Disputes = []


d.register(
    d.Section("frise", "phases", PhaseDoc, Phase, _("Les grandes étapes de l'histoire."), order=1),
    d.Section(
        "frise",
        "intensite.legende",
        LegendDoc,
        IntensityLegend,
        _("Les niveaux d'intensité et la source qui les définit."),
        order=2,
        single=True,
    ),
    d.Section(
        "frise",
        "intensite.periodes",
        IntensityDoc,
        IntensityPeriod,
        _("L'intensité de l'animation au fil du temps."),
        order=3,
    ),
    d.Section("frise", "jalons", MilestoneDoc, Milestone, _("Les moments datés, sur les trois pistes."), order=4),
)
