from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "terreau.plan"
    verbose_name = _("Plan local")

    def ready(self) -> None:
        """Put the app in the head of every page."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Plan local"), "plan:home", order=40, group=Group.UNDERSTAND))
