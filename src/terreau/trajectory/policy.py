"""Who may read the trajectory. What each reader sees in it depends on the visibility of its records."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

POLICY = [Permission("trajectory.read", anyone, _("la frise du territoire est publique"))]

policy.register(POLICY)
