"""How many organisations there are of each kind and place: what facets and maps of a country are counted from."""

from django.conf import settings
from django.db import models

from terreau.kernel.enums import Visibility
from terreau.kernel.models.base import RecordQuerySet


class Tally(models.Model):
    """So many organisations of one nature, scale, theme and visibility in one tile of the map.

    Triggers of the database keep it, whoever writes the organisations (`services.tallies`): nothing else writes here.
    Several rows may say the same thing, of which the sum is right: always read sums.
    level, cell: a tile (`pure.cells`), one of LEVELS; at level 0, cell 0 is the whole territory, what has no point too.
    theme: None counts each organisation once; a theme counts those that bear it.
    longitude_sum, latitude_sum: in degrees, over the organisations counted; of no meaning at level 0.
    """

    LEVELS = (0, 8, 11, 13)

    territory = models.ForeignKey(
        settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    level = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    visibility = models.CharField(max_length=10, choices=Visibility)
    is_archived = models.BooleanField()
    nature_id = models.UUIDField()
    scale_id = models.UUIDField(null=True)
    theme_id = models.UUIDField(null=True)
    count = models.IntegerField()
    longitude_sum = models.FloatField()
    latitude_sum = models.FloatField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "level", "theme_id", "cell", "visibility", "is_archived", "nature_id", "scale_id"],
                name="directory_tally_of",
            )
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.cell}: {self.count}"


class YearTally(models.Model):
    """So many organisations of one nature, scale, theme and visibility whose life is bounded in one year.

    Kept as `Tally` is. An organisation is left out at a date when it surely starts later or has surely ended before,
    and never both, so that two short sums, taken from the whole territory, say how many there are at a date.
    is_end: False counts by the first day on which it may start (`start_earliest`), True by the last on which it may end
    (`end_latest`); those that have none are not here, as nothing leaves them out.
    """

    territory = models.ForeignKey(
        settings.TERREAU_TENANT, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    is_end = models.BooleanField()
    year = models.SmallIntegerField()
    visibility = models.CharField(max_length=10, choices=Visibility)
    is_archived = models.BooleanField()
    nature_id = models.UUIDField()
    scale_id = models.UUIDField(null=True)
    theme_id = models.UUIDField(null=True)
    count = models.IntegerField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=[
                    "territory", "is_end", "year", "visibility", "is_archived", "nature_id", "scale_id", "theme_id", "count",
                ],
                name="directory_yeartally_of",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{'-' if self.is_end else ''}{self.year}{'' if self.is_end else '-'}: {self.count}"
