"""Claims on pages, letters that ask whether a page is still true, and the marks that stop abuse."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.kernel.clock import now
from terreau.kernel.constraints import Check
from terreau.kernel.models import Referable
from terreau.territory.models import Territory
from terreau.upkeep.enums import WAITING, Answer, ClaimState


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> Self:
        """Keep those that the team has to decide."""
        return self.filter(state=ClaimState.OPEN)


class Claim(Referable):
    """Someone asks to keep the page of an organisation. Private: the team reads it, nobody else.

    user: the account that asks; None for an address without one, whose link carries a secret kept as its SHA-256.
    domain_matches: whether the address is of the structure's own domain (`pure.domains`).
    """

    KIND: ClassVar[str] = "claim"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    email = models.EmailField(_("courriel"))
    message = models.TextField(_("en quelques mots"), blank=True)
    domain_matches = models.BooleanField(_("domaine concordant"), default=False)
    language = models.CharField(max_length=5, default="fr")
    secret_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=ClaimState, default=ClaimState.UNVERIFIED)
    created_at = models.DateTimeField(_("reçue le"), default=now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("raison"), blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de gestion")
        verbose_name_plural = _("demandes de gestion")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(state__in=WAITING), name="upkeep_one_open_claim"
            ),
            Check(
                "upkeep_claim_decided",
                Q(state__in=WAITING, decided_at=None) | (~Q(state__in=WAITING) & Q(decided_at__isnull=False)),
                _("Une décision porte une date, et une date suppose une décision."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "state", "-domain_matches", "created_at"], name="upkeep_claim_queue"),
            models.Index(fields=["secret_hash"], name="upkeep_claim_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @property
    def key(self) -> str:
        return str(self.pk)


class Watch(models.Model):
    """When a page was last asked about: the row that two workers contend for, one for each organisation.

    reminded_at: when the last letter about it was claimed; moved by one guarded UPDATE, before the letter leaves.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="watch")
    reminded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.organisation_id)


class Reminder(Referable):
    """One page asked about in a letter to one address. Its links work once, and until `expires_at`."""

    KIND: ClassVar[str] = "reminder"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(_("courriel"))
    sent_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("rappel")
        verbose_name_plural = _("rappels")
        constraints = [
            Check(
                "upkeep_reminder_answered",
                Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                _("Une réponse porte une date, et une date suppose une réponse."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-sent_at"], name="upkeep_reminder_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.sent_at}"


class StoppedAddress(models.Model):
    """An address that asked for no more reminders from a territory; only its SHA-256 is kept."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64)
    stopped_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["territory", "address_hash"], name="upkeep_stopped_once")]

    def __str__(self) -> str:
        return self.address_hash


class Tally(models.Model):
    """How many times one sender (hashed) did one thing in one hour: shared by all workers, kept for two days."""

    mark = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "hour"], name="upkeep_one_tally")]

    def __str__(self) -> str:
        return f"{self.mark} {self.hour}"
