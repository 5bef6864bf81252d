"""References between records of apps that do not know one another."""

from django.conf import settings
from django.db import models


class Link(models.Model):
    """A record names another, in a role: a dispute its objects, a plan action its milestone, an ingredient its facts.

    It is a pointer, not a statement: what is dated, sourced or directed between organisations is a tie
    (`directory.Tie`). Both ends are (kind, UUID); `terreau doctor` looks for ends that no longer exist.
    """

    territory = models.ForeignKey(settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+")
    from_kind = models.CharField(max_length=30)
    from_id = models.UUIDField()
    role = models.CharField(max_length=30)
    to_kind = models.CharField(max_length=30)
    to_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_kind", "from_id", "role", "to_kind", "to_id"], name="kernel_one_link"
            ),
        ]
        indexes = [models.Index(fields=["to_kind", "to_id", "role"], name="kernel_link_to")]

    def __str__(self) -> str:
        return f"{self.from_kind} {self.from_id} -{self.role}→ {self.to_kind} {self.to_id}"
