from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "terreau.agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        """Put the app in the head of every page."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Agenda"), "agenda:home", order=20, group=Group.ACT))
