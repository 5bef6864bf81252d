"""Words of the local plan. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DraftingMode(TextChoices):
    """How a plan was written."""

    OUTSIDE_FIRM = "cabinet_exterieur", _("avec un cabinet extérieur")
    CO_CONSTRUCTION = "co_construction", _("en co-construction avec les acteurs")
    CONSULTATION = "consultation", _("par les services, après consultation des acteurs")
    IN_HOUSE = "interne", _("par les services seuls")
