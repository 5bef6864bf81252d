"""Resources: what can be read, listened to and used again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import Licence, ResourceSort
from terreau.directory.models.organisations import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.clock import today
from terreau.kernel.constraints import Check
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Record, Source, WithFile
from terreau.territory.models import Theme


class Resource(Record, WithFile):
    """A guide, a toolkit, a publication, a recording: a file kept here, or an address elsewhere.

    transcript: the words of a recording, with headings ("# ") and time marks ("[12:30]") when they are given.
    expires_on: last day on which it is still good, None when nothing says that it ages.
    """

    KIND: ClassVar[str] = "resource"

    title = models.CharField(_("titre"), max_length=300)
    sort = models.CharField(_("type"), max_length=15, choices=ResourceSort)
    summary = models.TextField(_("résumé"), blank=True)
    authors = models.JSONField(_("auteurs"), default=list, blank=True)
    organisations = models.ManyToManyField(
        Organisation, related_name="resources", blank=True, verbose_name=_("organisations")
    )
    themes = models.ManyToManyField(Theme, related_name="resources", blank=True, verbose_name=_("thèmes"))
    published = EdtfField(_("parution"))
    language = models.CharField(_("langue"), max_length=8, default="fr")
    licence = models.CharField(_("licence"), max_length=15, choices=Licence, blank=True)
    licence_note = models.CharField(_("conditions d'usage"), max_length=300, blank=True)
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    duration_minutes = models.PositiveIntegerField(_("durée en minutes"), null=True, blank=True)
    transcript = models.TextField(_("transcription"), blank=True)
    expires_on = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="resources", null=True, blank=True, verbose_name=_("source")
    )

    class Meta(Record.Meta):
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        constraints = [
            *Record.Meta.constraints,
            Check(
                "directory_resource_is_somewhere",
                ~Q(url="") | ~Q(sha256="") | ~Q(transcript=""),
                _("Une ressource a une adresse, un fichier ou une transcription."),
            ),
            Check(
                "directory_resource_file_is_whole",
                Q(sha256="", file_name="") | (~Q(sha256="") & ~Q(file_name="")),
                _("Un fichier a un nom et une empreinte."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "sort"], name="directory_resource_sort")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("directory:resource_detail", self.territory.slug, self.key)

    @property
    def is_expired(self) -> bool:
        """Whether its last good day has passed."""
        return self.expires_on is not None and self.expires_on < today()
