"""Words of the duplicates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """What was decided on a pair. Distinct: two structures; ignored: not now."""

    OPEN = "open", _("à examiner")
    IGNORED = "ignored", _("laissée de côté")
    DISTINCT = "distinct", _("deux structures différentes")
    MERGED = "merged", _("fusionnée")


class Because(TextChoices):
    """Why two records look like one, or do not. Values are the codes of `pure.weighing`."""

    SIRET = "siret", _("même SIRET")
    SIREN = "siren", _("même SIREN")
    RNA = "rna", _("même numéro RNA")
    IDENTIFIER = "identifier", _("même identifiant dans un autre registre")
    SAME_NAME = "same_name", _("même nom")
    NAME = "name", _("noms proches")
    ACRONYM = "acronym", _("l'un est le sigle de l'autre")
    EMAIL = "email", _("même courriel")
    PHONE = "phone", _("même téléphone")
    SITE = "site", _("même site")
    HOST = "host", _("même nom de domaine")
    ADDRESS = "address", _("même adresse")
    POINT = "point", _("même endroit sur la carte")
    COMMUNE = "commune", _("même commune")
    OTHER_SIREN = "other_siren", _("deux SIREN différents")
    BRANCH = "branch", _("deux établissements d'une même unité")
    OTHER_RNA = "other_rna", _("deux numéros RNA différents")
    OTHER_COMMUNE = "other_commune", _("deux communes différentes")
    OTHER_NAME = "other_name", _("noms très différents")
    USUAL_NAME = "usual_name", _("nom porté par beaucoup d'autres")
    TIED = "tied", _("un lien les relie déjà comme deux structures")

    @property
    def is_against(self) -> bool:
        return self in AGAINST


AGAINST = frozenset({
    Because.OTHER_SIREN, Because.BRANCH, Because.OTHER_RNA, Because.OTHER_COMMUNE, Because.OTHER_NAME, Because.USUAL_NAME, Because.TIED,
})  # fmt: skip
