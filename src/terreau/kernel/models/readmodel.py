"""The read model that all apps share: derived from the records, rebuilt by `terreau reindex`, never edited."""

from django.conf import settings
from django.db import models
from django.db.models import F

from terreau.kernel.enums import Certainty, Visibility
from terreau.kernel.fields import EdtfField
from terreau.kernel.models.base import RecordQuerySet


class Entry(models.Model):
    """How a record is called, found and reached: one row for each record that has something to show.

    names: folded names, acronyms and variants, one per line; body: folded text. Both feed the search index
    (`kernel.search`), which triggers or generated columns keep in step inside the database.
    weight: rank of the kind among results, 0 first.
    """

    territory = models.ForeignKey(settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    record_id = models.UUIDField()
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=400)
    subtitle = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=400, blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=5)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="kernel_one_entry")]
        indexes = [models.Index(fields=["territory", "kind", "key"], name="kernel_entry_key")]

    def __str__(self) -> str:
        return self.title


class FactQuerySet(RecordQuerySet):
    def chronological(self) -> "FactQuerySet":
        return self.order_by(F("when_earliest").asc(nulls_first=True), F("when_latest").asc(nulls_last=True), "pk")


class Fact(models.Model):
    """What a record says to the timeline, to organisation pages, to reports, signals and feeds.

    what: code of the sort of fact (`kernel.facts.sorts` gives its words); detail: an optional sentence.
    scale, lane: keys of the territory's scales and of the three tracks, empty when the record has none.
    """

    territory = models.ForeignKey(settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    record_id = models.UUIDField()
    what = models.CharField(max_length=50)
    when = EdtfField()
    title = models.CharField(max_length=400)
    detail = models.TextField(blank=True)
    url = models.CharField(max_length=400, blank=True)
    scale = models.CharField(max_length=30, blank=True)
    lane = models.CharField(max_length=30, blank=True)
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["territory", "when_earliest", "when_latest"], name="kernel_fact_when"),
            models.Index(fields=["kind", "record_id"], name="kernel_fact_of"),
        ]

    def __str__(self) -> str:
        return f"{self.when}: {self.title}"


class FactActor(models.Model):
    """Who took part in a fact: an organisation, a body or a person, as (kind, UUID)."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="actors")
    kind = models.CharField(max_length=30)
    record_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["kind", "record_id"], name="kernel_fact_actor")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
