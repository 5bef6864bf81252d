"""Who may read what people said."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

POLICY = [
    Permission("stories.read", anyone, _("les témoignages publiés se lisent sans compte ; chacun garde sa visibilité")),
]

policy.register(POLICY)
