"""Sources, and what is quoted from them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.kernel.addresses import address
from terreau.kernel.enums import Certainty, PageCertainty, SourceGenre
from terreau.kernel.fields import EdtfField
from terreau.kernel.models.base import Part, Record


class Source(Record):
    """A document that statements come from: who wrote it, when, where it can be read."""

    KIND: ClassVar[str] = "source"

    title = models.CharField(_("titre"), max_length=300)
    short_title = models.CharField(_("titre court"), max_length=80, blank=True)
    subtitle = models.CharField(_("sous-titre"), max_length=300, blank=True)
    authors = models.JSONField(_("auteurs"), default=list, blank=True)
    year = EdtfField(_("année"))
    year_note = models.TextField(_("note sur la date"), blank=True)
    publisher = models.CharField(_("éditeur"), max_length=200, blank=True)
    collection = models.CharField(_("collection"), max_length=200, blank=True)
    printer = models.CharField(_("imprimeur"), max_length=200, blank=True)
    print_run = models.PositiveIntegerField(_("tirage"), null=True, blank=True)
    address = models.CharField(_("adresse"), max_length=500, blank=True)
    genre = models.CharField(_("genre"), max_length=20, choices=SourceGenre)
    file_name = models.CharField(_("fichier"), max_length=200, blank=True)
    method = models.TextField(_("méthode"), blank=True)
    note = models.TextField(_("note"), blank=True)
    part_of = models.CharField(_("dans"), max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def cited_as(self) -> str:
        """How citations call it: its short title when it has one."""
        return self.short_title or self.title

    def get_absolute_url(self) -> str:
        return address("directory:resource_detail", self.territory.slug, self.key)


class SourcePage(Part):
    """Where a printed page lies in the digitised text of a source."""

    KIND: ClassVar[str] = "source_page"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="pages")
    page = models.CharField(_("page"), max_length=40)
    lines = models.CharField(_("lignes du fichier"), max_length=40)
    certainty = models.CharField(_("certitude"), max_length=12, choices=PageCertainty)
    content = models.CharField(_("contenu"), max_length=300, blank=True)

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["source", "page"], name="kernel_one_row_per_page")]


class Citation(models.Model):
    """A record, or one of its fields, is said by a source at a page, with the value as stated there.

    Two citations of one field whose stated values differ make that field disputed: the record keeps the retained
    value, and pages show the doubt (`kernel.citations.disputed_fields`).
    """

    territory = models.ForeignKey(settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    record_id = models.UUIDField()
    field = models.CharField(_("champ"), max_length=40, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    locator = models.CharField(_("page"), max_length=60, blank=True)
    value = models.TextField(_("valeur énoncée"), blank=True)
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["kind", "record_id"], name="kernel_citation_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} ← {self.source_id} {self.locator}"
