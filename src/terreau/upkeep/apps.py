from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "terreau.upkeep"
    verbose_name = _("Tenue à jour")
