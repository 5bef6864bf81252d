"""Who may read and change the directory."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, animators, anyone, stewards

POLICY = [
    Permission("directory.read", anyone, _("l'annuaire, ses sources et ses doutes sont publics")),
    Permission("directory.read_private", stewards, _("les garants du territoire ouvrent les fiches privées")),
    Permission("directory.change", animators, _("les animatrices et les garants du territoire tiennent l'annuaire")),
    Permission(
        "directory.share", animators, _("les animatrices et les garants du territoire tiennent la bibliothèque")
    ),
    Permission("directory.make_private", stewards, _("seuls les garants du territoire rendent une fiche privée")),
]

policy.register(POLICY)
