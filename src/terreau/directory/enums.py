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


class PointOrigin(TextChoices):
    """Where the point of an organisation on the map comes from."""

    ADDRESS = "adresse", _("son adresse")
    COMMUNE = "commune", _("sa commune")
    GIVEN = "donnee", _("donné tel quel")


class OfferSort(TextChoices):
    PRODUCT = "produit", _("produit")
    SERVICE = "service", _("service")


class PurchaseProcedure(TextChoices):
    """How a purchase was made; the words are those of public purchasing."""

    DIRECT = "gre_a_gre", _("achat de gré à gré")
    OPEN_MARKET = "marche", _("marché public")
    SOCIAL_CLAUSE = "clause_sociale", _("marché avec clause sociale")
    RESERVED = "marche_reserve", _("marché réservé")


class DistinctionSort(TextChoices):
    PRIZE = "prix", _("prix")
    LABEL = "label", _("label")
    HABILITATION = "habilitation", _("habilitation")
    APPROVAL = "agrement", _("agrément")


class ResourceSort(TextChoices):
    GUIDE = "guide", _("guide")
    TOOLKIT = "outils", _("boîte à outils")
    PUBLICATION = "publication", _("publication")
    RECORDING = "enregistrement", _("enregistrement")
    TEMPLATE = "modele", _("modèle de document")
    SITE = "site", _("site")


class Licence(TextChoices):
    """What may be done with a resource; the names are those that the licences give themselves."""

    CC_BY = "cc-by", "Creative Commons BY"
    CC_BY_SA = "cc-by-sa", "Creative Commons BY-SA"
    CC_BY_NC = "cc-by-nc", "Creative Commons BY-NC"
    CC_BY_NC_SA = "cc-by-nc-sa", "Creative Commons BY-NC-SA"
    CC_BY_ND = "cc-by-nd", "Creative Commons BY-ND"
    CC0 = "cc0", _("domaine public (CC0)")
    OPEN_LICENCE = "etalab-2.0", _("Licence Ouverte 2.0")
    RESERVED = "reservee", _("tous droits réservés")


class SuggestionKind(TextChoices):
    """What a suggestion asks for."""

    CORRECTION = "correction", _("correction d'une fiche")
    CREATION = "creation", _("structure nouvelle")
    CLOSURE = "fermeture", _("structure fermée")
    ANSWER = "reponse", _("réponse à une lacune")


class SuggestionOrigin(TextChoices):
    """Who or what files a suggestion."""

    PERSON = "personne", _("une personne")
    MANAGER = "gestionnaire", _("la structure elle-même")
    IMPORT = "import", _("un import")
    SYSTEM = "systeme", _("le site")


class SuggestionState(TextChoices):
    OPEN = "ouverte", _("à relire")
    ACCEPTED = "acceptee", _("acceptée")
    PARTLY = "partielle", _("acceptée en partie")
    DECLINED = "refusee", _("écartée")
    WITHDRAWN = "retiree", _("retirée")


class ListOrder(TextChoices):
    """How the list is sorted."""

    CLOSEST = "pertinence", _("les plus proches de la recherche")
    NAME = "nom", _("par nom")
    RECENT = "recent", _("les dernières mises à jour")
