"""Words of governance. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodySort(TextChoices):
    GOVERNING = "gouvernance", _("instance de gouvernance")
    STEERING = "comite_de_pilotage", _("comité de pilotage")
    TECHNICAL = "comite_technique", _("comité technique")
    WORKING_GROUP = "groupe_de_travail", _("groupe de travail")
    COMMISSION = "commission", _("commission")
    COLLECTIVE = "collectif", _("collectif")
    JURY = "jury", _("jury")
    CONSULTATION = "concertation", _("concertation")
    ASSEMBLY = "assemblee", _("assemblée")
    ADVISORY = "conseil_consultatif", _("conseil consultatif")
    PROFESSIONAL_NETWORK = "reseau_professionnel", _("réseau professionnel")
    LEARNING_COMMUNITY = "communaute_apprenante", _("communauté apprenante")
    COLLECTIVE_SUPPORT = "accompagnement_collectif", _("accompagnement collectif")


class BodyState(TextChoices):
    """What is said of a body beyond its dates."""

    PLANNED = "projet", _("en projet")
    ACTIVE = "active", _("active")
    DORMANT = "en_sommeil", _("en sommeil")
    ENDED = "terminee", _("terminée")


class Becoming(TextChoices):
    """What a body became, read forwards: from the body to what came of it."""

    MERGED = "fusionne_dans", _("a fusionné dans")
    SPLIT = "scinde_en", _("s'est scindée et a donné")
    RENAMED = "renomme_en", _("a été renommée")
    REPLACED = "remplace_par", _("a été remplacée par")
    GAVE_BIRTH = "donne_naissance_a", _("a donné naissance à")
