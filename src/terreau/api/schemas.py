"""The shapes of the answers. Names of fields and values are those of the dossier format.

Descriptions are French, marked for translation; `terreau.api.description` gives them in the reader's language.
Each EDTF text comes with the first and last day that it may mean: null when that end is open or nothing is said.
"""

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field, PlainSerializer, SerializationInfo, WithJsonSchema

from terreau.directory.enums import IdentifierScheme, NameSort, PointOrigin, TieFamily
from terreau.kernel.enums import Certainty, DisputeKind, DisputeOrigin, OpenState, Severity, SourceGenre, Visibility
from terreau.kernel.search.finding import Match
from terreau.trajectory.enums import DatePrecision, Lane, MilestoneNature


def _absolute(path: str, info: SerializationInfo) -> str:
    return str((info.context or {})["request"].build_absolute_uri(path))


Address = Annotated[str, PlainSerializer(_absolute), WithJsonSchema({"type": "string", "format": "uri"})]
"""A path of this site, written with its host in the answer."""
EdtfText = Annotated[
    str, WithJsonSchema({"type": "string", "format": "edtf", "examples": ["2019", "2001~", "2016/2021"]})
]

START = _("Début, en EDTF (ISO 8601-2) ; null quand aucune source ne le dit.")
END = _("Fin, en EDTF ; null quand aucune source ne la dit.")
EARLIEST = _("Premier jour que cette date peut désigner.")
LATEST = _("Dernier jour que cette date peut désigner.")
KEY = _("Identifiant, unique dans le territoire pour ce genre de fiche.")
NOTE = _("Précision sur la fiche.")
PAGE = _("Page, ou endroit, dans la source.")
ON_SITE = _("Page du site qui montre la fiche.")
CERTAINTY = _("Degré de certitude : écrit dans la source, déduit, ou rapporté comme un avis.")
THEMES = _("Identifiants des thèmes.")


def about(text: str) -> ConfigDict:
    """Describe a whole shape."""
    return ConfigDict(json_schema_extra={"description": text})


class Error(Schema):
    model_config = about(_("Ce que répond toute demande refusée."))

    ok: bool = Field(False, description=_("Toujours faux."))
    error: str = Field(description=_("Ce qui s'est passé, en une phrase."))
    errors: list[str] = Field(description=_("Chaque détail, une phrase par détail ; souvent aucun."))
    status: int = Field(description=_("Code HTTP de la réponse."))


class Citation(Schema):
    model_config = about(_("D'où vient une fiche, ou un de ses champs."))

    source: str = Field(description=_("Identifiant de la source."))
    page: str | None = Field(description=PAGE)
    champ: str | None = Field(description=_("Champ dont parle la source ; null pour la fiche entière."))
    valeur: str | None = Field(description=_("Valeur telle que la source l'énonce."))
    certitude: Certainty = Field(description=CERTAINTY)


class Record(Schema):
    """What every record has."""

    id: str = Field(description=KEY)
    visibilite: Visibility = Field(description=_("Qui voit la fiche : « publique » pour tout le monde."))


class Sourced(Record):
    sources: list[Citation] = Field(description=_("Sources de la fiche, dans l'ordre."))
    contradictions: list[str] = Field(description=_("Identifiants des contradictions qui portent sur la fiche."))


class Period(Schema):
    debut: EdtfText | None = Field(description=START)
    debut_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    debut_au_plus_tard: dt.date | None = Field(description=LATEST)
    fin: EdtfText | None = Field(description=END)
    fin_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    fin_au_plus_tard: dt.date | None = Field(description=LATEST)


class Territory(Schema):
    model_config = about(_("Un territoire animé, avec son propre dossier."))

    id: str = Field(description=_("Identifiant du territoire, qui commence ses adresses."))
    nom: str = Field(description=_("Nom du territoire."))
    nom_complet: str | None = Field(description=_("Nom développé."))
    adresse: Address = Field(description=_("Page d'accueil du territoire."))


class Term(Schema):
    model_config = about(_("Un mot du vocabulaire du territoire."))

    id: str = Field(description=KEY)
    nom: str = Field(description=_("Le mot, tel qu'on le lit."))


class ScaleTerm(Term):
    model_config = about(_("Une échelle, de la commune à la nation."))

    rang: int = Field(description=_("Rang de l'échelle, 1 pour la plus petite."))


class TieTerm(Term):
    model_config = about(_("Un type de lien, dit dans les deux sens."))

    inverse: str = Field(description=_("Le type de lien, lu dans l'autre sens."))
    famille: TieFamily = Field(description=_("Famille du type de lien."))
    poids: float = Field(description=_("Poids du lien dans le réseau."))


class TerritoryDetail(Territory):
    model_config = about(_("Un territoire et les mots dont ses fiches se servent."))

    natures: list[Term] = Field(description=_("Natures des organisations."))
    themes: list[Term] = Field(description=_("Thèmes."))
    echelles: list[ScaleTerm] = Field(description=_("Échelles."))
    types_de_lien: list[TieTerm] = Field(description=_("Types de lien."))


class OtherName(Schema):
    model_config = about(_("Un autre nom de l'organisation : sigle, ancien nom, graphie d'une source."))

    nom: str = Field(description=_("Ce nom."))
    type: NameSort = Field(description=_("Sorte de nom."))
    source: str | None = Field(description=_("Identifiant de la source où ce nom se lit."))
    page: str | None = Field(description=PAGE)
    debut: EdtfText | None = Field(description=START)
    fin: EdtfText | None = Field(description=END)


class Identifier(Schema):
    model_config = about(_("Un numéro dans un registre."))

    registre: IdentifierScheme = Field(description=_("Registre qui donne le numéro."))
    valeur: str = Field(description=_("Le numéro."))
    source: str | None = Field(description=_("Identifiant de la source où ce numéro se lit."))
    debut: EdtfText | None = Field(description=START)
    fin: EdtfText | None = Field(description=END)


class Staffing(Schema):
    model_config = about(_("Combien de personnes y travaillaient, à une date ; null quand on ne le sait pas."))

    date: EdtfText | None = Field(description=_("Date, en EDTF."))
    salaries: int | None = Field(description=_("Personnes salariées."))
    equivalents_temps_plein: float | None = Field(description=_("Équivalents temps plein."))
    benevoles: int | None = Field(description=_("Bénévoles."))
    source: str | None = Field(description=_("Identifiant de la source qui le dit."))
    page: str | None = Field(description=PAGE)


class OutsideLink(Schema):
    model_config = about(_("Une adresse où l'organisation parle ailleurs : réseau social, blog, boutique."))

    intitule: str = Field(description=_("Ce que c'est."))
    url: str = Field(description=_("L'adresse."))


class Organisation(Sourced):
    model_config = about(_("Une organisation : association, coopérative, collectivité, service, collectif."))

    nom: str = Field(description=_("Nom de l'organisation."))
    autres_noms: list[OtherName] = Field(description=_("Ses autres noms."))
    anonyme: bool = Field(description=_("Vrai quand la source la désigne sans la nommer."))
    nature: str | None = Field(description=_("Identifiant de sa nature."))
    nature_deduite: bool = Field(description=_("Vrai quand la nature est déduite du texte."))
    echelle: str | None = Field(description=_("Identifiant de son échelle."))
    echelle_deduite: bool = Field(description=_("Vrai quand l'échelle est déduite du texte."))
    creation: EdtfText | None = Field(description=_("Création, en EDTF ; null quand aucune source ne la dit."))
    creation_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    creation_au_plus_tard: dt.date | None = Field(description=LATEST)
    note_creation: str | None = Field(description=_("Précision sur la date de création."))
    fin: EdtfText | None = Field(description=END)
    fin_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    fin_au_plus_tard: dt.date | None = Field(description=LATEST)
    rattachement: str | None = Field(description=_("Identifiant de l'organisation dont elle est l'antenne."))
    categorie_juridique: str | None = Field(description=_("Catégorie juridique de l'INSEE, quatre chiffres."))
    code_activite: str | None = Field(description=_("Code d'activité (NAF)."))
    nomenclature_activite: str | None = Field(description=_("Nomenclature de ce code : NAFRev2, NAF25…"))
    adresse_postale: str | None = Field(description=_("Numéro et rue."))
    code_postal: str | None = Field(description=_("Code postal."))
    commune: str | None = Field(description=_("Commune."))
    code_insee: str | None = Field(description=_("Code INSEE de la commune."))
    longitude: float | None = Field(description=_("Longitude, en degrés (WGS 84)."))
    latitude: float | None = Field(description=_("Latitude, en degrés (WGS 84)."))
    origine_du_point: PointOrigin | None = Field(
        description=_("D'où vient le point : son adresse, sa commune, ou donné.")
    )
    courriel: str | None = Field(description=_("Courriel public."))
    telephone: str | None = Field(description=_("Téléphone public."))
    liens_ailleurs: list[OutsideLink] = Field(description=_("Où elle parle ailleurs."))
    effectifs: list[Staffing] = Field(description=_("Combien de personnes y travaillent, au fil du temps."))
    identifiants: list[Identifier] = Field(description=_("Ses numéros dans les registres."))
    site: str | None = Field(description=_("Son site."))
    activites: list[str] = Field(description=_("Ce qu'elle fait."))
    themes: list[str] = Field(description=THEMES)
    publics: list[str] = Field(description=_("Publics accueillis."))
    resume: str | None = Field(description=_("Présentation courte."))
    description: str | None = Field(description=_("Présentation entière."))
    note: str | None = Field(description=NOTE)
    confirmee_le: dt.date | None = Field(
        description=_("Dernier jour où quelqu'un de concerné a dit que la fiche est juste.")
    )
    archivee_le: dt.date | None = Field(description=_("Jour depuis lequel la fiche n'est gardée que comme mémoire."))
    adresse: Address = Field(description=ON_SITE)


class Tie(Sourced, Period):
    model_config = about(_("Un lien daté entre deux organisations, dans un sens."))

    de: str = Field(description=_("Identifiant de l'organisation d'où part le lien."))
    vers: str = Field(description=_("Identifiant de l'organisation où il arrive."))
    type: str | None = Field(description=_("Identifiant du type de lien."))
    certitude: Certainty = Field(description=CERTAINTY)
    note: str | None = Field(description=NOTE)


class Milestone(Sourced):
    model_config = about(_("Un jalon : un moment daté de l'histoire du territoire."))

    date: EdtfText | None = Field(description=_("Date, en EDTF."))
    date_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    date_au_plus_tard: dt.date | None = Field(description=LATEST)
    precision: DatePrecision = Field(description=_("Comment la date est connue."))
    phase: str | None = Field(description=_("Identifiant de la phase à laquelle il appartient."))
    titre: str = Field(description=_("Titre."))
    resume: str | None = Field(description=_("Ce qui s'est passé."))
    echelle: str | None = Field(description=_("Identifiant de son échelle."))
    piste: Lane = Field(description=_("Piste de la frise."))
    nature: MilestoneNature | None = Field(description=_("Sorte de moment."))
    contexte: bool = Field(description=_("Vrai quand le jalon dépasse le territoire."))
    acteurs: list[str] = Field(description=_("Identifiants des organisations qui y ont pris part, dans l'ordre."))
    adresse: Address = Field(description=ON_SITE)


class Source(Record):
    model_config = about(_("Une source : un document d'où viennent des fiches."))

    titre: str = Field(description=_("Titre."))
    sous_titre: str | None = Field(description=_("Sous-titre."))
    auteurs: list[str] = Field(description=_("Autrices et auteurs."))
    annee: EdtfText | None = Field(description=_("Année ou date de parution, en EDTF."))
    annee_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    annee_au_plus_tard: dt.date | None = Field(description=LATEST)
    note_date: str | None = Field(description=_("Précision sur la date."))
    editeur: str | None = Field(description=_("Maison ou organisme qui publie."))
    collection: str | None = Field(description=_("Collection."))
    url: str | None = Field(description=_("Adresse où la lire."))
    genre: SourceGenre = Field(description=_("Genre de document."))
    dans: str | None = Field(description=_("Document qui la contient."))
    methode: str | None = Field(description=_("Comment elle a été faite ou lue."))
    note: str | None = Field(description=NOTE)
    adresse: Address = Field(description=ON_SITE)


class Statement(Schema):
    model_config = about(_("Un des énoncés d'une contradiction."))

    enonce: str = Field(description=_("Ce que dit la source."))
    valeur: str | None = Field(description=_("Valeur telle que la source l'énonce."))
    source: str | None = Field(description=_("Identifiant de la source ; null quand elle n'est pas publiée."))
    page: str | None = Field(description=PAGE)
    certitude: Certainty = Field(description=CERTAINTY)


class Dispute(Record):
    model_config = about(_("Une contradiction : des énoncés qui ne s'accordent pas, gardés côte à côte."))

    sujet: str = Field(description=_("Sur quoi les sources ne s'accordent pas."))
    type: DisputeKind = Field(description=_("Sorte de contradiction."))
    gravite: Severity = Field(description=_("Ce qu'elle change."))
    origine: DisputeOrigin = Field(description=_("D'où elle vient."))
    enonces: list[Statement] = Field(description=_("Les énoncés, dans l'ordre."))
    objets: list[str] = Field(description=_("Identifiants des fiches sur lesquelles elle porte."))
    lecture: str | None = Field(description=_("Lecture proposée, qui ne remplace jamais les énoncés."))
    etat: OpenState = Field(description=_("Où en est la question."))
    adresse: Address = Field(description=ON_SITE)


class Reference(Schema):
    model_config = about(_("Le renvoi à une fiche, de n'importe quel genre."))

    genre: str = Field(description=_("Genre de la fiche : « organisation », « milestone », « body »…"))
    id: str = Field(description=KEY)
    titre: str = Field(description=_("Comment elle s'appelle."))
    adresse: Address | None = Field(description=ON_SITE)


class Fact(Schema):
    model_config = about(_("Un fait : ce qu'une fiche raconte à la frise et aux pages."))

    numero: int = Field(description=_("Numéro du fait, valable jusqu'à la prochaine reconstruction de l'index."))
    sorte: str = Field(description=_("Code de la sorte de fait."))
    libelle: str = Field(description=_("La sorte de fait, en mots."))
    date: EdtfText | None = Field(description=_("Date, en EDTF ; null quand aucune source ne la dit."))
    date_au_plus_tot: dt.date | None = Field(description=EARLIEST)
    date_au_plus_tard: dt.date | None = Field(description=LATEST)
    titre: str = Field(description=_("Titre."))
    detail: str | None = Field(description=_("Une phrase de plus."))
    echelle: str | None = Field(description=_("Identifiant de son échelle."))
    piste: str | None = Field(description=_("Piste de la frise."))
    certitude: Certainty = Field(description=CERTAINTY)
    visibilite: Visibility = Field(description=_("Qui voit la fiche : « publique » pour tout le monde."))
    fiche: Reference | None = Field(description=_("La fiche qui raconte le fait."))
    acteurs: list[Reference] = Field(description=_("Qui y a pris part."))
    adresse: Address | None = Field(description=ON_SITE)


class Hit(Reference):
    model_config = about(_("Une fiche qui répond à une recherche."))

    sous_titre: str | None = Field(description=_("Ce qui la situe."))
    trouve_par: Match = Field(description=_("Ce qui a été reconnu."))


class Page(Schema):
    """What every list has: `elements` is said by each."""

    suivant: Address | None = Field(None, description=_("Adresse de la suite ; null à la fin."))


class Territories(Page):
    model_config = about(_("Des territoires, par identifiant."))

    elements: list[Territory] = Field(description=_("Les territoires."))


class Organisations(Page):
    model_config = about(_("Des organisations, par identifiant."))

    elements: list[Organisation] = Field(description=_("Les organisations."))


class Ties(Page):
    model_config = about(_("Des liens, par identifiant."))

    elements: list[Tie] = Field(description=_("Les liens."))


class Milestones(Page):
    model_config = about(_("Des jalons, par identifiant."))

    elements: list[Milestone] = Field(description=_("Les jalons."))


class Facts(Page):
    model_config = about(_("Des faits, par numéro."))

    elements: list[Fact] = Field(description=_("Les faits."))


class Sources(Page):
    model_config = about(_("Des sources, par identifiant."))

    elements: list[Source] = Field(description=_("Les sources."))


class Disputes(Page):
    model_config = about(_("Des contradictions, par identifiant."))

    elements: list[Dispute] = Field(description=_("Les contradictions."))


class Hits(Page):
    model_config = about(_("Des fiches qui répondent, les plus proches d'abord."))

    compris: str | None = Field(description=_("Nom reconnu quand rien ne s'appelle comme on l'a écrit."))
    elements: list[Hit] = Field(description=_("Les fiches."))
