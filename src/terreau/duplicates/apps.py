from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "terreau.duplicates"
    verbose_name = _("Doublons")

    def ready(self) -> None:
        """Put the app in the head of the team's pages."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready
        from terreau.kernel.policy import team  # noqa: PLC0415 -- app ready

        register(NavItem(_("Doublons"), "duplicates:candidate_list", order=60, group=Group.TEAM, shown_to=team))
