"""Words of the frame of a territory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

RESERVED_SLUGS = frozenset(
    {
        "api",
        "catalogue",
        "compte",
        "connexion",
        "langue",
        "sante",
        "static",
        "statique",
        "media",
        "fichiers",
        "a-propos",
        "format",
        "territoires",
    }
)
"""First words of the instance's own addresses (checked against the URL list by a test)."""


class EpciKind(TextChoices):
    """Natures of intercommunalities (Code général des collectivités territoriales, fifth part)."""

    CC = "communaute_communes", _("communauté de communes")
    CA = "communaute_agglomeration", _("communauté d'agglomération")
    CU = "communaute_urbaine", _("communauté urbaine")
    METROPOLIS = "metropole", _("métropole")
