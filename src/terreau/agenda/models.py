"""Events that brought people together, and what came of them."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.agenda.enums import EventSort, EventState, OutcomeSort
from terreau.directory.models import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.enums import Certainty
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Part, Record, RecordQuerySet, alive_at


class EventQuerySet(RecordQuerySet):
    def at(self, day: dt.date) -> Self:
        """Keep the events that certainly or possibly take place at `day`, undated ones included."""
        return self.filter(alive_at(day, "when", "when"))


class Event(Record):
    """A fair, a visit, a training, a meeting.

    when: one EDTF value, a date or a stretch of time; None when no source says it.
    participants, audience: as the source puts them. state: empty when told as held.
    The figures that a source gives are told by links of role `figure`.
    """

    KIND: ClassVar[str] = "event"

    name = models.CharField(_("nom"), max_length=300)
    other_names = models.JSONField(_("autres noms"), default=list, blank=True)
    sort = models.CharField(_("type"), max_length=25, choices=EventSort)
    state = models.CharField(_("statut"), max_length=10, choices=EventState, blank=True)
    when = EdtfField(_("date"))
    place = models.CharField(_("lieu"), max_length=300, blank=True)
    organisers = models.ManyToManyField(
        Organisation, related_name="events", blank=True, verbose_name=_("organisateurs")
    )
    organisers_certainty = models.CharField(
        _("certitude sur les organisateurs"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED
    )
    participants = models.TextField(_("participants"), blank=True)
    audience = models.TextField(_("public"), blank=True)
    formats = models.JSONField(_("formats"), default=list, blank=True)
    summary = models.TextField(_("résumé"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = EventQuerySet.as_manager()  # type: ignore[misc]  # a wider manager than that of Record

    class Meta(Record.Meta):
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        indexes = [models.Index(fields=["territory", "when_earliest", "when_latest"], name="agenda_event_when")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("agenda:home", self.territory.slug) + f"#{self.key}"

    @property
    def year(self) -> int | None:
        """Give the first year in which the event may take place; None when no source dates it."""
        return self.when.earliest.year if self.when and self.when.earliest else None


class EventOutcome(Part):
    """Something that came of an event, for an organisation when one is named."""

    KIND: ClassVar[str] = "event_outcome"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="outcomes")
    sort = models.CharField(_("type"), max_length=15, choices=OutcomeSort)
    beneficiary = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="event_outcomes",
        null=True,
        blank=True,
        verbose_name=_("bénéficiaire"),
    )
    summary = models.TextField(_("résumé"))
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)

    def __str__(self) -> str:
        return self.summary
