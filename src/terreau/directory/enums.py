"""Words of the directory. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NameSort(TextChoices):
    """Why an organisation is also called otherwise; searching any of them finds it."""

    ACRONYM = "sigle", _("sigle")
    EXPANDED = "developpe", _("nom développé")
    VARIANT = "variante", _("variante")
    MISPRINT = "coquille", _("coquille")
    FORMER = "ancien_nom", _("ancien nom")
    USAGE = "usage", _("nom d'usage")


class IdentifierScheme(TextChoices):
    SIREN = "siren", _("SIREN")
    SIRET = "siret", _("SIRET")
    RNA = "rna", _("RNA")
    DATA_INCLUSION = "data_inclusion", _("data·inclusion")
    GOGOCARTO = "gogocarto", _("GoGoCarto")
    WIKIDATA = "wikidata", _("Wikidata")


class TieFamily(TextChoices):
    """What a kind of tie is for. Lineage is acyclic; kinship of means, of money and of support are told apart."""

    LINEAGE = "genealogie", _("généalogie")
    STRUCTURE = "rattachement", _("rattachement et portage")
    COOPERATION = "cooperation", _("coopération")
    MONEY = "financement", _("financement et contrat")
    SUPPORT = "accompagnement", _("animation et accompagnement")
    PERSON = "personne", _("personne commune")


class Stage(TextChoices):
    IDEA = "idee", _("idée")
    EMERGENCE = "emergence", _("émergence")
    CREATION = "creation", _("création")
    RUNNING = "fonctionnement", _("en fonctionnement")
    SCALING = "essaimage", _("changement d'échelle")
    ENDED = "terminee", _("terminée")


class CarrierPart(TextChoices):
    CARRIER = "porteur", _("porte")
    PARTNER = "partenaire", _("partenaire")


class AcronymOrigin(TextChoices):
    BOOKLET = "livret", _("développé dans la source")
    USAGE = "usage", _("usage courant, absent de la source")
    UNKNOWN = "inconnue", _("développement inconnu")
