from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpendataConfig(AppConfig):
    name = "terreau.opendata"
    verbose_name = _("Données ouvertes")

    def ready(self) -> None:
        """Put imports among the tools of the team, and where a page comes from beside the page."""
        from terreau.directory import ports  # noqa: PLC0415 -- app ready
        from terreau.kernel import navigation  # noqa: PLC0415 -- app ready
        from terreau.kernel.navigation import Group, NavItem  # noqa: PLC0415 -- app ready
        from terreau.kernel.policy import animators  # noqa: PLC0415 -- app ready
        from terreau.opendata import page  # noqa: PLC0415 -- app ready

        ports.register_actions(page.actions)
        navigation.register(
            NavItem(_("Imports"), "opendata:import_list", order=60, group=Group.TEAM, shown_to=animators)
        )
