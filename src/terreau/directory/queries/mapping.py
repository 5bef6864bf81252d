"""What the map of the directory is drawn from: points where there is room, groups elsewhere, for one window at a time.

A group is a tile of the web map, so the answer stays small whatever the country: the finer the zoom, the finer the
tiles. Whole countries are read from the tallies; the last zooms, and questions that tallies do not hold, from the
organisations of the window.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum, Value
from django.urls import reverse

from terreau.directory.enums import PointOrigin
from terreau.directory.models import Tally
from terreau.directory.pure.cells import LEVEL, Window, count_over, range_of, ranges_over
from terreau.directory.pure.families import family_of
from terreau.directory.queries.matching import Asked, ask
from terreau.directory.queries.wanted import Wanted
from terreau.geography.models import Shape
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import PerimeterCommune, Territory

WORLD = Window(-180, -85, 180, 85)
MOST_POINTS = 250
"""Organisations of a window that are shown one by one."""
MOST_LONE = 50
"""Groups of one that are named among larger ones."""
MOST_GROUPS = 1200
"""Tiles of a window, beyond which coarser ones are taken."""
MOST_NAMED = 25
"""Organisations of one place that its bubble names; the list has the others."""
FINER = 3
"""Levels between the zoom and the tiles that group: a tile of a group is 64 pixels wide."""
UNZOOMED = 8
SHAPES_AT_MOST = 150_000
"""Bytes of outlines: beyond, communes are points."""


@dataclass(frozen=True, slots=True)
class Group:
    """So many organisations of one tile, around one point. town: a commune among theirs, empty when not known."""

    cell: int
    count: int
    longitude: float
    latitude: float
    town: str = ""


def map_of(reader: Actor, territory: Territory, wanted: Wanted, window: Window | None, zoom: int) -> dict[str, Any]:
    """Give what a window of the map shows, as a GeoJSON FeatureCollection under 200 kB.

    window: None for all that answers, wherever it is. zoom: that of the web map, 0 to 22.
    Two or three queries, and those of the search.
    Its features have a `kind`: "group" (`count`; come nearer), "place" (`count`, some at one point, the first `names`)
    or "one" (`name`, `url`). `total` counts the organisations of the window, `bbox` holds them.
    """
    asked = ask(reader, territory, wanted)
    seen = window or WORLD
    level = min(LEVEL, zoom + FINER) if window else UNZOOMED
    while count_over(seen, level) > MOST_GROUPS and level > 0 and window:
        level -= 1
    groups = _groups(asked, seen if window else None, level)
    total = sum(group.count for group in groups)
    if total <= MOST_POINTS:
        features = _points(territory, wanted, _rows(asked, seen if window else None))
    else:
        features = _grouped(asked, groups, level)
    return {"type": "FeatureCollection", "bbox": _around(features), "total": total, "features": features}


def _groups(asked: Asked, window: Window | None, level: int) -> list[Group]:
    wanted = asked.wanted
    tallied = not (wanted.q or wanted.when or "commune" in wanted.chosen)
    if tallied and level <= max(Tally.LEVELS):
        return _tallied(asked, window, level, next(known for known in Tally.LEVELS if known >= max(level, 1)))
    rows: QuerySet[Any] = asked.rows().exclude(cell=None).order_by()
    shifted = F("cell").bitrightshift(2 * (LEVEL - level)) if level < LEVEL else F("cell")
    parts = [
        some.values(tile=shifted).annotate(
            number=Count("pk"), x=Sum("longitude"), y=Sum("latitude"), town=Max("commune_code")
        )
        for some in _within(rows, window, LEVEL)
    ]
    return _joined(parts)


def _tallied(asked: Asked, window: Window | None, level: int, known: int) -> list[Group]:
    rows = Tally.objects.of(asked.territory).visible_to(asked.reader).filter(level=known)
    if not asked.wanted.with_archived:
        rows = rows.filter(is_archived=False)
    words = asked.words or {}
    rows = (
        rows.filter(theme_id__in=[word.pk for word in words["theme"]])
        if "theme" in words
        else rows.filter(theme_id=None)
    )
    for name, column in (("nature", "nature_id"), ("echelle", "scale_id")):
        if name in words:
            rows = rows.filter(**{f"{column}__in": [word.pk for word in words[name]]})
    shifted = F("cell").bitrightshift(2 * (known - level)) if level < known else F("cell")
    parts = [
        some.order_by()
        .values(tile=shifted)
        .annotate(number=Sum("count"), x=Sum("longitude_sum"), y=Sum("latitude_sum"), town=Value(""))
        for some in _within(rows, window, known)
    ]
    return _joined(parts)


def _within(rows: QuerySet[Any], window: Window | None, level: int) -> list[QuerySet[Any]]:
    """Cut rows in the ranges of tiles that cover a window, one part for each: together in one query, each an index.

    Joined by "or", the planner of SQLite would sometimes rather read everything.
    """
    if window is None:
        return [rows]
    return [rows.filter(cell__range=span) for span in ranges_over(window, of=level)]


def _together(parts: Sequence[QuerySet[Any, Any]]) -> Any:
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _joined(parts: Sequence[QuerySet[Any, Any]]) -> list[Group]:
    """Read groups; a tile that is in several parts is one group."""
    sums: dict[int, list[Any]] = {}
    for row in _together(parts):
        known = sums.setdefault(row["tile"], [0, 0.0, 0.0, ""])
        known[0] += row["number"]
        known[1] += row["x"]
        known[2] += row["y"]
        known[3] = max(known[3], row["town"])
    return [Group(tile, count, x / count, y / count, town) for tile, (count, x, y, town) in sums.items() if count > 0]


def _rows(asked: Asked, window: Window | None) -> Iterable[Any]:
    return _lean(_within(asked.rows().exclude(cell=None), window, LEVEL))


def _lean(parts: Sequence[QuerySet[Any]]) -> Iterable[Any]:
    """Read what a point says, by name. One query."""
    columns = (
        "key", "name", "name_folded", "nature__name", "nature__key", "legal_category", "longitude", "latitude", "point_origin",
        "commune", "commune_code",
    )  # fmt: skip
    rows = _together([part.order_by().values_list(*columns, named=True) for part in parts])
    return sorted(rows, key=lambda row: (row.name_folded, row.key))


def _points(territory: Territory, wanted: Wanted, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Show organisations one by one, those of one point together."""
    together: Mapping[tuple[float, float], list[Any]] = defaultdict(list)
    for row in rows:
        together[row.longitude, row.latitude].append(row)
    return [_point(territory, wanted, there) for there in together.values()]


def _point(territory: Territory, wanted: Wanted, there: Sequence[Any]) -> dict[str, Any]:
    names = [_one(territory, row) for row in there[:MOST_NAMED]]
    first = there[0]
    is_town = all(row.point_origin == PointOrigin.COMMUNE for row in there)
    if len(there) == 1:
        return _feature(first.longitude, first.latitude, kind="one", commune=first.commune, is_town=is_town, **names[0])
    more = _list_of(territory, wanted, first.commune_code) if len(there) > MOST_NAMED else ""
    return _feature(
        first.longitude, first.latitude, kind="place", count=len(there), commune=first.commune, is_town=is_town,
        names=names, more=more,
    )  # fmt: skip


def _one(territory: Territory, row: Any) -> dict[str, Any]:
    url = reverse("directory:organisation_detail", kwargs={"territory": territory.slug, "key": row.key})
    return {
        "name": row.name, "url": url, "nature": row.nature__name,
        "family": family_of(row.nature__key, row.legal_category),
    }  # fmt: skip


def _grouped(asked: Asked, groups: list[Group], level: int) -> list[dict[str, Any]]:
    """Show groups, and by their name a few that are alone in their tile."""
    lone = [group for group in groups if group.count == 1]
    named: list[dict[str, Any]] = []
    if 0 < len(lone) <= MOST_LONE:
        spans = [range_of(group.cell, level) for group in lone]
        parts = [asked.rows().filter(cell__range=span) for span in spans]
        named = _points(asked.territory, asked.wanted, _lean(parts))
        groups = [group for group in groups if group.count != 1]
    features = []
    for group in groups:
        if level == LEVEL and group.count > 1:
            more = _list_of(asked.territory, asked.wanted, group.town)
            said = {"kind": "place", "count": group.count, "names": [], "more": more, "commune": "", "is_town": False}
            features.append(_feature(group.longitude, group.latitude, **said))
        else:
            features.append(_feature(group.longitude, group.latitude, kind="group", count=group.count))
    return [*features, *named]


def _list_of(territory: Territory, wanted: Wanted, town: str) -> str:
    """Give the address of the list that holds what a bubble has no room for."""
    address = reverse("directory:organisation_list", kwargs={"territory": territory.slug})
    narrowed = {"commune": (town,)} if town else {}
    query = Wanted(
        q=wanted.q, chosen={**wanted.chosen, **narrowed}, when=wanted.when, typed_date=wanted.typed_date,
        with_archived=wanted.with_archived, order=wanted.order,
    ).query  # fmt: skip
    return f"{address}?{query}" if query else address


def _feature(longitude: float, latitude: float, **said: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]}
    return {"type": "Feature", "geometry": point, "properties": said}


def _around(features: list[dict[str, Any]]) -> list[float] | None:
    points = [feature["geometry"]["coordinates"] for feature in features]
    if not points:
        return None
    across, up = [point[0] for point in points], [point[1] for point in points]
    return [min(across), min(up), max(across), max(up)]


def communes_of(territory: Territory) -> dict[str, Any]:
    """Give the communes of the perimeter as a GeoJSON FeatureCollection: their outline when known, and a named point.

    Two queries. Outlines are left out as a whole when they weigh more than SHAPES_AT_MOST.
    """
    towns = list(PerimeterCommune.objects.filter(perimeter__territory=territory).order_by("-population", "name", "pk"))
    shapes = list(Shape.objects.filter(code__in=[town.code for town in towns]).order_by("code"))
    features: list[dict[str, Any]] = [
        {"type": "Feature", "geometry": shape.geojson, "properties": {"kind": "outline", "code": shape.code}}
        for shape in shapes
    ]
    if sum(len(str(feature)) for feature in features) > SHAPES_AT_MOST:
        features = []
    features += [
        _feature(float(town.longitude), float(town.latitude), kind="town", code=town.code, name=town.name)
        for town in towns
        if town.longitude is not None and town.latitude is not None
    ]
    sources = sorted({" ".join(filter(None, (shape.source, shape.vintage))) for shape in shapes})
    return {"type": "FeatureCollection", "source": ", ".join(sources), "features": features}
