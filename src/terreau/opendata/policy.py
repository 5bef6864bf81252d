"""Who may bring data in, and see where a page comes from."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, animators, anyone

POLICY = [
    Permission("opendata.import", animators, _("les animatrices et les garants du territoire importent des fichiers")),
    Permission("opendata.read_origin", anyone, _("chacun peut voir d'où vient une fiche qu'il peut lire")),
]

policy.register(POLICY)
