"""Acronyms, and whom to write to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import AcronymOrigin
from terreau.directory.models.organisations import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Part, Record


class Acronym(Record):
    """An acronym met in the sources and what it stands for, when anyone says it."""

    KIND: ClassVar[str] = "acronym"

    acronym = models.CharField(_("sigle"), max_length=40)
    expansion = models.CharField(_("développé"), max_length=300, blank=True)
    former = models.CharField(_("ancien développé"), max_length=300, blank=True)
    is_in_source_list = models.BooleanField(_("dans la liste de la source"), default=False)
    origin = models.CharField(_("origine"), max_length=10, choices=AcronymOrigin)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("sigle")
        verbose_name_plural = _("sigles")

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return address("directory:acronym_list", self.territory.slug) + f"#{self.key}"


class TerritoryContact(Record):
    """Who answers for the territory, since when, in what capacity."""

    KIND: ClassVar[str] = "territory_contact"
    LINKABLE: ClassVar[bool] = False

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    since = EdtfField(_("depuis"))
    capacity = models.CharField(_("à quel titre"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("contact du territoire")
        verbose_name_plural = _("contacts du territoire")

    def __str__(self) -> str:
        return str(self.organisation)


class ContactPoint(Part):
    """Another organisation to turn to, with its public details."""

    KIND: ClassVar[str] = "contact_point"

    contact = models.ForeignKey(TerritoryContact, on_delete=models.CASCADE, related_name="points")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(_("à quel titre"), max_length=300, blank=True)
    site = models.CharField(_("site"), max_length=300, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
