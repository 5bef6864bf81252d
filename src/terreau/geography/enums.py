"""The kinds of communes and intercommunalities, as the official code names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommuneKind(models.TextChoices):
    """What an INSEE commune code designates today. Only CURRENT has a council, inhabitants counted and a membership."""

    CURRENT = "current", _("commune")
    DELEGATED = "delegated", _("commune déléguée")
    ASSOCIATED = "associated", _("commune associée")
    DISTRICT = "district", _("arrondissement municipal")
    FORMER = "former", _("ancienne commune")


class IntercommunalityKind(models.TextChoices):
    """Intercommunalities with their own taxes; values are those of the official list."""

    CC = "CC", _("communauté de communes")
    CA = "CA", _("communauté d'agglomération")
    CU = "CU", _("communauté urbaine")
    METRO = "METRO", _("métropole")
    MET69 = "MET69", _("métropole de Lyon")
