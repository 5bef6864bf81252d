"""A scale of time that gives room to full years: every year keeps its place in order, and is as wide as it needs.

Within a year, days are even. Long runs of years in which nothing starts are compressed, and the picture says so.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from typing import Final

EMPTY_YEAR: Final = 6.0
FOR_EACH: Final = 13.0
"""Pixels that each mark adds to the year where it starts."""
FULL_YEAR: Final = 185.0
LONG_RUN: Final = 12
"""Years without anything after which they are compressed."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """From days to pixels. first: the first year; edges: where each year starts, and where the last one ends.

    compressed: runs of years (first, last) drawn narrower than the others.
    """

    first: int
    edges: tuple[float, ...]
    compressed: tuple[tuple[int, int], ...] = ()

    @property
    def last(self) -> int:
        """The last year."""
        return self.first + len(self.edges) - 2

    @property
    def start(self) -> float:
        return self.edges[0]

    @property
    def end(self) -> float:
        return self.edges[-1]

    def width_of(self, year: int) -> float:
        return self.edges[year - self.first + 1] - self.edges[year - self.first]

    def x(self, day: dt.date | None) -> float:
        """Give the place of the start of a day; days outside of the scale stand at its ends, and None at the start."""
        if day is None or day.year < self.first:
            return self.start
        if day.year > self.last:
            return self.end
        place = day.year - self.first
        days = 366 if _is_leap(day.year) else 365
        share = (day.timetuple().tm_yday - 1) / days
        return self.edges[place] + share * (self.edges[place + 1] - self.edges[place])

    def x_after(self, day: dt.date | None) -> float:
        """Give the place of the end of a day; None stands at the end."""
        return self.end if day is None or day == dt.date.max else self.x(day + dt.timedelta(days=1))

    def year_at(self, x: float) -> int:
        """Give the year drawn at a place."""
        return min(max(self.first + bisect_right(self.edges, x) - 1, self.first), self.last)


def scale_for(
    first: int, last: int, starts: Mapping[int, int], *, left: float = 0.0, narrowest: float = 0.0
) -> TimeScale:
    """Make the scale of the years first to last, both included.

    starts: for each year, how many marks start there. left: where the first year starts.
    narrowest: least width of the whole, in pixels; a narrower scale is stretched.
    """
    widths: list[float] = []
    compressed: list[tuple[int, int]] = []
    year = first
    while year <= last:
        run = 0
        while year + run <= last and not starts.get(year + run):
            run += 1
        if run > LONG_RUN:
            widths += [(EMPTY_YEAR * LONG_RUN + 6 * sqrt(run - LONG_RUN)) / run] * run
            compressed.append((year, year + run - 1))
        else:
            widths += [EMPTY_YEAR] * run
        year += run
        if year <= last:
            widths.append(min(EMPTY_YEAR + FOR_EACH * starts[year], FULL_YEAR))
            year += 1
    stretch = max(1.0, narrowest / sum(widths))
    edges = accumulate((width * stretch for width in widths), initial=left)
    return TimeScale(first, tuple(edges), tuple(compressed))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
