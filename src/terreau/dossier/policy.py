"""Who may move a whole territory."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, administrator, anyone, stewards

POLICY = [
    Permission("dossier.format", anyone, _("le format est public")),
    Permission("dossier.load", administrator, _("qui administre l'instance charge un dossier de territoire")),
    Permission(
        "dossier.dump", administrator | stewards, _("les garantes et garants d'un territoire en gardent la mémoire")
    ),
]

policy.register(POLICY)
