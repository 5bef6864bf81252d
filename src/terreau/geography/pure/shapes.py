"""Polygons of communes: read from GeoJSON, measured, simplified, and given a point that is truly inside.

A shape is a multipolygon: polygons, each an outer ring then its holes, each ring closed (first position repeated).
Positions are (longitude, latitude) in degrees. Source of the format: RFC 7946, sections 3.1 and 5.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from math import hypot, isfinite, radians, sin

from terreau.geography.pure.projection import EARTH_RADIUS_KM, Box, Point, box_of, kilometres_from

Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Shape = tuple[Polygon, ...]

EAST_END, POLE = 180, 90  # degrees
SHORTEST_RING = 4  # a triangle, closed
SMALLEST_SURFACE = 1e-10  # square degrees, about one square metre
DECIMALS = 5  # about one metre


class Flaw(StrEnum):
    """Why a geometry cannot be used; the words for people are in services."""

    MISSING = "missing"
    NOT_A_SURFACE = "not_a_surface"
    MALFORMED = "malformed"
    NOT_DEGREES = "not_degrees"
    EMPTY = "empty"


class ShapeError(ValueError):
    """A geometry that cannot be used, with its flaw."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def read_position(raw: object) -> Point:
    """Read a GeoJSON position, leaving out its altitude. Raises ShapeError."""
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) < 2:  # noqa: PLR2004 -- longitude, latitude
        raise ShapeError(Flaw.MALFORMED)
    longitude, latitude = raw[0], raw[1]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in (longitude, latitude)):
        raise ShapeError(Flaw.MALFORMED)
    if not (isfinite(longitude) and isfinite(latitude) and abs(longitude) <= EAST_END and abs(latitude) <= POLE):
        raise ShapeError(Flaw.NOT_DEGREES)
    return float(longitude), float(latitude)


def read_point(raw: object) -> Point:
    """Read a GeoJSON Point. Raises ShapeError."""
    if not isinstance(raw, Mapping) or raw.get("type") != "Point":
        raise ShapeError(Flaw.MALFORMED)
    return read_position(raw.get("coordinates"))


def read_shape(raw: object) -> Shape:
    """Read a GeoJSON Polygon or MultiPolygon; an open ring is closed. Raises ShapeError, also for a nil surface."""
    if raw is None:
        raise ShapeError(Flaw.MISSING)
    if not isinstance(raw, Mapping):
        raise ShapeError(Flaw.MALFORMED)
    if raw.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ShapeError(Flaw.NOT_A_SURFACE)
    coordinates = raw.get("coordinates")
    polygons = [coordinates] if raw["type"] == "Polygon" else coordinates
    shape = tuple(tuple(_read_ring(ring) for ring in _items(polygon)) for polygon in _items(polygons))
    surfaces = tuple(polygon for polygon in shape if _has_surface(polygon))
    if not surfaces:
        raise ShapeError(Flaw.EMPTY)
    return surfaces


def _items(raw: object) -> Sequence[object]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        raise ShapeError(Flaw.MALFORMED)
    return raw


def _read_ring(raw: object) -> Ring:
    ring = tuple(read_position(position) for position in _items(raw))
    closed = ring if ring[0] == ring[-1] else (*ring, ring[0])
    if len(closed) < SHORTEST_RING:
        raise ShapeError(Flaw.MALFORMED)
    return closed


def as_geojson(shape: Shape) -> dict[str, object]:
    """Write the shape as a GeoJSON geometry with its `bbox`: a Polygon when it is in one piece, at five decimals."""
    polygons = [[[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring] for ring in polygon] for polygon in shape]
    box = box_around(shape)
    return {
        "type": "Polygon" if len(polygons) == 1 else "MultiPolygon",
        "bbox": [round(value, DECIMALS) for value in (box.west, box.south, box.east, box.north)],
        "coordinates": polygons[0] if len(polygons) == 1 else polygons,
    }


def box_around(shape: Shape) -> Box:
    """Return the bounding box, in degrees. Raises ShapeError when the shape is empty."""
    box = box_of(position for polygon in shape for position in polygon[0])
    if box is None:
        raise ShapeError(Flaw.EMPTY)
    return box


def area_km2(shape: Shape) -> float:
    """Return the surface in square kilometres, holes taken out.

    Shoelace formula on Lambert's cylindrical equal-area projection (Snyder 1987, chapter 10), which keeps surfaces.
    """
    return sum(_polygon_area(polygon) for polygon in shape)


def _polygon_area(polygon: Polygon) -> float:
    outer, *holes = [abs(_ring_area(ring)) for ring in polygon]
    return outer - sum(holes)


def _has_surface(polygon: Polygon) -> bool:
    """Whether the polygon is more than a line, measured in degrees: a straight line stays straight there."""
    base_x, base_y = polygon[0][0]
    flat = [(x - base_x, y - base_y) for x, y in polygon[0]]
    return (
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(flat))) > SMALLEST_SURFACE
        and _polygon_area(polygon) > 0
    )


def _ring_area(ring: Ring) -> float:
    flat = [
        (radians(longitude - ring[0][0]), sin(radians(latitude)) - sin(radians(ring[0][1])))
        for longitude, latitude in ring
    ]
    return EARTH_RADIUS_KM**2 * sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(flat)) / 2


def contains(shape: Shape, point: Point) -> bool:
    """Whether the point is inside, by the even-odd rule; a point exactly on a border may be said either way."""
    return any(_polygon_contains(polygon, point) for polygon in shape)


def _polygon_contains(polygon: Polygon, point: Point) -> bool:
    return sum(crossing > point[0] for crossing in _crossings(polygon, point[1])) % 2 == 1


def _crossings(polygon: Polygon, latitude: float) -> Iterator[float]:
    """Give the longitudes where the borders cross a parallel; each vertex belongs to the edge above it only."""
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                yield x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)


def point_inside(shape: Shape) -> Point:
    """Return a point inside the largest polygon: its centroid when that is inside, else the middle of its widest band.

    Bands are cut halfway between two successive vertices' latitudes, so the point never lies on a horizontal border.
    Raises ShapeError when the shape is empty.
    """
    if not shape:
        raise ShapeError(Flaw.EMPTY)
    polygon = max(shape, key=_polygon_area)
    centroid = _centroid(polygon)
    if centroid is not None and _polygon_contains(polygon, centroid):
        return centroid
    latitudes = sorted({latitude for ring in polygon for _, latitude in ring})
    bands: list[tuple[float, Point]] = []
    for low, high in pairwise(latitudes):
        latitude = (low + high) / 2
        crossings = sorted(_crossings(polygon, latitude))
        bands += [
            (east - west, ((west + east) / 2, latitude))
            for west, east in zip(crossings[::2], crossings[1::2], strict=True)
        ]
    if not bands:
        raise ShapeError(Flaw.EMPTY)
    return max(bands)[1]


def _centroid(polygon: Polygon) -> Point | None:
    """Return the centroid in degrees, holes taken out (Bourke 1988); None when the surface is nil."""
    base_x, base_y = polygon[0][0]
    area = x_sum = y_sum = 0.0
    for rank, ring in enumerate(polygon):
        ring_area = ring_x = ring_y = 0.0
        for (x1, y1), (x2, y2) in pairwise((x - base_x, y - base_y) for x, y in ring):
            cross = x1 * y2 - x2 * y1
            ring_area += cross
            ring_x += (x1 + x2) * cross
            ring_y += (y1 + y2) * cross
        turn = (1 if ring_area >= 0 else -1) * (1 if rank == 0 else -1)
        area, x_sum, y_sum = area + turn * ring_area, x_sum + turn * ring_x, y_sum + turn * ring_y
    return None if area == 0 else (base_x + x_sum / (3 * area), base_y + y_sum / (3 * area))


def simplified(shape: Shape, *, tolerance_m: float) -> Shape:
    """Return the shape with fewer vertices, none of the lost ones farther than the tolerance from the new border.

    Douglas and Peucker (1973). Holes and islands that shrink to nothing are left out, the largest polygon never is.
    For drawing only: two neighbours are simplified apart, and their common border may differ by the tolerance.
    """
    origin = box_around(shape).middle
    largest = max(shape, key=_polygon_area)
    kept = []
    for polygon in shape:
        outer, *holes = [_simplified_ring(ring, origin, tolerance_m / 1000) for ring in polygon]
        if outer is not None:
            kept.append((outer, *(hole for hole in holes if hole is not None)))
        elif polygon is largest:
            kept.append(polygon)
    return tuple(kept)


def _simplified_ring(ring: Ring, origin: Point, tolerance_km: float) -> Ring | None:
    flat = [kilometres_from(origin, position) for position in ring]
    farthest = max(range(len(ring)), key=lambda index: hypot(flat[index][0] - flat[0][0], flat[index][1] - flat[0][1]))
    kept = {0, farthest, len(ring) - 1}
    spans = [(0, farthest), (farthest, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:  # noqa: PLR2004 -- nothing in between
            continue
        distance, index = max(
            (_distance(flat[index], flat[first], flat[last]), index) for index in range(first + 1, last)
        )
        if distance > tolerance_km:
            kept.add(index)
            spans += [(first, index), (index, last)]
    result = tuple(ring[index] for index in sorted(kept))
    return result if len(result) >= SHORTEST_RING and abs(_ring_area(result)) > 0 else None


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance from a point to a segment, in the unit of the plane (kilometres here)."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x**2 + along_y**2
    share = 0.0 if length == 0 else ((point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y) / length
    share = min(1.0, max(0.0, share))
    return hypot(point[0] - start[0] - share * along_x, point[1] - start[1] - share * along_y)
