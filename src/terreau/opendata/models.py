"""What comes from outside: imports, what each source says of whom, what was refused or left."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Nature, Organisation
from terreau.kernel.addresses import address
from terreau.kernel.clock import now
from terreau.kernel.constraints import Check
from terreau.kernel.models import Referable
from terreau.opendata.enums import BatchState, Choice
from terreau.territory.models import Territory


class ImportBatch(Referable):
    """One file imported once: who, when, which file, how it was read, and how far it is.

    connector: the known shape that was recognised, empty for a local spreadsheet. vintage: date of the data, which is
    not that of the import. nature: given to organisations whose nature no column says.
    cursor: rank of the last row that the preview, then the writing, went past; what a resumed import skips.
    """

    KIND: ClassVar[str] = "import_batch"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("état"), max_length=10, choices=BatchState, default=BatchState.OPENED)
    created_at = models.DateTimeField(_("commencé le"), default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    file = models.FileField(_("fichier"), upload_to="imports/", max_length=200)
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    size = models.PositiveBigIntegerField(_("taille en octets"))
    sha256 = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=120)
    vintage = models.DateField(_("date des données"), null=True, blank=True)
    nature = models.ForeignKey(Nature, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    format = models.CharField(_("format"), max_length=4)
    encoding = models.CharField(_("encodage"), max_length=12, blank=True)
    separator = models.CharField(_("séparateur"), max_length=1, blank=True)
    sheet = models.CharField(_("feuille"), max_length=120, blank=True)
    header_row = models.PositiveIntegerField(_("ligne des titres"), default=0)
    titles = models.JSONField(default=list, blank=True)
    connector = models.CharField(max_length=30, blank=True)
    cursor = models.PositiveIntegerField(default=0)
    read_count = models.PositiveIntegerField(_("lignes lues"), default=0)
    created_count = models.PositiveIntegerField(_("fiches à créer"), default=0)
    linked_count = models.PositiveIntegerField(_("fiches reconnues"), default=0)
    changed_count = models.PositiveIntegerField(_("fiches à relire"), default=0)
    unchanged_count = models.PositiveIntegerField(_("inchangées"), default=0)
    refused_count = models.PositiveIntegerField(_("lignes refusées"), default=0)
    doubtful_count = models.PositiveIntegerField(_("ressemblances"), default=0)
    failure = models.CharField(max_length=30, blank=True)
    failure_details = models.JSONField(default=dict, blank=True)

    COUNTS: ClassVar[tuple[str, ...]] = (
        "read_count", "created_count", "linked_count", "changed_count", "unchanged_count", "refused_count", "doubtful_count",
    )  # fmt: skip

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["territory", "-created_at"], name="opendata_batch_recent")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def key(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return f"{address('opendata:import_list', self.territory.slug)}{self.pk}/"


class ImportColumn(models.Model):
    """A column of a file: the field that it was read as, or why it was not.

    field: name of ours, empty when unread. why: code of the reason for which a known column is left.
    filled_count: cells that say something. aside_count: cells of a read column that were left (a mobile phone...).
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    field = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=30, blank=True)
    example = models.CharField(max_length=120, blank=True)
    filled_count = models.PositiveIntegerField(default=0)
    aside_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "name"], name="opendata_column_once")]

    def __str__(self) -> str:
        return self.name


class RowProblem(models.Model):
    """What was wrong with a row. refuses: the whole row; otherwise one cell was left, and the row taken.

    cells: the row as it was, persons left out, so that it can be corrected and imported again.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("ligne"))
    column = models.CharField(_("colonne"), max_length=300, blank=True)
    value = models.CharField(_("valeur"), max_length=200, blank=True)
    code = models.CharField(max_length=30)
    details = models.JSONField(default=dict, blank=True)
    refuses = models.BooleanField(default=True)
    cells = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "refuses", "row"], name="opendata_problem_row")]

    def __str__(self) -> str:
        return f"{self.row}: {self.code}"


class Resemblance(models.Model):
    """A row that looks like a page, or like an earlier row, without a number that settles it: a person chooses."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="resemblances")
    row = models.PositiveIntegerField(_("ligne"))
    name = models.CharField(_("nom"), max_length=300)
    commune = models.CharField(_("commune"), max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    same_as_row = models.PositiveIntegerField(null=True, blank=True)
    choice = models.CharField(_("décision"), max_length=10, choices=Choice, default=Choice.ASIDE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="opendata_resemblance_once")]

    def __str__(self) -> str:
        return self.name


class OutsideRecord(Referable):
    """What a source says of an organisation: the imported layer. The displayed one is the organisation itself.

    values: fields of ours as the source gave them last. before: those that it gave earlier, field → value, for the
    fields that changed since. raw: the row, without what is about persons. vintage: date of the data.
    """

    KIND: ClassVar[str] = "outside_record"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=120)
    outside_id = models.CharField(_("identifiant chez elle"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, related_name="outside_records", null=True, blank=True
    )
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict, blank=True)
    raw = models.JSONField(default=dict, blank=True)
    vintage = models.DateField(_("date des données"), null=True, blank=True)
    created_in = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, related_name="created", null=True)
    seen_in = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, related_name="seen", null=True)
    made_organisation = models.BooleanField(default=False)
    seen_at = models.DateTimeField(_("vue le"), default=now)

    class Meta:
        verbose_name = _("fiche d'une source")
        verbose_name_plural = _("fiches de sources")
        constraints = [
            models.UniqueConstraint(fields=["territory", "source", "outside_id"], name="opendata_outside_once"),
            Check("opendata_outside_named", ~Q(outside_id=""), _("Une fiche de source a un identifiant.")),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.outside_id}"

    @property
    def key(self) -> str:
        return f"{self.source}:{self.outside_id}"[:100]


class RememberedColumns(models.Model):
    """How a person matched the columns of a kind of file, for the next one. signature: SHA-256 of its header."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    mapping: Any = models.JSONField(default=dict)
    source = models.CharField(max_length=120, blank=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["territory", "signature"], name="opendata_columns_once")]

    def __str__(self) -> str:
        return self.signature
