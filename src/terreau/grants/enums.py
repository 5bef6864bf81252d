"""Words of calls for projects and other supports. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rhythm(TextChoices):
    """When a call receives applications."""

    ROLLING = "fil_de_l_eau", _("au fil de l'eau, sans date limite")
    SESSIONS = "sessions", _("à chaque session, à dates fixes")
    YEARLY = "annuel", _("une fois par an")
    ONCE = "ponctuel", _("une seule fois")


class CapPer(TextChoices):
    """What a cap applies to."""

    PROJECT = "projet", _("par projet")
    STRUCTURE = "structure", _("par structure")
    YEAR = "an", _("par an")


class SupportSort(TextChoices):
    """What a support consists of. Money is not the only outcome."""

    MONEY = "argent", _("argent")
    LOAN = "pret", _("prêt ou garantie")
    ADVICE = "appui", _("appui")
    NETWORK = "reseau", _("réseau")
    CONTRACT = "marche", _("marché ou commande")
    IN_KIND = "nature", _("don ou prêt en nature")
