"""Scores and reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.duplicates.enums import Because
from terreau.kernel.templatetags.terreau import written

VERY_LIKELY = 0.85
GRADED = frozenset({Because.NAME})


@dataclass(frozen=True)
class Told:
    """A reason in words, « noms proches (0,93) »; whether it speaks against."""

    words: str
    is_against: bool


def told(reasons: Iterable[tuple[str, float]]) -> list[Told]:
    """Say reasons as people do, in their order."""
    return [Told(_words(Because(code), degree), Because(code).is_against) for code, degree in reasons]


def _words(reason: Because, degree: float) -> str:
    if reason not in GRADED:
        return str(reason.label)
    return gettext("%(reason)s (%(degree)s)") % {"reason": reason.label, "degree": written(degree, 2)}


def likelihood(score: float) -> str:
    """Say how likely a pair is one structure, with its score: « très probable (0,92) »."""
    sentence = gettext("très probable (%(score)s)") if score >= VERY_LIKELY else gettext("probable (%(score)s)")
    return sentence % {"score": written(score, 2)}


ROWS: dict[str, tuple[str | Promise, str | Promise]] = {
    "directory.organisationname": (_("autre nom"), _("autres noms")),
    "directory.identifier": (_("identifiant"), _("identifiants")),
    "directory.organisationlink": (_("adresse ailleurs"), _("adresses ailleurs")),
    "directory.staffing": (_("effectif"), _("effectifs")),
    "directory.initiativecarrier": (_("initiative portée"), _("initiatives portées")),
    "directory.offerprovider": (_("offre groupée"), _("offres groupées")),
    "directory.contactpoint": (_("contact"), _("contacts")),
    "directory.territorycontact": (_("contact du territoire"), _("contacts du territoire")),
    "directory.organisation": (_("antenne"), _("antennes")),
    "kernel.citation": (_("source citée"), _("sources citées")),
    "kernel.link": (_("mention"), _("mentions")),
}
"""What rows are for an organisation, where their table has no name of its own that says it."""


def one_of(table: str) -> str:
    """Say what one row of a table is: « lien », « identifiant »."""
    return str(ROWS[table][0]) if table in ROWS else str(_told_table(table).verbose_name)


def many_of(table: str) -> str:
    """Say what several rows of a table are."""
    return str(ROWS[table][1]) if table in ROWS else str(_told_table(table).verbose_name_plural)


def _told_table(table: str) -> Any:
    """Give the table that has the words: a many-to-many says what is at its other end."""
    model = apps.get_model(table)
    if model._meta.auto_created:
        ends = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
        other = next((end for end in ends if end is not Organisation), ends[-1])
        return other._meta
    return model._meta
