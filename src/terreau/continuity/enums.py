"""Words of the handover. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StakeKind(TextChoices):
    """What is left open: something at stake, a tension, a risk, an opportunity, a project."""

    STAKE = "enjeu", pgettext_lazy("stake", "enjeu")
    TENSION = "tension", pgettext_lazy("stake", "tension")
    RISK = "risque", pgettext_lazy("stake", "risque")
    OPPORTUNITY = "opportunite", pgettext_lazy("stake", "opportunité")
    PROJECT = "projet", pgettext_lazy("stake", "projet")


class IndicatorStatus(TextChoices):
    """How far an indicator of an ingredient has come; none is measured until someone measures it."""

    PROPOSED = "proposition", _("proposé")
    KEPT = "retenu", _("retenu")
    MEASURED = "mesure", _("mesuré")
    DROPPED = "abandonne", _("abandonné")


class ObservedIn(TextChoices):
    """Where in the dossier, or beside it, an indicator can be observed."""

    ROLES = "fonctions", _("les fonctions tenues dans le temps")
    TESTIMONIES = "temoignages", _("les témoignages")
    PLANS = "plans", _("les plans et leurs actions")
    BODIES = "instances", _("les instances")
    EVENTS = "evenements", _("les événements")
    CALLS = "appels", _("les appels à projets")
    ORGANISATIONS = "organisations", _("l'annuaire des organisations")
    TIMELINE = "frise", _("la frise")
    TIES = "relations", _("les liens entre organisations")
    INITIATIVES = "initiatives", _("les initiatives")
    FIGURES = "chiffres", _("les chiffres")
    STAKES = "enjeux", _("les enjeux")
    JOURNAL = "journal", _("le journal d'animation")
    POOLING = "entraide", _("les offres et demandes d'entraide")
    SUPPORT = "accompagnements", _("les accompagnements")
    SURVEY = "enquete", _("une enquête auprès des membres")
