from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObservatoryConfig(AppConfig):
    name = "terreau.observatory"
    verbose_name = _("Observatoire")

    def ready(self) -> None:
        """Say where the page is."""
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(NavItem(_("Chiffres"), "observatory:home", order=50, group=Group.UNDERSTAND))
