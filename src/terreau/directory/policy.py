"""Who may read and change the directory."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, administrator, animators, anyone, officers, stewards, team

POLICY = [
    Permission("directory.read", anyone, _("l'annuaire, ses sources et ses doutes sont publics")),
    Permission("directory.read_private", stewards, _("les garants du territoire ouvrent les fiches privées")),
    Permission("directory.change", animators, _("les animatrices et les garants du territoire tiennent l'annuaire")),
    Permission("directory.offer", animators, _("les animatrices et les garants du territoire tiennent les offres")),
    Permission("directory.distinction", animators, _("les animatrices et les garants tiennent les distinctions")),
    Permission(
        "directory.sectors",
        animators | administrator,
        _("les animatrices et les garants chargent les secteurs d'achat"),
    ),
    Permission("directory.purchase", officers | animators, _("l'équipe d'animation enregistre les achats")),
    Permission("directory.read_purchases", team, _("les achats et leurs sommes se lisent dans l'équipe d'animation")),
    Permission("directory.make_private", stewards, _("seuls les garants du territoire rendent une fiche privée")),
]

policy.register(POLICY)
