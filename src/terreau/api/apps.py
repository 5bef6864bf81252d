from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "terreau.api"
    verbose_name = _("Interface de programmation")
