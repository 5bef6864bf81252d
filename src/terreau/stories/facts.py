"""What testimonies tell the house: how they are found, and when they were said if the source dates them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from terreau.kernel import facts
from terreau.kernel.enums import Certainty, Visibility
from terreau.stories.models import Testimony


def title_of(testimony: Testimony) -> str:
    """Say who speaks by organisation and function, never by name; an organisation kept to fewer readers is left out."""
    organisation = testimony.organisation
    if organisation is None or organisation.visibility not in {Visibility.PUBLIC, testimony.visibility}:
        return testimony.function
    return f"{organisation.name}, {testimony.function[:1].lower()}{testimony.function[1:]}"


def describe(testimony: Testimony) -> facts.Described:
    return facts.Described(title=title_of(testimony), body=testimony.summary, weight=6)


def tell(testimony: Testimony) -> Iterable[facts.Told]:
    if testimony.said_on:
        who = (("organisation", testimony.organisation_id),) if testimony.organisation_id else ()
        yield facts.Told(
            testimony.said_on,
            "stories.said",
            title_of(testimony),
            detail=testimony.summary,
            who=who,
            certainty=Certainty.PERCEIVED,
        )


facts.register(
    facts.Teller(Testimony, describe, tell, lambda rows: rows.select_related("organisation")),
    sorts={"stories.said": _("Témoignage")},
)
