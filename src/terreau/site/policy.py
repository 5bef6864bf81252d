"""What the house itself opens: nothing of a territory."""

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

POLICY = [
    Permission("site.choose_language", anyone, "chacun choisit la langue des pages"),
    Permission("site.catalogue", anyone, "le catalogue des composants ne montre que des exemples inventés"),
]

policy.register(POLICY)
