"""Who changed what, when, from what to what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.kernel.clock import now


class AuditEvent(models.Model):
    """One change, chained to the one before it in the same territory by SHA-256; written once, never edited.

    It names accounts and records by identifier only, so it can be kept when a person or a record is erased.
    chain: the UUID of the territory, or INSTANCE for what concerns no territory (accounts, administrators).
    """

    INSTANCE = "instance"

    chain = models.CharField(max_length=36)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("quand"), default=now)
    actor_id = models.UUIDField(_("compte"), null=True)
    action = models.CharField(_("action"), max_length=60)
    kind = models.CharField(max_length=30, blank=True)
    record_id = models.UUIDField(null=True)
    key = models.CharField(max_length=100, blank=True)
    changes = models.JSONField(_("changements"), default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="kernel_audit_sequence"),
        ]
        indexes = [models.Index(fields=["kind", "record_id"], name="kernel_audit_of")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
