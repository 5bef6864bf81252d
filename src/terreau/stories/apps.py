from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "terreau.stories"
    verbose_name = _("Récits")

    def ready(self) -> None:
        """Say where the page is."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Récits"), "stories:home", order=40, group=Group.UNDERSTAND))
