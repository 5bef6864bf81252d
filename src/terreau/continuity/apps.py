from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContinuityConfig(AppConfig):
    name = "terreau.continuity"
    verbose_name = _("Relais")

    def ready(self) -> None:
        """Say where the page is."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Relais"), "continuity:home", order=60, group=Group.UNDERSTAND))
