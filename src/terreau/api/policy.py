"""Who may read the interface: everyone, each as far as the records are visible to them."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

AS_SEEN = _("chacun lit par l'interface de programmation ce que le site lui montre, et rien de plus")

POLICY = [
    Permission("api.use", anyone, _("tout le monde peut interroger l'interface de programmation")),
    Permission("api.feeds.read", anyone, _("l'annuaire public d'un territoire se moissonne sans compte")),
    Permission("api.health", anyone, _("tout le monde peut demander si le service répond")),
    Permission("api.territories.read", anyone, _("les territoires de l'instance sont publics")),
    Permission("api.organisations.read", anyone, AS_SEEN),
    Permission("api.ties.read", anyone, AS_SEEN),
    Permission("api.milestones.read", anyone, AS_SEEN),
    Permission("api.facts.read", anyone, AS_SEEN),
    Permission("api.sources.read", anyone, AS_SEEN),
    Permission("api.disputes.read", anyone, AS_SEEN),
    Permission("api.search", anyone, AS_SEEN),
]

policy.register(POLICY)
