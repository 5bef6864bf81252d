"""territoire.yaml: the territory itself, its perimeter, scales, themes and features."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from terreau.kernel import dossier as d
from terreau.territory.enums import RESERVED_SLUGS, EpciKind
from terreau.territory.models import (
    Feature,
    Perimeter,
    PerimeterCommune,
    PerimeterEpci,
    Scale,
    SpecialPerimeter,
    Territory,
    Theme,
)


def _is_free(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        message = _("« %(slug)s » est une adresse du site : choisir un autre identifiant.") % {"slug": slug}
        raise PydanticCustomError("rule", "reserved", {"message": message})
    return slug


class TerritoryDoc(d.Doc):
    id: Annotated[d.Slug, AfterValidator(_is_free), d.Column("slug")]
    nom: Annotated[d.Text, d.Column("name")]
    nom_complet: Annotated[d.Text | None, d.Column("full_name")] = None
    graine: Annotated[d.Text | None, d.Column("seed_file")] = None
    etat_du_dossier: Annotated[d.Text | None, d.Column("state_of_dossier")] = None


class EpciDoc(d.Doc):
    organisation: Annotated[d.Slug | None, d.Linked("organisation", ("organisation",))] = None
    code: Annotated[Annotated[str, Field(pattern=r"^\d{9}$")] | None, d.Column("code")] = None
    nature: Annotated[EpciKind, d.Column("nature")]
    creation: Annotated[d.EdtfValue | None, d.Column("created")] = None
    siege: Annotated[d.Text | None, d.Column("seat")] = None


class CommuneDoc(d.Doc):
    code: Annotated[Annotated[str, Field(pattern=r"^(\d{2}|2[AB])\d{3}$")], d.Column("code")]
    nom: Annotated[d.Text, d.Column("name")]
    population: Annotated[int | None, d.Column("population")] = None
    longitude: Annotated[d.Number | None, d.Column("longitude")] = None
    latitude: Annotated[d.Number | None, d.Column("latitude")] = None


class CommunesDoc(d.Doc):
    nombre: Annotated[int | None, d.Column("commune_count")] = None
    liste_connue: Annotated[bool | None, d.Column("list_is_known")] = None
    citees: Annotated[d.Strings, d.Column("communes_cited")] = []
    note: Annotated[d.Text | None, d.Column("communes_note")] = None
    liste: Annotated[list[CommuneDoc], d.Rows(PerimeterCommune, "perimeter")] = []


class PerimeterDoc(d.Doc):
    epci: Annotated[list[EpciDoc], d.Rows(PerimeterEpci, "perimeter")] = []
    communes: Annotated[CommunesDoc | None, d.Inline()] = None
    lieux_exterieurs_cites: Annotated[d.Strings, d.Column("outside_places")] = []
    sources: d.Sources = []


class SpecialPerimeterDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    echelle: Annotated[d.Slug, d.Key("scale", "scale")]
    description: Annotated[d.Text | None, d.Column("description")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ScaleDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    rang: Annotated[int, d.Column("rank")]
    exemples: Annotated[list[d.Slug], d.Linked("example", ("organisation",))] = []


class ThemeDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]


class FeatureDoc(d.Doc):
    theme: Annotated[d.Slug, d.Key("theme", "theme")]
    texte: Annotated[d.Text, d.Column("text")]
    sources: d.Sources = []


d.register_root(TerritoryDoc, Territory)
d.register(
    d.Section(
        "territoire",
        "perimetre",
        PerimeterDoc,
        Perimeter,
        _("Le périmètre officiel : intercommunalités et communes."),
        order=10,
        single=True,
    ),
    d.Section(
        "territoire",
        "perimetres_particuliers",
        SpecialPerimeterDoc,
        SpecialPerimeter,
        _("Les autres périmètres qui comptent."),
        order=11,
    ),
    d.Section("territoire", "echelles", ScaleDoc, Scale, _("Les échelles, de la commune à la nation."), order=12),
    d.Section(
        "territoire",
        "traits",
        FeatureDoc,
        Feature,
        _("Les traits du territoire, rapportés comme des regards."),
        order=14,
    ),
    d.Section(
        "territoire", "themes", ThemeDoc, Theme, _("Le vocabulaire des thèmes, commun à tout le dossier."), order=16
    ),
)
