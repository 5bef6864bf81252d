"""Words of upkeep."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimState(TextChoices):
    """Where a claim stands. `UNVERIFIED`: the address has not answered yet; nobody looks at it."""

    UNVERIFIED = "a_verifier", _("adresse à vérifier")
    OPEN = "ouverte", _("à examiner")
    ACCEPTED = "acceptee", _("acceptée")
    REFUSED = "refusee", _("refusée")
    WITHDRAWN = "retiree", _("retirée")


WAITING = (ClaimState.UNVERIFIED, ClaimState.OPEN)


class Answer(TextChoices):
    """What someone answers to a reminder."""

    RIGHT = "exacte", _("la fiche est toujours exacte")
    UPDATE = "corriger", _("la fiche est à corriger")
    CLOSED = "archivee", _("la structure n'existe plus")


class Freshness(TextChoices):
    """How a page stands; names as in pure/freshness.py."""

    FRESH = "fresh", _("à jour")
    TO_REVIEW = "to_review", _("à revoir")
    SILENT = "silent", _("silencieuse")
