"""How figures are found. They tell no fact: a measure is not an event."""

from django.utils import translation

from terreau.kernel import facts
from terreau.observatory.models import Figure, UnquantifiedClaim
from terreau.observatory.units import unit_words, value_words


def describe_figure(figure: Figure) -> facts.Described:
    """Write the value beside the label, in the language of the dossier."""
    with translation.override("fr"):
        value = f"{value_words(figure)} {unit_words(figure)}".strip()
    return facts.Described(title=figure.label, subtitle=value, body=f"{value} {figure.note}", weight=6)


def describe_claim(claim: UnquantifiedClaim) -> facts.Described:
    return facts.Described(title=claim.summary, weight=7)


facts.register(facts.Teller(Figure, describe_figure), facts.Teller(UnquantifiedClaim, describe_claim))
