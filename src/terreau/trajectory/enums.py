"""Words of the trajectory. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terreau.kernel.enums import Certainty


class Lane(TextChoices):
    """The three tracks of the timeline; each has its shape and colour everywhere (visual.md)."""

    POLICY = "politique_publique", _("Politique publique")
    ANIMATION = "animation_apes", _("Animation territoriale")
    ACTORS = "acteurs", _("Acteurs")


class DatePrecision(TextChoices):
    """How the date of a milestone is known: what the source writes, or what was read from the place on a picture."""

    EXACT = "exacte", _("date écrite dans la source")
    LOOSE = "approchee", _("date vague dans la source")
    PLACED = "position_frise", _("placé entre deux années sur la frise imprimée")
    DEDUCED = "deduite", _("date déduite du texte")

    @property
    def certainty(self) -> Certainty:
        """What the precision makes of the statement: a vague date that is written is still written."""
        return Certainty.DEDUCED if self in {DatePrecision.PLACED, DatePrecision.DEDUCED} else Certainty.ESTABLISHED


class MilestoneNature(TextChoices):
    """What sort of moment a milestone is."""

    FOUNDING = "fondation", _("fondation")
    END = "fin", _("fin")
    RENAMING = "renommage", _("changement de nom")
    MERGER = "fusion", _("fusion")
    SPLIT = "scission", _("scission")
    TAKEOVER = "reprise", _("reprise d'activité")
    LABEL = "labellisation", _("labellisation")
    ACCREDITATION = "agrement", _("agrément")
    PLAN = "plan", _("plan")
    LAW = "loi", _("loi")
    SCHEME = "dispositif", _("dispositif")
    CALL = "appel", _("appel à projets")
    CONTRACT = "contrat", _("contrat")
    FUNDING = "financement", _("financement")
    GOVERNANCE = "gouvernance", _("gouvernance")
    DELIBERATION = "deliberation", _("délibération")
    ELECTION = "election", _("élection")
    SUCCESSION = "passation", _("changement de personne")
    HANDOVER = "passage_de_relais", _("passage de relais")
    EVENT = "evenement", _("événement")
    CANCELLED_EVENT = "evenement_annule", _("événement annulé")
    MEETING = "rencontre", _("rencontre")
    VISIT = "visite", _("visite")
    TRAINING = "formation", _("formation")
    TOOL = "outil", _("outil")
    PUBLICATION = "publication", _("publication")
    STUDY = "etude", _("étude")
    OBSERVATION = "observation", _("observation")
    RESULT = "resultat", _("résultat")
    SITE_OPENING = "ouverture", _("ouverture d'un lieu")
    RELOCATION = "demenagement", _("déménagement")
    DEADLINE = "echeance", _("échéance")
    CRISIS = "crise", _("crise")
    OTHER = "autre", pgettext_lazy("nature de jalon", "autre")


class IntensityLevel(TextChoices):
    """How much an organisation intervenes: the width of the stroke."""

    LIGHT = "legere", _("légère")
    MODERATE = "moderee", _("modérée")
    SUSTAINED = "soutenue", _("soutenue")

    @property
    def width(self) -> int:
        """Rank of the stroke, 1 to 3."""
        return list(IntensityLevel).index(self) + 1
