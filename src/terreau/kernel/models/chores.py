"""What is done once a day, and when it was last done."""

from django.db import models


class Chore(models.Model):
    """A daily piece of work: its name, and the last day for which a worker took it."""

    name = models.CharField(primary_key=True, max_length=60)
    taken_for = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} {self.taken_for}"
