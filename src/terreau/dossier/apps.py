from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from terreau.kernel import navigation


class DossierConfig(AppConfig):
    name = "terreau.dossier"
    verbose_name = _("Dossier de territoire")

    def ready(self) -> None:
        """Offer the page of the format at the foot of every page."""
        navigation.register(
            navigation.NavItem(_("Format des dossiers"), "dossier:format", order=40, group=navigation.Group.INSTANCE)
        )
