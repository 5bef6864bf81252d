"""How values and units of figures are read, in the language of the page."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext_lazy

from terreau.kernel.templatetags.terreau import written
from terreau.observatory.models import Figure

SYMBOLS: dict[str, str | Promise] = {
    "%": "%",
    "EUR": "€",
    "km2": "km²",
    "ha": "ha",
    "km": "km",
    "ETP": gettext_lazy("ETP"),
    "habitants/km2": gettext_lazy("habitants/km²"),
}
"""Units that do not follow the number."""

NOUNS = {
    "habitants": ngettext_lazy("habitant", "habitants"),
    "personnes": ngettext_lazy("personne", "personnes"),
    "menages": ngettext_lazy("ménage", "ménages"),
    "communes": ngettext_lazy("commune", "communes"),
    "collectivites": ngettext_lazy("collectivité", "collectivités"),
    "territoires": ngettext_lazy("territoire", "territoires"),
    "emplois": ngettext_lazy("emploi", "emplois"),
    "etablissements": ngettext_lazy("établissement", "établissements"),
    "structures": ngettext_lazy("structure", "structures"),
    "associations": ngettext_lazy("association", "associations"),
    "entreprises": ngettext_lazy("entreprise", "entreprises"),
    "fondations": ngettext_lazy("fondation", "fondations"),
    "epiceries": ngettext_lazy("épicerie", "épiceries"),
    "centres_sociaux": ngettext_lazy("centre social", "centres sociaux"),
    "partenaires": ngettext_lazy("partenaire", "partenaires"),
    "exposants": ngettext_lazy("exposant", "exposants"),
    "axes": ngettext_lazy("axe", "axes"),
    "orientations": ngettext_lazy("orientation", "orientations"),
    "ambitions": ngettext_lazy("ambition", "ambitions"),
    "conditions": ngettext_lazy("condition", "conditions"),
    "phases": ngettext_lazy("phase", "phases"),
    "comites": ngettext_lazy("comité", "comités"),
    "fonctions": ngettext_lazy("fonction", "fonctions"),
    "filieres": ngettext_lazy("filière", "filières"),
    "poles": ngettext_lazy("pôle", "pôles"),
    "fiches": ngettext_lazy("fiche", "fiches"),
    "exemplaires": ngettext_lazy("exemplaire", "exemplaires"),
    "projets": ngettext_lazy("projet", "projets"),
    "dossiers": ngettext_lazy("dossier", "dossiers"),
    "heures": ngettext_lazy("heure", "heures"),
    "mois": ngettext_lazy("mois", "mois"),
    "ans": ngettext_lazy("an", "ans"),
    "annees": ngettext_lazy("année", "années"),
}
"""Units that are counted; a unit found in neither table is read as it is written, underscores apart."""


def number_words(value: Decimal) -> str:
    """Write a number with the decimals that it has: « 263,5 », « 7 892 »."""
    exponent = value.normalize().as_tuple().exponent
    return written(value, max(0, -exponent) if isinstance(exponent, int) else None)


def value_words(figure: Figure) -> str:
    """Write what is known of a value, without its unit: « environ 20 », « 300 à 400 », « non connu »."""
    low, high = figure.value_min, figure.value_max
    if figure.value is not None:
        words = number_words(figure.value)
    elif low is not None and high is not None:
        words = gettext("%(low)s à %(high)s") % {"low": number_words(low), "high": number_words(high)}
    elif low is not None:
        return gettext("au moins %(value)s") % {"value": number_words(low)}
    elif high is not None:
        return gettext("au plus %(value)s") % {"value": number_words(high)}
    else:
        return gettext("non connu")
    return gettext("environ %(value)s") % {"value": words} if figure.is_approximate else words


def unit_words(figure: Figure) -> str:
    """Write the unit, in the number that the value asks for; empty when there is no value."""
    if not figure.is_known:
        return ""
    if figure.unit in SYMBOLS:
        return str(SYMBOLS[figure.unit])
    if figure.unit in NOUNS:
        return str(NOUNS[figure.unit] % _grammatical_number(figure))
    return figure.unit.replace("_", " ")


def _grammatical_number(figure: Figure) -> int:
    """Give 1 or 2: the singular goes below 2 in French, to 1 alone in English."""
    value = figure.value if figure.value is not None else figure.value_max or figure.value_min or Decimal(0)
    singular = abs(value) < 2 if (get_language() or "fr").startswith("fr") else abs(value) == 1  # noqa: PLR2004 -- the French plural
    return 1 if singular else 2
