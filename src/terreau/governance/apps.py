from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "terreau.governance"
    verbose_name = _("Gouvernance")

    def ready(self) -> None:
        """Put the app in the head of every page."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Gouvernance"), "governance:home", order=50, group=Group.UNDERSTAND))
