"""Bodies: where people sit together, who sits there, what bodies become; and how governance changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation, Person
from terreau.governance.enums import Becoming, BodySort, BodyState
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.enums import Certainty
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Dated, Part, Record
from terreau.territory.models import SpecialPerimeter, Theme


class Body(Record, Dated):
    """A committee, a working group, a jury, a collective: a place where organisations and people sit.

    organisation: whose body it is, with its own certainty; organisation_itself: the organisation that the directory
    holds for the body, when it has one. state: what a source says of it, empty when nothing but its dates is said.
    """

    KIND: ClassVar[str] = "body"

    name = models.CharField(_("nom"), max_length=300)
    other_names = models.JSONField(_("autres noms"), default=list, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bodies", verbose_name=_("organisation")
    )
    organisation_certainty = models.CharField(
        _("certitude du rattachement"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED
    )
    organisation_itself = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="as_body",
        null=True,
        blank=True,
        verbose_name=_("dans l'annuaire"),
    )
    sort = models.CharField(_("type"), max_length=30, choices=BodySort)
    state = models.CharField(_("statut"), max_length=12, choices=BodyState, blank=True)
    purpose = models.TextField(_("rôle"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="bodies", blank=True, verbose_name=_("thèmes"))
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("instance")
        verbose_name_plural = _("instances")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "governance_planned_has_no_end",
                ~Q(state=BodyState.PLANNED) | Q(end=""),
                _("Une instance en projet n'a pas de fin."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("governance:home", self.territory.slug) + f"#{self.key}"


class Seat(Part):
    """Who sits in a body: an organisation, a person, one on behalf of the other, or a college said in words."""

    KIND: ClassVar[str] = "seat"

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="seats", null=True, blank=True
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats", null=True, blank=True)
    college = models.TextField(_("collectif"), blank=True)
    capacity = models.CharField(_("qualité"), max_length=300, blank=True)
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)
    start = EdtfField(_("début"))
    end = EdtfField(_("fin"))

    class Meta(Part.Meta):
        constraints = [
            *Dated.Meta.constraints,
            Check(
                "governance_seat_is_taken",
                Q(organisation__isnull=False) | Q(person__isnull=False) | ~Q(college=""),
                _("Un siège revient à une organisation, à une personne ou à un collectif."),
            ),
        ]

    def __str__(self) -> str:
        return self.college or self.capacity


class Succession(Part):
    """What a body became; the body or organisation that came of it is told by a link of role `successor`."""

    KIND: ClassVar[str] = "body_succession"

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="successions")
    sort = models.CharField(_("type"), max_length=20, choices=Becoming)
    when = EdtfField(_("date"))
    note = models.TextField(_("note"), blank=True)

    def __str__(self) -> str:
        return self.get_sort_display()


class HubFunction(Record):
    """A function that the territorial hub (PTCE) fulfils, and over which area when it is said."""

    KIND: ClassVar[str] = "hub_function"

    name = models.CharField(_("nom"), max_length=300)
    perimeter = models.ForeignKey(
        SpecialPerimeter, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("périmètre")
    )

    class Meta(Record.Meta):
        verbose_name = _("fonction du pôle")
        verbose_name_plural = _("fonctions du pôle")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("governance:home", self.territory.slug) + f"#{self.key}"


class GovernanceChange(Record):
    """A turn in how the territory governs its social economy, and the bodies concerned."""

    KIND: ClassVar[str] = "governance_change"

    when = EdtfField(_("date"))
    summary = models.TextField(_("résumé"))
    bodies = models.ManyToManyField(Body, related_name="changes", blank=True, verbose_name=_("instances"))

    class Meta(Record.Meta):
        verbose_name = _("évolution de la gouvernance")
        verbose_name_plural = _("évolutions de la gouvernance")

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return address("governance:home", self.territory.slug) + f"#{self.key}"
