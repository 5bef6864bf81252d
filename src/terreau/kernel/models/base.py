"""What every record of a territory is made of."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.kernel.clock import now
from terreau.kernel.constraints import one_key, period_order
from terreau.kernel.enums import Visibility
from terreau.kernel.fields import EdtfField, EndField, NameField
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.ids import uuid7


def alive_at(day: dt.date, start: str = "start", end: str = "end") -> Q:
    """Match periods that are certain or possible at a day; what is not said does not exclude (domain.md, "Period")."""
    began = Q(**{f"{start}_earliest": None}) | Q(**{f"{start}_earliest__lte": day})
    return began & (Q(**{f"{end}_latest": None}) | Q(**{f"{end}_latest__gte": day}))


class RecordQuerySet(models.QuerySet[Any]):
    """Questions that every record answers. There is no reading without a reader, nor a past without a day."""

    def of(self, territory: Any) -> Self:
        """Keep what belongs to a territory. Given the territory itself, its records know it without asking again."""
        rows = self.filter(territory=territory)
        if isinstance(territory, models.Model):
            # What Django's own related managers do for their rows.
            known = {self.model._meta.get_field("territory"): {territory.pk: territory}}
            rows._known_related_objects = known  # type: ignore[attr-defined]  # noqa: SLF001
        return rows

    def visible_to(self, reader: Actor) -> Self:
        """Keep what `reader` may see: public; members' things for members; team's things for the team; private never.

        Private records are opened one by one by the policy of their app, never by a list.
        """
        if reader.is_anonymous or not reader.roles:
            return self.filter(visibility=Visibility.PUBLIC)
        member_of = [territory for territory in reader.roles if reader.is_member(territory)]
        team_of = [territory for territory in reader.roles if reader.is_in_team(territory)]
        return self.filter(
            Q(visibility=Visibility.PUBLIC)
            | Q(visibility=Visibility.MEMBERS, territory__in=member_of)
            | Q(visibility=Visibility.TEAM, territory__in=team_of)
        )

    def at(self, day: dt.date) -> Self:
        """Keep what certainly or possibly exists at `day`; a model without a period overrides this or is timeless."""
        names = {field.name for field in self.model._meta.get_fields()}
        return self.filter(alive_at(day)) if "start" in names else self

    def in_order(self) -> Self:
        """Sort as the dossier does: by place where one is given, then by key."""
        return self.order_by(F("position").asc(nulls_last=True), "key")

    def update(self, **changes: Any) -> int:
        for name in list(changes):
            field = self.model._meta.get_field(name)
            if isinstance(field, (EdtfField, NameField)):
                changes |= field.derived(changes[name])
        return super().update(**changes)


class Referable(models.Model):
    """Anything that citations, links and facts can point to by (kind, UUID)."""

    KIND: ClassVar[str] = ""
    """Short English name of the kind, unique in the house; it is the address of the record for generic references."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Record(Referable):
    """A row of its own in a territory: a key, a visibility, a version. Every app's main tables derive from it."""

    LINKABLE: ClassVar[bool] = True
    """Whether another record of a dossier may name it by its bare key (vocabularies may not)."""

    territory = models.ForeignKey(
        settings.TERREAU_TENANT, on_delete=models.PROTECT, related_name="+", verbose_name=_("territoire")
    )
    key = models.SlugField(_("identifiant"), max_length=100)
    position = models.PositiveIntegerField(_("rang dans le dossier"), null=True, blank=True, editable=False)
    visibility = models.CharField(_("visibilité"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(default=now, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [one_key()]

    def __str__(self) -> str:
        return str(getattr(self, "name", "") or getattr(self, "title", "") or self.key)

    def get_absolute_url(self) -> str:
        """Give the public page that shows the record, or an empty text when none does."""
        return ""

    @property
    def label(self) -> str:
        return str(self)


class Dated(models.Model):
    """A period of existence: two imprecise dates, either may be unsaid; the end is `..` when it is still going on."""

    start = EdtfField(_("début"))
    end = EndField(_("fin"))

    class Meta:
        abstract = True
        constraints = [period_order()]


class Part(Referable):
    """A row inside an aggregate, ordered; it disappears with its record and has no visibility of its own."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
