"""Words of stories. Values are those of the dossier format."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Genre(TextChoices):
    """In what form someone spoke in the source."""

    QUOTE = "citation", _("citation")
    EDITORIAL = "edito", _("édito")
    INTERVIEW = "entretien", _("entretien")
    SPEECH = "prise_de_parole", _("prise de parole")
    CONTRIBUTION = "contribution", _("contribution écrite")
