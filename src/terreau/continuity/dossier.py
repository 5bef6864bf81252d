"""ingredients.yaml, apports.yaml and enjeux.yaml."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from terreau.continuity.enums import IndicatorStatus, ObservedIn, StakeKind
from terreau.continuity.models import ConclusionPoint, Contribution, Ingredient, IngredientIndicator, OpenTopic, Stake
from terreau.kernel import dossier as d

Rank = Annotated[int, Field(ge=1, le=32767)]


class IndicatorDoc(d.RecordDoc):
    statut: Annotated[IndicatorStatus, d.Column("status")] = IndicatorStatus.PROPOSED
    nom: Annotated[d.Text, d.Column("name")]
    observe_dans: Annotated[ObservedIn | None, d.Column("observed_in")] = None


class IngredientDoc(d.RecordDoc):
    rang: Annotated[Rank, d.Column("rank")]
    nom: Annotated[d.Text, d.Column("name")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    faits: Annotated[list[d.Slug], d.Linked("fact")] = []
    indicateurs: Annotated[list[IndicatorDoc], d.Rows(IngredientIndicator, "ingredient")] = []
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ConclusionPointDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ContributionDoc(d.RecordDoc):
    rang: Annotated[Rank, d.Column("rank")]
    nom: Annotated[d.Text, d.Column("name")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    apporteur: Annotated[d.Slug, d.Key("contributor", "organisation")]
    temoignages: Annotated[list[d.Slug], d.Linked("testimony", ("testimony",))] = []
    evenements: Annotated[list[d.Slug], d.Linked("event", ("event",))] = []
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class StakeDoc(d.RecordDoc):
    type: Annotated[StakeKind, d.Column("sort")]
    nom: Annotated[d.Text, d.Column("name")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    acteurs: Annotated[list[d.Slug], d.Keys("actors", "organisation")] = []
    echelle: Annotated[d.Slug | None, d.Key("scale", "scale")] = None
    instance: Annotated[d.Slug | None, d.Linked("body", ("body",))] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class OpenTopicDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    porteur: Annotated[d.Slug | None, d.Key("holder", "organisation")] = None
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


d.register(
    d.Section(
        "ingredients",
        "ingredients",
        IngredientDoc,
        Ingredient,
        _("Ce qui a fait réussir la dynamique, et comment l'observer."),
        order=1,
    ),
    d.Section(
        "ingredients",
        "apports_de_la_conclusion",
        ConclusionPointDoc,
        ConclusionPoint,
        _("Ce que la conclusion y ajoute."),
        order=2,
    ),
    d.Section(
        "apports",
        "apports",
        ContributionDoc,
        Contribution,
        _("Ce que l'animation a apporté, selon ses partenaires."),
        inherits=("apporteur",),
    ),
    d.Section(
        "enjeux", "enjeux", StakeDoc, Stake, _("Enjeux, tensions, risques, opportunités et projets ouverts."), order=1
    ),
    d.Section(
        "enjeux",
        "sujets_regionaux_ouverts",
        OpenTopicDoc,
        OpenTopic,
        _("Sujets régionaux que le territoire peut rejoindre."),
        order=2,
    ),
)
