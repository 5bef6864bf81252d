from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "terreau.api"
    verbose_name = _("Interface de programmation")

    def ready(self) -> None:
        """Offer the documentation at the foot of every page, and the data of a territory in its menu."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Données ouvertes (API)"), "api:documentation", order=80, group=Group.INSTANCE))
        register(NavItem(_("Données"), "feeds:home", order=90, group=Group.ALSO))
