"""What sources disagree on, and what nobody has said yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.kernel.addresses import address
from terreau.kernel.enums import Certainty, DisputeKind, DisputeOrigin, OpenState, Severity
from terreau.kernel.models.base import Part, Record
from terreau.kernel.models.sources import Source


class Dispute(Record):
    """A knot: statements that do not agree, kept side by side. What it bears on is told by links of role `object`."""

    KIND: ClassVar[str] = "dispute"

    subject = models.CharField(_("sujet"), max_length=300)
    sort = models.CharField(_("type"), max_length=20, choices=DisputeKind)
    severity = models.CharField(_("gravité"), max_length=10, choices=Severity)
    origin = models.CharField(_("origine"), max_length=15, choices=DisputeOrigin)
    reading = models.TextField(
        _("lecture proposée"), blank=True, help_text=_("Interprétation, jamais substituée aux énoncés.")
    )
    state = models.CharField(_("état"), max_length=10, choices=OpenState, default=OpenState.OPEN)

    class Meta(Record.Meta):
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return address("directory:doubts", self.territory.slug) + f"#{self.key}"


class Statement(Part):
    """One of the statements of a dispute, with its own source, page and value as stated."""

    KIND: ClassVar[str] = "statement"

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField(_("énoncé"))
    value = models.CharField(_("valeur énoncée"), max_length=300, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    locator = models.CharField(_("page"), max_length=60, blank=True)
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)

    def __str__(self) -> str:
        return self.text


class Gap(Record):
    """Something not known yet: what, about which records (links of role `object`), whom to ask, then the answer."""

    KIND: ClassVar[str] = "gap"

    subject = models.CharField(_("sujet"), max_length=300)
    ask = models.CharField(_("à demander à"), max_length=300, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=OpenState, default=OpenState.OPEN)
    answer = models.TextField(_("réponse"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("lacune")
        verbose_name_plural = _("lacunes")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return address("directory:doubts", self.territory.slug) + f"#{self.key}"
