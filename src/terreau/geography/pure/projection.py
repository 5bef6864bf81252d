"""From longitude and latitude to a flat drawing: boxes, local kilometres, and the frame of a small map.

Equirectangular projection with the standard parallel at the middle of the box (Snyder, "Map Projections: A Working
Manual", USGS 1395, 1987, chapter 12): distances are right to better than one percent over a few hundred kilometres,
which is a territory, not a country.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, radians

EARTH_RADIUS_KM = 6371.0072  # authalic radius of GRS 80

Point = tuple[float, float]  # longitude, latitude, in degrees (WGS 84), in that order, as in GeoJSON


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle around places, in degrees. Does not cross the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Point:
        return (self.west + self.east) / 2, (self.south + self.north) / 2


def box_of(points: Iterable[Point]) -> Box | None:
    """Return the smallest box around the points; None when there is no point."""
    points = list(points)
    if not points:
        return None
    longitudes = [longitude for longitude, _ in points]
    latitudes = [latitude for _, latitude in points]
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def kilometres_from(origin: Point, point: Point) -> tuple[float, float]:
    """Return the point as kilometres east and north of the origin."""
    per_degree = EARTH_RADIUS_KM * pi / 180
    return (point[0] - origin[0]) * per_degree * cos(radians(origin[1])), (point[1] - origin[1]) * per_degree


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of a given width (units), as tall as the box asks, with one margin on the four sides. North is up."""

    box: Box
    width: float
    height: float
    margin: float
    scale: float  # drawing units per kilometre

    def place(self, point: Point) -> tuple[float, float]:
        """Return where the point falls: x to the right, y downwards, in drawing units."""
        east, north = kilometres_from(self.box.middle, point)
        return self.width / 2 + east * self.scale, self.height / 2 - north * self.scale


def frame(box: Box, *, width: float, margin: float, tallest: float) -> Frame:
    """Fit the box in a drawing of this width and at most this height; a single point gets two kilometres around."""
    corner_east, corner_north = kilometres_from(box.middle, (box.east, box.north))
    wide, tall = 2 * corner_east, 2 * corner_north
    if wide == 0 and tall == 0:
        wide = tall = 2.0
    room = width - 2 * margin
    scales = [room / wide] if wide > 0 else []
    if tall > 0:
        scales.append((tallest - 2 * margin) / tall)
    scale = min(scales)
    return Frame(box=box, width=width, height=min(tallest, tall * scale + 2 * margin), margin=margin, scale=scale)
