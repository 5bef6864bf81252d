"""Words shared by every floor. Values are the French ASCII words of the dossier format (docs/decisions/0005)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(TextChoices):
    PUBLIC = "publique", _("publique")
    MEMBERS = "membres", _("réservée aux membres")
    TEAM = "equipe", _("réservée à l'équipe d'animation")
    PRIVATE = "privee", _("privée")


class Certainty(TextChoices):
    """How sure a statement is (domain.md): written, follows from the text, or someone's opinion reported."""

    ESTABLISHED = "etablie", _("établie")
    DEDUCED = "deduite", _("déduite")
    PERCEIVED = "percue", _("perçue")


class Role(TextChoices):
    """Roles of accounts in one territory (domain.md, "Roles of accounts"); names as in pure/actor.py."""

    MEMBER = "member", _("membre")
    MANAGER = "manager", _("gestionnaire de structure")
    CONTRIBUTOR = "contributor", _("contributrice ou contributeur")
    JUROR = "juror", _("membre du jury")
    OFFICER = "officer", _("chargée ou chargé de mission")
    ANIMATOR = "animator", _("animatrice ou animateur")
    STEWARD = "steward", _("garante ou garant")
    OBSERVER = "observer", _("observatrice ou observateur")


class SourceGenre(TextChoices):
    BOOKLET = "livret", _("livret")
    LETTER = "lettre", _("lettre d'information")
    PORTRAIT = "portrait", _("portrait")
    SUPPLEMENT = "supplement", _("supplément")
    BOOK = "livre", _("livre")
    CHAPTER = "chapitre", _("chapitre")
    COURSE = "cours", _("cours")
    REPORT = "rapport", _("rapport")
    KIT = "kit", _("kit")
    NOTEBOOK = "carnet", _("carnet")
    PROGRAMME = "programme", _("programme")
    STATISTICS = "statistique", _("statistique")
    SITE = "site", _("site")
    ARTICLE = "article", _("article")
    MINUTES = "compte_rendu", _("compte rendu")
    DELIBERATION = "deliberation", _("délibération")
    INTERVIEW = "entretien", _("entretien")
    DATASET = "donnees", _("jeu de données")
    OTHER = "autre", pgettext_lazy("source", "autre")


class PageCertainty(TextChoices):
    """Where the number of a page of a digitised source comes from."""

    PRINTED = "imprimee", _("imprimée")
    CONTENTS = "sommaire", _("lue au sommaire")
    DEDUCED = "deduite", _("déduite")


class DisputeKind(TextChoices):
    FIGURE = "chiffre", _("chiffre")
    DATE = "date", _("date")
    CHRONOLOGY = "chronologie", _("chronologie")
    ATTRIBUTION = "attribution", _("attribution")
    NAME = "nom", _("nom")
    PERSON = "personne", _("personne")
    VOCABULARY = "vocabulaire", _("vocabulaire")
    NARRATIVE = "recit", _("récit")
    PERIMETER = "perimetre", _("périmètre")
    MISPRINT = "coquille", _("coquille")
    LAYOUT = "mise_en_page", _("mise en page")


class Severity(TextChoices):
    """What a dispute changes: an answer, a precision, or a spelling."""

    HIGH = "forte", _("forte : change une réponse")
    MEDIUM = "moyenne", _("moyenne : demande une précision")
    LOW = "faible", _("faible : graphie")


class DisputeOrigin(TextChoices):
    INTERNAL = "interne", _("la source se contredit")
    EXTERNAL = "externe", _("la source heurte une connaissance extérieure")
    SCANNING = "numerisation", _("peut venir de la numérisation")


class OpenState(TextChoices):
    """State of a knot or of a gap."""

    OPEN = "ouverte", _("ouverte")
    ASKED = "demandee", _("question posée")
    SETTLED = "resolue", _("résolue")
