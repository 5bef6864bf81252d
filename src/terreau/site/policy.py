"""What the house itself opens: its home pages, its search, its catalogue."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, anyone

POLICY = [
    Permission("site.home", anyone, _("l'accueil de l'instance est public")),
    Permission(
        "site.territory_home", anyone, _("l'accueil d'un territoire est public ; chacun y voit ce qui lui est ouvert")
    ),
    Permission("site.search", anyone, _("chacun cherche parmi ce qu'il peut voir")),
    Permission("site.choose_language", anyone, _("chacun choisit la langue des pages")),
    Permission("site.catalogue", anyone, _("le catalogue des composants ne montre que des exemples inventés")),
]

policy.register(POLICY)
