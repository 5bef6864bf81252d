"""Words of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    """Where an import is: each state opens the next, and nothing of the directory is written before `WRITING`."""

    OPENED = "ouvert", _("à vérifier")
    READING = "lecture", _("aperçu en préparation")
    PREVIEWED = "apercu", _("aperçu prêt")
    WRITING = "ecriture", _("en cours")
    DONE = "fini", _("terminé")
    FAILED = "refuse", _("fichier refusé")
    UNDONE = "annule", _("annulé")


class Choice(TextChoices):
    """What a person decides of a row that resembles a page."""

    SAME = "meme", _("c'est la même structure")
    NEW = "nouvelle", _("c'est une autre structure")
    ASIDE = "cote", _("laisser de côté")
