"""Who may read what a next team needs to know."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

POLICY = [
    Permission(
        "continuity.read", anyone, _("ce qui se transmet se lit sans compte ; chaque élément garde sa visibilité")
    ),
]

policy.register(POLICY)
