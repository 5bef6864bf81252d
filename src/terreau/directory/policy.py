"""Who may read and change the directory."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import (
    Permission,
    administrator,
    animators,
    anyone,
    managers,
    manages_record,
    officers,
    stewards,
    team,
)

POLICY = [
    Permission("directory.read", anyone, _("l'annuaire, ses sources et ses doutes sont publics")),
    Permission("directory.read_private", stewards, _("les garants du territoire ouvrent les fiches privées")),
    Permission("directory.create", animators, _("les animatrices et les garants du territoire ouvrent des fiches")),
    Permission(
        "directory.open_form",
        animators | managers,
        _("les animatrices, les garants et les gestionnaires d'une fiche ouvrent le formulaire de correction"),
    ),
    Permission(
        "directory.change",
        animators | manages_record,
        _("les animatrices et les garants du territoire tiennent l'annuaire, et qui gère une fiche corrige la sienne"),
    ),
    Permission(
        "directory.confirm",
        animators | manages_record,
        _("les animatrices et les garants du territoire, et qui gère la fiche, disent qu'elle est à jour"),
    ),
    Permission("directory.archive", animators, _("les animatrices et les garants du territoire archivent une fiche")),
    Permission("directory.offer", animators, _("les animatrices et les garants du territoire tiennent les offres")),
    Permission("directory.distinction", animators, _("les animatrices et les garants tiennent les distinctions")),
    Permission(
        "directory.sectors",
        animators | administrator,
        _("les animatrices et les garants chargent les secteurs d'achat"),
    ),
    Permission("directory.purchase", officers | animators, _("l'équipe d'animation enregistre les achats")),
    Permission("directory.read_purchases", team, _("les achats et leurs sommes se lisent dans l'équipe d'animation")),
    Permission(
        "directory.share", animators, _("les animatrices et les garants du territoire tiennent la bibliothèque")
    ),
    Permission("directory.make_private", stewards, _("seuls les garants du territoire rendent une fiche privée")),
]

policy.register(POLICY)
