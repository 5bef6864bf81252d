"""Where a point is, as one number: the tile of the web map that holds it, in Morton order.

A tile of level 16 is at most 611 m wide. Its number interleaves the bits of its column (even places) and of its row
(odd places), so the tile of a coarser level that holds it is a prefix, and all that a tile holds is one range.
Source: OpenStreetMap wiki, "Slippy map tilenames" (spherical Mercator, EPSG:3857); G. M. Morton, IBM, 1966.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, pi, radians, sinh, tan

LEVEL = 16
"""The finest level: that of `Organisation.cell`."""
FURTHEST_NORTH = 85.0511287798066
"""Degrees: where the square map ends."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows, in degrees. west may be greater than east when it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple["Window", ...]:
        """Cut it where the map is cut, at 180°."""
        if self.east - self.west >= 360:  # noqa: PLR2004 -- a whole turn
            return (Window(-180, self.south, 180, self.north),)
        west, east = _turned(self.west), _turned(self.east)
        if west <= east:
            return (Window(west, self.south, east, self.north),)
        return Window(west, self.south, 180, self.north), Window(-180, self.south, east, self.north)

    def holds(self, longitude: float, latitude: float) -> bool:
        return any(part.west <= longitude <= part.east and part.south <= latitude <= part.north for part in self.parts)


def _turned(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180  # noqa: PLR2004 -- degrees


def cell_of(longitude: float, latitude: float, level: int = LEVEL) -> int:
    """Give the number of the tile of a level that holds a point; beyond the edge of the map, the tile at the edge."""
    return _interleaved(*_tile(longitude, latitude, level))


def parent_of(cell: int, level: int, *, of: int = LEVEL) -> int:
    """Give the tile of a coarser level that holds a tile of level `of`."""
    return cell >> 2 * (of - level)


def range_of(cell: int, level: int, *, of: int = LEVEL) -> tuple[int, int]:
    """Give the first and last tiles of level `of` that a tile of a coarser level holds, both included."""
    bits = 2 * (of - level)
    return cell << bits, ((cell + 1) << bits) - 1


def corner_of(cell: int, level: int) -> tuple[float, float]:
    """Give the longitude and latitude of the north-west corner of a tile."""
    column, row = _apart(cell), _apart(cell >> 1)
    return column / 2**level * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * row / 2**level))))


def cells_over(window: Window, level: int) -> Iterator[int]:
    """Give the tiles of a level that a window touches, each once."""
    seen = set()
    for part in window.parts:
        left, top = _tile(part.west, part.north, level)
        right, bottom = _tile(part.east, part.south, level)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (cell := _interleaved(column, row)) not in seen:
                    seen.add(cell)
                    yield cell


def ranges_over(window: Window, *, of: int = LEVEL, most: int = 24) -> list[tuple[int, int]]:
    """Give ranges of tiles of level `of` that cover a window, in order, joined where they touch.

    As tight as `most` tiles of one level allow: they cover at least the window, and may cover more.
    """
    level = 0
    for finer in range(1, of + 1):
        if count_over(window, finer) > most:
            break
        level = finer
    joined: list[tuple[int, int]] = []
    for first, last in sorted(range_of(cell, level, of=of) for cell in cells_over(window, level)):
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def count_over(window: Window, level: int) -> int:
    """Count the tiles of a level that a window touches."""
    count = 0
    for part in window.parts:
        left, top = _tile(part.west, part.north, level)
        right, bottom = _tile(part.east, part.south, level)
        count += (right - left + 1) * (bottom - top + 1)
    return count


def _tile(longitude: float, latitude: float, level: int) -> tuple[int, int]:
    across = 2**level
    north = radians(max(-FURTHEST_NORTH, min(FURTHEST_NORTH, latitude)))
    column = floor((longitude + 180) / 360 * across)
    row = floor((1 - asinh(tan(north)) / pi) / 2 * across) if abs(cos(north)) > 0 else 0
    return max(0, min(across - 1, column)), max(0, min(across - 1, row))


def _interleaved(column: int, row: int) -> int:
    return _spread(column) | _spread(row) << 1


def _spread(value: int) -> int:
    """Put a zero before each of the 16 bits."""
    value = (value | value << 8) & 0x00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F
    value = (value | value << 2) & 0x33333333
    return (value | value << 1) & 0x55555555


def _apart(value: int) -> int:
    """Take one bit of two, from the lowest."""
    value &= 0x55555555
    value = (value | value >> 1) & 0x33333333
    value = (value | value >> 2) & 0x0F0F0F0F
    value = (value | value >> 4) & 0x00FF00FF
    return (value | value >> 8) & 0x0000FFFF
