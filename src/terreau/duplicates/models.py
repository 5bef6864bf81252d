"""Pairs that look like one structure, what was decided on them, and the merges with all that they moved."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.duplicates.enums import State
from terreau.kernel.addresses import address
from terreau.kernel.clock import now
from terreau.kernel.constraints import Check
from terreau.kernel.models import Referable


class Candidate(Referable):
    """Two organisations that may be one. The pair has no order: the smaller UUID is first.

    score: between 0 and 1 (`pure.weighing`); reasons: [code, degree] in order; group: records tied by open pairs, to be
    looked at one after the other. decided_score: the score when someone decided, so that a search tells whether the
    records changed much since.
    """

    KIND: ClassVar[str] = "duplicate_candidate"

    territory = models.ForeignKey(settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("raisons"), default=list)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.UUIDField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_score = models.FloatField(null=True, blank=True, editable=False)
    found_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("doublon possible")
        verbose_name_plural = _("doublons possibles")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicates_one_pair"),
            Check(
                "duplicates_pair_in_order",
                Q(first__lt=F("second")),
                _("Une paire relie deux fiches, la plus ancienne d'abord."),
            ),
            Check("duplicates_score", Q(score__gte=0, score__lte=1), _("Un score est entre 0 et 1.")),
            Check(
                "duplicates_decided_has_date",
                Q(state=State.OPEN, decided_at=None) | Q(decided_at__isnull=False) & ~Q(state=State.OPEN),
                _("Une décision porte une date, et une date suppose une décision."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "state", "-score"], name="duplicates_by_score")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Merge(Referable):
    """Several organisations became one: which, when, by whom; undone or not. It outlives the records that it names.

    result, key, name: the new record, by UUID, since undoing takes it out. originals: what each was, in the order
    chosen: id, key, name, visibility. result_version: that of the new record when it was made.
    """

    KIND: ClassVar[str] = "organisation_merge"

    territory = models.ForeignKey(settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+")
    result = models.UUIDField(editable=False)
    result_version = models.PositiveIntegerField(default=1, editable=False)
    key = models.SlugField(_("identifiant"), max_length=100)
    name = models.CharField(_("nom"), max_length=300)
    originals = models.JSONField(_("fiches réunies"), default=list)
    merged_by = models.UUIDField(null=True, blank=True, editable=False)
    merged_at = models.DateTimeField(default=now, editable=False)
    undone_by = models.UUIDField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("fusion")
        verbose_name_plural = _("fusions")
        indexes = [models.Index(fields=["territory", "-merged_at"], name="duplicates_merge_when")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return address("duplicates:merge_detail", self.territory.slug, str(self.pk))


class MergeStep(models.Model):
    """One gesture of a merge on one row, kept so that it can be undone (`kernel.repointing.Step`)."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveIntegerField()
    did = models.CharField(max_length=6)
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=60, blank=True)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["merge", "place"], name="duplicates_step_place")]

    def __str__(self) -> str:
        return f"{self.did} {self.table} {self.row} {self.column}"
