"""Sentences of imports: what was wrong, what was left, and what to do about it. Codes come from `pure`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

FIELDS = {
    "outside_id": gettext_lazy("identifiant dans la source"),
    "name": gettext_lazy("nom"),
    "acronym": gettext_lazy("sigle"),
    "usage_name": gettext_lazy("nom d'usage"),
    "siren": "SIREN",
    "siret": "SIRET",
    "rna": "RNA",
    "data_inclusion": "data·inclusion",
    "pivot": gettext_lazy("SIRET, SIREN ou RNA"),
    "nature": gettext_lazy("nature"),
    "legal_category": gettext_lazy("catégorie juridique"),
    "activity_code": gettext_lazy("code d'activité"),
    "activity_nomenclature": gettext_lazy("nomenclature d'activité"),
    "address": gettext_lazy("adresse"),
    "address_more": gettext_lazy("complément d'adresse"),
    "house_number": gettext_lazy("numéro dans la voie"),
    "postcode": gettext_lazy("code postal"),
    "commune": gettext_lazy("commune"),
    "commune_code": gettext_lazy("code INSEE de la commune"),
    "longitude": gettext_lazy("longitude"),
    "latitude": gettext_lazy("latitude"),
    "x": gettext_lazy("abscisse Lambert 93"),
    "y": gettext_lazy("ordonnée Lambert 93"),
    "summary": gettext_lazy("résumé"),
    "description": gettext_lazy("description"),
    "activities": gettext_lazy("activités"),
    "publics": gettext_lazy("publics accueillis"),
    "email": gettext_lazy("courriel"),
    "telephone": gettext_lazy("téléphone"),
    "site": gettext_lazy("site"),
    "start": gettext_lazy("date de création"),
    "end": gettext_lazy("date de fin"),
}
"""What our fields are called, in the order in which they are proposed."""

LEFT = {
    "": gettext_lazy("aucun champ de l'annuaire ne lui correspond"),
    "person": gettext_lazy("laissée exprès : elle parle de personnes"),
    "private_contact": gettext_lazy("laissée exprès : téléphones et courriels de personnes"),
    "correspondence": gettext_lazy("laissée exprès : adresse de la personne qui gère, non de la structure"),
    "establishments": gettext_lazy("laissée : d'autres établissements de la même structure, à importer pour eux-mêmes"),
    "finance": gettext_lazy("laissée : des montants, que l'annuaire ne tient pas"),
    "staff": gettext_lazy("laissée : une tranche d'effectifs n'est pas un nombre de salariés"),
    "ess": gettext_lazy("laissée : l'appartenance à l'ESS se juge sur plusieurs sources"),
    "hours": gettext_lazy("laissée : l'annuaire ne tient pas d'horaires"),
    "technical": gettext_lazy("laissée : un renseignement du fichier, non de la structure"),
    "later": gettext_lazy("vue seulement plus loin dans le fichier"),
}
FORMATS = {"csv": "CSV", "xlsx": "Excel (XLSX)", "ods": "LibreOffice (ODS)", "json": "JSON"}
SEPARATORS = {
    ";": gettext_lazy("point-virgule"),
    ",": gettext_lazy("virgule"),
    "\t": gettext_lazy("tabulation"),
    "|": gettext_lazy("barre"),
}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "latin-1": "ISO-8859-1"}


def refusal_of_file(code: str, details: Mapping[str, Any]) -> str:
    """Say why a whole file cannot be read, and what to do."""
    sentences = {
        "empty": _("Ce fichier est vide : choisir celui qui contient des lignes."),
        "too_large": _("Ce fichier pèse %(size)s Mo, et le plus gros qui se lise %(most)s Mo : le couper en plusieurs."),
        "foreign": _("Ce fichier est au format %(name)s : l'enregistrer en CSV, XLSX, ODS ou JSON."),
        "old_excel": _(
            "Ce fichier est un classeur de l'ancien Excel (.xls) ou protégé par un mot de passe : l'enregistrer en XLSX, sans mot de passe."
        ),
        "encrypted": _("Ce classeur est protégé par un mot de passe : l'enregistrer sans."),
        "broken_workbook": _("Ce classeur est abîmé : l'ouvrir dans un tableur, l'enregistrer à nouveau, puis recommencer."),
        "bomb": _("Ce classeur grossit démesurément quand on l'ouvre : l'enregistrer à nouveau depuis un tableur, ou en CSV."),
        "too_many_cells": _(
            "Cette feuille s'étend sur plus de %(most)s cases : supprimer les lignes et colonnes vides autour du tableau, ou l'enregistrer en CSV."
        ),
        "broken_csv": _("La ligne %(row)s ne se lit pas : un guillemet y est sans doute ouvert et jamais fermé. La corriger."),
        "broken_json": _("L'élément %(row)s ne se lit pas : ce n'est pas du JSON correct. Demander un nouveau fichier à sa source."),
        "no_list": _("Ce JSON ne contient pas de liste de structures : choisir celui de la liste."),
        "not_text": _("Ce fichier n'est ni un texte ni un classeur : choisir un CSV, un XLSX, un ODS ou un JSON."),
        "columns": _("Ce fichier a %(count)s colonnes, et on en lit %(most)s au plus : ne garder que celles des structures."),
        "rows": _("Ce fichier a plus de %(most)s lignes : le couper en plusieurs, par exemple par département."),
        "no_name": _("Aucune colonne n'est lue comme le nom : dire laquelle le contient."),
        "services": _("Ce fichier décrit des services, non des structures : choisir celui des structures."),
    }  # fmt: skip
    return sentences[code] % details


def problem(code: str, value: str, details: Mapping[str, Any]) -> str:
    """Say what is wrong with a cell or a row, and the remedy."""
    if code == "number":
        return str(details["en"] if (get_language() or "fr").startswith("en") else details["fr"])
    if code == "rule":
        return str(details["message"])
    sentences = {
        "name": _("Le nom manque : l'écrire."),
        "html": _("« %(value)s » contient des balises : n'écrire que du texte."),
        "long": _("Ce texte est trop long : %(most)s caractères au plus."),
        "long_cell": _("Cette case a %(length)s caractères : la ramener à %(most)s au plus."),
        "date": _("« %(value)s » n'est pas une date qui existe : écrire par exemple 31/01/2020, 2020-01 ou 2020."),
        "period": _("La fin (%(value)s) précède le début (%(start)s) : corriger l'une des deux."),
        "units": _("Le SIRET %(value)s ne commence pas par le SIREN %(siren)s : corriger l'un des deux."),
        "code": _("« %(value)s » n'est pas un code de cette nomenclature."),
        "commune_code": _("« %(value)s » n'est pas un code INSEE de commune."),
        "postcode": _("« %(value)s » n'est pas un code postal."),
        "email": _("« %(value)s » n'est pas une adresse de courriel."),
        "person_email": _("Ce courriel paraît être celui d'une personne : il n'est pas repris."),
        "mobile": _("Ce numéro est un mobile, sans doute celui d'une personne : il n'est pas repris."),
        "telephone": _("« %(value)s » n'est pas un numéro de téléphone français."),
        "site": _("« %(value)s » n'est pas l'adresse d'un site."),
        "figure": _("« %(value)s » n'est pas un nombre."),
        "point": _("« %(value)s » n'est pas une latitude ou une longitude en degrés."),
        "shape": _("« %(value)s » n'est pas un texte."),
        "nature": _("« %(value)s » n'est pas une nature de ce territoire : choisir parmi %(known)s."),
        "extra_cells": _(
            "La ligne a plus de cases que le tableau de colonnes (« %(value)s ») : un séparateur y est de trop."
        ),
        "natural_person": _("C'est une personne physique : l'annuaire ne tient que des organisations."),
        "not_diffused": _("Cette unité a demandé que son nom ne soit pas diffusé : elle n'est pas reprise."),
        "establishment_name": _("Cet établissement n'a pas de nom à lui : importer plutôt les unités légales."),
        "deleted": _("La source a supprimé cette fiche."),
        "inactive": _("La source dit que cette structure n'est plus active."),
        "not_shown": _("La carte d'origine ne montre pas cette fiche."),
        "repeated": _("L'identifiant « %(value)s » est déjà sur une ligne plus haut : n'en garder qu'une."),
    }
    return sentences[code] % {"value": value, **details}


def left(why: str) -> str:
    """Say why a column was not read."""
    return str(LEFT[why])


def field_name(field: str) -> str:
    """Name a field; `*` is a column that a known shape reads together with others."""
    return _("avec d'autres colonnes") if field == "*" else str(FIELDS.get(field, field))


def format_of(kind: str, encoding: str, separator: str) -> str:
    """Say the format of a file: « CSV, Windows-1252, séparateur : point-virgule »."""
    parts = [FORMATS[kind]]
    if encoding:
        parts.append(ENCODINGS.get(encoding, encoding.upper()))
    if separator:
        parts.append(_("séparateur : %(name)s") % {"name": SEPARATORS[separator]})
    return ", ".join(parts)
