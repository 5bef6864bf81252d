"""Who may read figures."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

POLICY = [
    Permission(
        "observatory.read", anyone, _("les chiffres publiés se lisent sans compte ; chacun garde sa visibilité")
    ),
]

policy.register(POLICY)
