from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectoryConfig(AppConfig):
    name = "terreau.trajectory"
    verbose_name = _("Trajectoire")

    def ready(self) -> None:
        """Put the timeline in the head of the pages."""
        from terreau.kernel import navigation  # noqa: PLC0415 -- app ready
        from terreau.kernel.navigation import Group, NavItem  # noqa: PLC0415 -- app ready

        navigation.register(NavItem(_("Frise"), "trajectory:timeline", order=20, group=Group.UNDERSTAND))
