"""Organisations, relations, fonctions, initiatives, sigles, and the contact of territoire.yaml."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Self

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from terreau.directory.enums import (
    AcronymOrigin,
    CarrierPart,
    IdentifierScheme,
    NameSort,
    PointOrigin,
    Stage,
    TieFamily,
)
from terreau.directory.models import (
    Acronym,
    ContactPoint,
    Identifier,
    Initiative,
    InitiativeCarrier,
    InitiativeStep,
    Nature,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Person,
    Role,
    Staffing,
    TerritoryContact,
    Tie,
    TieKind,
)  # fmt: skip
from terreau.directory.pure.identifiers import normalise, problems_among
from terreau.directory.pure.lineage import cycle_in
from terreau.kernel import dossier as d
from terreau.kernel.enums import Certainty, Visibility

Count = Annotated[int, Field(ge=0)]
Positive = Annotated[d.Number, Field(ge=0)]


OF_COMMUNE = ("point_origin", PointOrigin.COMMUNE.value)
"""A point that only says the commune is worked out again from it."""


class TermDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]


class NameDoc(d.Doc):
    nom: Annotated[d.Text, d.Column("name")]
    type: Annotated[NameSort, d.Column("sort")]
    source: Annotated[d.Slug | None, d.Key("source", "source")] = None
    page: Annotated[d.Page | None, d.Column("locator")] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None


class IdentifierDoc(d.Doc):
    registre: Annotated[IdentifierScheme, d.Column("scheme")]
    valeur: Annotated[d.Text, d.Column("value")]
    source: Annotated[d.Slug | None, d.Key("source", "source")] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None

    @model_validator(mode="after")
    def write_as_the_register(self) -> Self:
        self.valeur = normalise(self.registre, self.valeur)
        return self


class LinkDoc(d.Doc):
    intitule: Annotated[d.Text, d.Column("label")]
    adresse: Annotated[d.Text, d.Column("url")]


class StaffingDoc(d.Doc):
    date: Annotated[d.EdtfValue | None, d.Column("when")] = None
    salaries: Annotated[Count | None, d.Column("employees")] = None
    etp: Annotated[Positive | None, d.Column("full_time_equivalents")] = None
    benevoles: Annotated[Count | None, d.Column("volunteers")] = None
    source: Annotated[d.Slug | None, d.Key("source", "source")] = None
    page: Annotated[d.Page | None, d.Column("locator")] = None


class OrganisationDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    autres_noms: Annotated[list[NameDoc], d.Rows(OrganisationName, "organisation")] = []
    anonyme: Annotated[bool, d.Column("is_anonymous")] = False
    nature: Annotated[d.Slug, d.Key("nature", "nature")]
    nature_deduite: Annotated[bool, d.Column("nature_is_deduced")] = False
    echelle: Annotated[d.Slug | None, d.Key("scale", "scale")] = None
    echelle_deduite: Annotated[bool, d.Column("scale_is_deduced")] = False
    creation: Annotated[d.EdtfValue | None, d.Column("start")] = None
    note_creation: Annotated[d.Text | None, d.Column("start_note")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    antenne_de: Annotated[d.Slug | None, d.Key("parent", "organisation")] = None
    categorie_juridique: Annotated[d.Text | None, d.Column("legal_category")] = None
    code_activite: Annotated[d.Text | None, d.Column("activity_code")] = None
    nomenclature_activite: Annotated[d.Text | None, d.Column("activity_nomenclature")] = None
    adresse: Annotated[d.Text | None, d.Column("address")] = None
    code_postal: Annotated[d.Stated | None, d.Column("postcode")] = None
    commune: Annotated[d.Text | None, d.Column("commune")] = None
    code_commune: Annotated[d.Stated | None, d.Column("commune_code")] = None
    longitude: Annotated[
        Annotated[float, Field(ge=-180, le=180)] | None, d.Column("longitude", derived_when=OF_COMMUNE)
    ] = None
    latitude: Annotated[
        Annotated[float, Field(ge=-90, le=90)] | None, d.Column("latitude", derived_when=OF_COMMUNE)
    ] = None
    origine_point: Annotated[PointOrigin | None, d.Column("point_origin", derived_when=OF_COMMUNE)] = None
    identifiants: Annotated[list[IdentifierDoc], d.Rows(Identifier, "organisation")] = []
    courriel: Annotated[d.Text | None, d.Column("email")] = None
    telephone: Annotated[d.Stated | None, d.Column("telephone")] = None
    site: Annotated[d.Text | None, d.Column("site")] = None
    liens: Annotated[list[LinkDoc], d.Rows(OrganisationLink, "organisation")] = []
    effectifs: Annotated[list[StaffingDoc], d.Rows(Staffing, "organisation")] = []
    publics: Annotated[d.Strings, d.Column("publics")] = []
    activites: Annotated[d.Strings, d.Column("activities")] = []
    themes: Annotated[list[d.Slug], d.Keys("themes", "theme")] = []
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    description: Annotated[d.Text | None, d.Column("description")] = None
    confirmee_le: Annotated[dt.date | None, d.Column("confirmed_on")] = None
    archivee_le: Annotated[dt.date | None, d.Column("archived_on")] = None
    reunie_a: Annotated[d.Slug | None, d.Key("merged_into", "organisation")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class TieKindDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    inverse: Annotated[d.Text, d.Column("inverse")]
    famille: Annotated[TieFamily, d.Column("family")] = TieFamily.COOPERATION
    poids: Annotated[Annotated[d.Number, Field(gt=0)], d.Column("weight")] = Decimal(1)


class TieDoc(d.RecordDoc):
    de: Annotated[d.Slug, d.Key("origin", "organisation")]
    vers: Annotated[d.Slug, d.Key("target", "organisation")]
    type: Annotated[d.Slug, d.Key("kind", "tie_kind")]
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    certitude: Annotated[Certainty, d.Column("certainty")] = Certainty.ESTABLISHED
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class PersonDoc(d.RecordDoc):
    visibilite: Annotated[Visibility, d.Column("visibility", quiet=True)] = Visibility.PRIVATE
    nom: Annotated[d.Text | None, d.Column("name", personal=True)] = None
    nom_public: Annotated[bool, d.Column("name_is_public")] = False
    anonyme: Annotated[bool, d.Column("is_unnamed")] = False


class RoleDoc(d.RecordDoc):
    personne: Annotated[d.Slug, d.Key("person", "person")]
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    fonction: Annotated[d.Text, d.Column("function")]
    instance: Annotated[d.Slug | None, d.Linked("body", ("body",))] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    certitude: Annotated[Certainty, d.Column("certainty")] = Certainty.ESTABLISHED
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class CarrierDoc(d.Doc):
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    role: Annotated[CarrierPart, d.Column("part")] = CarrierPart.CARRIER
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None


class StepDoc(d.Doc):
    nom: Annotated[d.Text, d.Column("name")]
    stade: Annotated[Stage | None, d.Column("stage")] = None
    date: Annotated[d.EdtfValue | None, d.Column("when")] = None
    nombre: Annotated[Positive | None, d.Column("figure")] = None
    unite: Annotated[d.Text | None, d.Column("unit")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    source: Annotated[d.Slug | None, d.Key("source", "source")] = None
    page: Annotated[d.Page | None, d.Column("locator")] = None


class InitiativeDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    porteurs: Annotated[list[CarrierDoc], d.Rows(InitiativeCarrier, "initiative")] = []
    organisation: Annotated[d.Slug | None, d.Key("organisation", "organisation")] = None
    etape: Annotated[Stage | None, d.Column("stage")] = None
    etapes: Annotated[list[StepDoc], d.Rows(InitiativeStep, "initiative")] = []
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    themes: Annotated[list[d.Slug], d.Keys("themes", "theme")] = []
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class AcronymDoc(d.RecordDoc):
    sigle: Annotated[d.Text, d.Column("acronym")]
    developpe: Annotated[d.Text | None, d.Column("expansion")] = None
    ancien: Annotated[d.Text | None, d.Column("former")] = None
    liste_du_livret: Annotated[bool, d.Column("is_in_source_list")] = False
    origine: Annotated[AcronymOrigin, d.Column("origin")]
    objet: Annotated[d.Slug | None, d.Linked("stands_for")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ContactPointDoc(d.Doc):
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    role: Annotated[d.Text | None, d.Column("capacity")] = None
    site: Annotated[d.Text | None, d.Column("site")] = None
    telephone: Annotated[d.Text | None, d.Column("telephone")] = None
    courriel: Annotated[d.Text | None, d.Column("email")] = None


class ContactDoc(d.Doc):
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    depuis: Annotated[d.EdtfValue | None, d.Column("since")] = None
    role: Annotated[d.Text | None, d.Column("capacity")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    complementaires: Annotated[list[ContactPointDoc], d.Rows(ContactPoint, "contact")] = []
    sources: d.Sources = []


def no_circle(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a circle among successions."""
    lineage = {kind.id for kind in folder.of("types") if kind.famille == TieFamily.LINEAGE}
    ties = [(place, tie) for place, tie in enumerate(folder.of("relations")) if tie.type in lineage]
    if circle := cycle_in((tie.de, tie.vers) for _place, tie in ties):
        place = next(place for place, tie in ties if (tie.de, tie.vers) in set(pairwise(circle)))
        message = gettext("les successions tournent en rond (%(circle)s) : retirer ou retourner l'une d'elles.")
        yield d.Problem("", 0, message % {"circle": " → ".join(circle)}, (place, "de"))


def numbers_hold(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a number that cannot exist, or cannot be the organisation's own (`directory.pure.identifiers`)."""
    for place, organisation in enumerate(folder.of("organisations")):
        numbers = [(identifier.registre, identifier.valeur) for identifier in organisation.identifiants]
        for index, problem in problems_among(numbers):
            if problem.refuses:
                yield d.Problem("", 0, problem.said_in(get_language()), (place, "identifiants", index, "valeur"))


def branches_hold(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a branch of itself, and a point of which one half is missing."""
    organisations = folder.of("organisations")
    if circle := cycle_in((row.antenne_de, row.id) for row in organisations if row.antenne_de):
        place = next(place for place, row in enumerate(organisations) if row.id in circle and row.antenne_de in circle)
        message = gettext("les antennes tournent en rond (%(circle)s) : retirer l'un des « antenne_de ».")
        yield d.Problem("", 0, message % {"circle": " → ".join(circle)}, (place, "antenne_de"))
    for place, row in enumerate(organisations):
        if (row.longitude is None) != (row.latitude is None):
            message = gettext("un point a une longitude et une latitude : donner les deux, ou aucune.")
            yield d.Problem("", 0, message, (place, "longitude" if row.latitude is None else "latitude"))


def not_itself(folder: d.Folder) -> Iterator[d.Problem]:
    for place, tie in enumerate(folder.of("relations")):
        if tie.de == tie.vers:
            yield d.Problem(
                "",
                0,
                gettext("le lien relie « %(key)s » à elle-même : changer « de » ou « vers ».") % {"key": tie.de},
                (place, "vers"),
            )


d.register(
    d.Section("organisations", "natures", TermDoc, Nature, _("Les natures d'organisation."), order=1),
    d.Section(
        "organisations",
        "organisations",
        OrganisationDoc,
        Organisation,
        _("Les organisations, avec tous leurs noms."),
        order=2,
        checks=(numbers_hold, branches_hold),
    ),
    d.Section("relations", "types", TieKindDoc, TieKind, _("Les types de lien, dits dans les deux sens."), order=1),
    d.Section(
        "relations",
        "relations",
        TieDoc,
        Tie,
        _("Les liens entre organisations, datés et sourcés."),
        order=2,
        checks=(not_itself, no_circle),
    ),
    d.Section("fonctions", "personnes", PersonDoc, Person, _("Les personnes, par un identifiant opaque."), order=1),
    d.Section("fonctions", "fonctions", RoleDoc, Role, _("Les fonctions tenues dans le temps."), order=2),
    d.Section("initiatives", "initiatives", InitiativeDoc, Initiative, _("Ce que des organisations portent ensemble.")),
    d.Section("sigles", "sigles", AcronymDoc, Acronym, _("Les sigles rencontrés et ce qu'ils veulent dire.")),
    d.Section("territoire", "contact", ContactDoc, TerritoryContact, _("À qui s'adresser."), order=20, single=True),
)
