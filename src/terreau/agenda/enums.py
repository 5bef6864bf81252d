"""Words of the agenda. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventSort(TextChoices):
    PUBLIC_FAIR = "salon_grand_public", _("salon ou village grand public")
    PROFESSIONAL_FAIR = "salon_professionnel", _("salon professionnel")
    GATHERING = "rencontre", _("rencontre")
    BREAKFAST = "petit_dejeuner", _("petit déjeuner")
    PLENARY = "pleniere", _("plénière")
    PUBLIC_MEETING = "reunion_publique", _("réunion publique")
    VISIT = "visite", _("visite")
    CONSULTATION = "concertation", _("concertation")
    CONFERENCE = "conference", _("conférence")
    TRAINING = "formation", _("formation")
    WORKSHOP = "atelier", _("atelier")
    LEARNING_COMMUNITY = "communaute_apprenante", _("communauté apprenante")
    BODY_MEETING = "instance", _("réunion d'instance")
    ASSEMBLY = "assemblee", _("assemblée")
    SUPPORT = "accompagnement", _("accompagnement")
    ANNIVERSARY = "anniversaire", _("anniversaire")
    INAUGURATION = "inauguration", _("inauguration")
    RESULT = "resultat", _("résultat")
    DISTINCTION = "distinction", _("distinction")
    SURVEY = "enquete", _("enquête")
    INTRODUCTION = "mise_en_relation", _("mise en relation")


class EventState(TextChoices):
    """What is said of an event beyond its date; nothing said means that a source tells it as it was held."""

    PLANNED = "projet", _("en projet")
    ANNOUNCED = "annonce", _("annoncé")
    HELD = "tenu", _("tenu")
    POSTPONED = "reporte", _("reporté")
    CANCELLED = "annule", _("annulé")


class OutcomeSort(TextChoices):
    """What came of an event."""

    FUNDING = "financement", _("financement")
    VISIBILITY = "visibilite", _("visibilité")
    PARTNERSHIP = "partenariat", _("partenariat")
    SKILL = "competence", _("compétence")
    RECOGNITION = "reconnaissance", _("reconnaissance")
    DECISION = "decision", _("décision")
    ACTIVITY = "activite", _("activité")
    TIE = "lien", _("lien")
