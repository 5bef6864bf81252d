from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "terreau.grants"
    verbose_name = _("Appels à projets")

    def ready(self) -> None:
        """Put the app in the head of every page."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Appels à projets"), "grants:home", order=30, group=Group.ACT))
