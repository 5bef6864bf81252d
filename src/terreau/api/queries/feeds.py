"""What the feeds tell: the public organisations of a territory, in a fixed number of queries whatever their number.

Organisations, and beside them their names, numbers and themes, are read as streams in the same order: nothing is kept
in memory but the organisation being told. An archived organisation is memory, one merged into another is told by that
one: neither is here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Length, LTrim
from django.utils.timezone import localtime

from terreau.api.pure import data_inclusion
from terreau.api.pure.gogocarto import NATURE, THEME, Box
from terreau.api.pure.listed import Listed, Point, Word
from terreau.directory.models import Identifier, Nature, Organisation, OrganisationName
from terreau.kernel.clock import now, today
from terreau.kernel.enums import Visibility
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import VISITOR
from terreau.territory.models import PerimeterCommune, Territory, Theme

CHUNK = 1000
"""Rows that the database hands over at a time."""


@dataclass(frozen=True)
class State:
    """How fresh a territory is. mark: changes whenever a feed may change; changed_at: when it last may have."""

    mark: str
    changed_at: dt.datetime


@dataclass(frozen=True)
class FeedsPage:
    """What a territory publishes. base: host of the site, without a final slash, for the addresses to copy.

    total: organisations of the whole public directory. structures, excluded: those that data·inclusion takes, or not.
    """

    base: str
    total: int
    structures: int
    excluded: int


def feeds_page(territory: Territory, base: str) -> FeedsPage:
    """One query."""
    told, left_out = how_many_are_sayable(territory)
    return FeedsPage(base, told + left_out, told, left_out)


def state_of(territory: Territory) -> State:
    """Tell the last change of a territory, by its audit: whatever changes is written there. One query.

    A feed also changes by itself at midnight: an organisation whose end is past leaves it.
    """
    last = (
        AuditEvent.objects.filter(chain=str(territory.pk)).order_by("-sequence").values_list("sequence", "at").first()
    )
    midnight = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    sequence, at = last or (0, midnight)
    return State(f"{sequence} {today()}", max(at, midnight))


def everyone(territory: Territory) -> QuerySet[Any]:
    """Give the whole public directory, oldest record first. No query by itself."""
    rows: QuerySet[Any] = Organisation.objects.of(territory).visible_to(VISITOR)
    return rows.filter(archived_on=None, merged_into=None).select_related("nature", "scale").order_by("pk")


def living(territory: Territory) -> QuerySet[Any]:
    """Give those that have a name and are not surely over. No query by itself."""
    return everyone(territory).filter(_not_ended(), is_anonymous=False)


def sayable(territory: Territory) -> QuerySet[Any]:
    """Give those that data·inclusion takes. No query by itself."""
    return _measured(living(territory)).filter(name_length__gte=data_inclusion.SHORTEST_NAME)


def unsayable(territory: Territory) -> QuerySet[Any]:
    """Give those that it does not. No query by itself."""
    rows = _measured(everyone(territory))
    short = Q(name_length__lt=data_inclusion.SHORTEST_NAME)
    return rows.filter(Q(is_anonymous=True) | Q(end_latest__lt=today()) | short)


def exclusions(territory: Territory, rows: QuerySet[Any]) -> Iterator[tuple[str, str, str, data_inclusion.Excluded]]:
    """Give the key, the name, the page and the reason of each of those left out. One query."""
    for row in rows.iterator(chunk_size=CHUNK):
        row.territory = territory
        has_ended = row.end_latest is not None and row.end_latest < today()
        why = data_inclusion.why_excluded(is_anonymous=row.is_anonymous, has_ended=has_ended)
        yield row.key, row.name, row.get_absolute_url(), why


def how_many_are_sayable(territory: Territory) -> tuple[int, int]:
    """Count those that data·inclusion takes, and those that it does not. One query."""
    counts = _measured(everyone(territory)).aggregate(
        told=Count("pk", filter=_not_ended() & Q(is_anonymous=False, name_length__gte=data_inclusion.SHORTEST_NAME)),
        total=Count("pk"),
    )
    return counts["told"], counts["total"] - counts["told"]


def within(rows: QuerySet[Any], boxes: Iterable[Box], middles: dict[str, Point]) -> QuerySet[Any]:
    """Keep what stands in one of the boxes, by its own point or by the middle of its commune."""
    wanted = Q(pk=None)
    for west, south, east, north in boxes:
        inside = [
            name
            for name, point in middles.items()
            if west <= point.longitude <= east and south <= point.latitude <= north
        ]
        wanted |= Q(longitude__gte=west, longitude__lte=east, latitude__gte=south, latitude__lte=north)
        wanted |= Q(longitude=None, commune_code__in=inside)
        wanted |= Q(longitude=None, commune_code="", commune__in=inside)
    return rows.filter(wanted)


def having(rows: QuerySet[Any], options: Iterable[str]) -> QuerySet[Any]:
    """Keep what has one of the options of the taxonomy (`theme-mobilite`, `nature-association`)."""
    chosen = [option.partition("-") for option in options]
    themes = [key for sort, _hyphen, key in chosen if sort == THEME]
    natures = [key for sort, _hyphen, key in chosen if sort == NATURE]
    tagged = Organisation.themes.through._default_manager.filter(
        theme__key__in=themes, theme__visibility=Visibility.PUBLIC
    )
    kept = Q(nature__key__in=natures, nature__visibility=Visibility.PUBLIC)
    return rows.filter(kept | Q(pk__in=tagged.values("organisation_id")))


def middles_of(territory: Territory) -> dict[str, Point]:
    """Give the point of each commune of the perimeter, by its INSEE code and by its name. One query."""
    found = PerimeterCommune.objects.filter(perimeter__territory=territory, perimeter__visibility=Visibility.PUBLIC)
    middles = {}
    for code, name, longitude, latitude in found.values_list("code", "name", "longitude", "latitude"):
        if longitude is not None and latitude is not None:
            middles[code] = middles[name] = Point(float(longitude), float(latitude), data_inclusion.OF_A_COMMUNE)
    return middles


def vocabulary(territory: Territory) -> tuple[list[Word], list[Word]]:
    """Give the public natures and themes, in the order of the dossier. Two queries."""
    natures, themes = (
        [Word(key, name) for key, name in rows.in_order().values_list("key", "name")]
        for rows in (model.objects.of(territory).visible_to(VISITOR) for model in (Nature, Theme))
    )
    return natures, themes


def listed(territory: Territory, rows: QuerySet[Any]) -> Iterator[Listed]:
    """Tell organisations one by one, in the order of their primary key. Four queries, whatever their number.

    rows: ordered by primary key; may be a slice.
    """
    chosen = rows.values("pk")
    names = _Beside(
        OrganisationName.objects.filter(organisation__in=chosen)
        .order_by("organisation_id", "position", "pk")
        .values_list("organisation_id", "name")
    )
    numbers = _Beside(
        Identifier.objects.filter(_not_ended(), organisation__in=chosen)
        .order_by("organisation_id", "position", "pk")
        .values_list("organisation_id", "scheme", "value")
    )
    themes = _Beside(
        Organisation.themes.through._default_manager.filter(
            organisation__in=chosen, theme__visibility=Visibility.PUBLIC
        )
        .order_by("organisation_id", "theme__name", "pk")
        .values_list("organisation_id", "theme__key", "theme__name")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        row.territory = territory
        yield _listed(row, names.of(row.pk), numbers.of(row.pk), themes.of(row.pk))


class _Beside:
    """Rows of parts, read once beside the records that own them, in the same order."""

    def __init__(self, rows: QuerySet[Any, tuple[Any, ...]]) -> None:
        self._groups = groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0))
        self._owner: UUID | None = UUID(int=0)
        self._parts: list[tuple[Any, ...]] = []

    def of(self, pk: UUID) -> list[tuple[Any, ...]]:
        """Give the parts of a record, without its key. Records must be asked for in order."""
        while self._owner is not None and self._owner < pk:
            self._owner, group = next(self._groups, (None, ()))
            self._parts = [part[1:] for part in group]
        return self._parts if self._owner == pk else []


def _listed(row: Any, names: list[Any], numbers: list[Any], themes: list[Any]) -> Listed:
    return Listed(
        key=row.key, path=row.get_absolute_url(), name=row.name, other_names=tuple(name for (name,) in names),
        is_anonymous=row.is_anonymous, nature=_word(row.nature), nature_is_deduced=row.nature_is_deduced, scale=_word(row.scale),
        themes=tuple(Word(key, name) for key, name in themes), numbers=tuple(numbers), start=str(row.start or ""), end=str(row.end or ""),
        address=row.address, postcode=row.postcode, commune=row.commune, commune_code=row.commune_code,
        point=None if row.longitude is None else Point(row.longitude, row.latitude, row.point_origin), summary=row.summary,
        description=row.description, activities=tuple(row.activities), email=row.email, telephone=row.telephone, site=row.site,
        created_at=row.created_at, updated_at=row.updated_at, confirmed_on=row.confirmed_on,
    )  # fmt: skip


def _word(term: Any) -> Word | None:
    return Word(term.key, term.name) if term and term.visibility == Visibility.PUBLIC else None


def _not_ended() -> Q:
    return Q(end_latest=None) | Q(end_latest__gte=today())


def _measured(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add the length of the name as `data_inclusion.sayable_name` leaves it."""
    trimmed = Func(LTrim("name"), Value(" ."), function="RTRIM")
    return rows.annotate(name_length=Length(trimmed, output_field=IntegerField()))
