"""Periods whose ends are imprecise dates, and where a day stands in them.

Source: domain.md, "Period". With a start that falls within [ES, LS] and an end that falls within [EE, LE], a day d is
*certain* iff LS <= d <= EE, *possible* iff ES <= d <= LE (and not certain), else *outside*.

A missing end has two meanings, as in EDTF. *Open* (`..`): there is no limit on that side, so days far that way are
certain. *Not known* (nothing): there is a limit, nobody said which, so no day of the period is certain and all that way
are possible.
"""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import total_ordering

from terreau.kernel.pure.edtf import OPEN, Edtf, EdtfError, ErrorCode, parse, surely_after


@total_ordering
class Presence(Enum):
    """Whether something was there: ordered from outside to certain, so `min` and `max` are "and" and "or"."""

    OUTSIDE = "outside"
    POSSIBLE = "possible"
    CERTAIN = "certain"

    def __lt__(self, other: object) -> bool:
        """Order as declared."""
        if not isinstance(other, Presence):
            return NotImplemented
        ranks = list(Presence)
        return ranks.index(self) < ranks.index(other)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The four days that decide; what a table stores when queries must answer `at`.

    earliest_start, latest_end: an open or unknown end reaches the end of the calendar on its side.
    latest_start, earliest_end: None when that end is not known. As NULL in SQL, `latest_start <= :d AND
    :d <= earliest_end` is then never true, which is what certain means; possible is
    `earliest_start <= :d AND :d <= latest_end`.
    """

    earliest_start: dt.date
    latest_start: dt.date | None
    earliest_end: dt.date | None
    latest_end: dt.date

    def at(self, day: dt.date) -> Presence:
        """Tell where a day stands."""
        return _presence(self, day, day)


@dataclass(frozen=True, slots=True)
class Period:
    """From a start to an end, both imprecise.

    start, end: one date, never an interval. None is an end that is not known, unless start_open or end_open says that
    there is none. `Period()` is a period of which nothing is said: every day is possible.
    """

    start: Edtf | None = None
    end: Edtf | None = None
    start_open: bool = False
    end_open: bool = False

    def __post_init__(self) -> None:
        """Refuse an end that is both given and open: a mistake of the program, not of a person."""
        if (self.start and self.start_open) or (self.end and self.end_open):
            message = "an end of a period is a date or open, not both"
            raise ValueError(message)

    @classmethod
    def of(cls, start: str = "", end: str = "") -> "Period":
        """Make a checked period from two texts: EDTF, `..` for open, nothing for not known. Raises EdtfError."""
        first, last = start.strip(), end.strip()
        period = cls(
            start=parse(first) if first not in {"", OPEN} else None,
            end=parse(last) if last not in {"", OPEN} else None,
            start_open=first == OPEN,
            end_open=last == OPEN,
        )
        period.check()
        return period

    @classmethod
    def from_interval(cls, interval: str | Edtf) -> "Period":
        """Make a checked period from `2016/2021`, `2021/..`, `/2021`...

        A single date starts and ends within itself: certain for a day, only possible for the days of a month or a year.
        Raises EdtfError.
        """
        text = str(interval).strip()
        if text.count("/") == 1 and not {*text.split("/")} - {"", OPEN}:
            return cls.of(*text.split("/"))
        value = parse(text)
        if not value.is_interval:
            return cls(value, value)
        return cls(value.start, value.end, value.start_open, value.end_open)

    def __str__(self) -> str:
        """Return the EDTF text; `from_interval` reads it back. With neither end known it is a bare slash."""
        first = OPEN if self.start_open else str(self.start or "")
        last = OPEN if self.end_open else str(self.end or "")
        return f"{first}/{last}"

    @property
    def order_key(self) -> tuple[dt.date, dt.date, str]:
        """Sort by first possible day, then by last, then by text; what has no known start comes first."""
        bounds = self.bounds()
        return bounds.earliest_start, bounds.latest_end, str(self)

    def check(self) -> None:
        """Raise EdtfError when the end is surely before the start, or when an end is itself an interval."""
        for end in (self.start, self.end):
            if end and end.is_interval:
                raise EdtfError(str(end), ErrorCode.INTERVAL_AS_BOUND, str(end.start or end.end))
        if self.start and self.end and surely_after(self.start, self.end):
            raise EdtfError(str(self), ErrorCode.START_AFTER_END, f"{self.end}/{self.start}")

    def bounds(self, *, fuzzy: bool = False) -> Bounds:
        """Return the four days that decide. fuzzy: with the tolerance of approximate ends (`edtf.TOLERANCE`)."""
        earliest_start, latest_start = _reach(self.start, fuzzy=fuzzy)
        earliest_end, latest_end = _reach(self.end, fuzzy=fuzzy)
        return Bounds(
            earliest_start=earliest_start or dt.date.min,
            latest_start=dt.date.min if self.start_open else latest_start,
            earliest_end=dt.date.max if self.end_open else earliest_end,
            latest_end=latest_end or dt.date.max,
        )

    def at(self, day: dt.date, *, fuzzy: bool = False) -> Presence:
        """Tell where a day stands. fuzzy: "about 2001" then makes fewer days certain and more days possible."""
        return self.bounds(fuzzy=fuzzy).at(day)

    def during(self, when: Edtf, *, fuzzy: bool = False) -> Presence:
        """Tell whether the period has a day in common with the whole span of a date: with "2019", some day of 2019.

        An end of `when` that is open has no limit; one that is not known counts for possible, and for certain only as
        far as its other end.
        """
        bounds = self.bounds(fuzzy=fuzzy)
        widest = _presence(bounds, when.earliest or dt.date.min, when.latest or dt.date.max)
        first = when.end.earliest if when.end and not when.start and not when.start_open else when.earliest
        last = when.start.latest if when.start and not when.end and not when.end_open else when.latest
        surely = _presence(bounds, first or dt.date.min, last or dt.date.max)
        return surely if surely is Presence.CERTAIN else min(widest, Presence.POSSIBLE)

    def overlaps(self, other: "Period", *, fuzzy: bool = False) -> Presence:
        """Tell whether both periods have a day in common: each must start before the other ends.

        Certain does not need a day that is certain in both: what happened within 2016 surely met what ran from 2010
        to 2020.
        """
        one, two = self.bounds(fuzzy=fuzzy), other.bounds(fuzzy=fuzzy)
        if one.earliest_start > two.latest_end or two.earliest_start > one.latest_end:
            return Presence.OUTSIDE
        if not (one.latest_start and one.earliest_end and two.latest_start and two.earliest_end):
            return Presence.POSSIBLE
        meet = one.latest_start <= two.earliest_end and two.latest_start <= one.earliest_end
        return Presence.CERTAIN if meet else Presence.POSSIBLE

    def intersection(self, other: "Period", *, fuzzy: bool = False) -> Bounds | None:
        """Return the time that both share, None when they cannot meet.

        As bounds, for the later of `2019` and `2019-05` has no EDTF text. On any day it is worth the lesser of both.
        """
        one, two = self.bounds(fuzzy=fuzzy), other.bounds(fuzzy=fuzzy)
        start, end = max(one.earliest_start, two.earliest_start), min(one.latest_end, two.latest_end)
        if start > end:
            return None
        return Bounds(
            earliest_start=start,
            latest_start=max(one.latest_start, two.latest_start) if one.latest_start and two.latest_start else None,
            earliest_end=min(one.earliest_end, two.earliest_end) if one.earliest_end and two.earliest_end else None,
            latest_end=end,
        )


def _presence(bounds: Bounds, first: dt.date, last: dt.date) -> Presence:
    """Tell whether some day from first to last, both included, is within the bounds of a start and an end in order."""
    if not (bounds.earliest_start <= last and first <= bounds.latest_end):
        return Presence.OUTSIDE
    if bounds.latest_start is None or bounds.earliest_end is None:
        return Presence.POSSIBLE
    return Presence.CERTAIN if bounds.latest_start <= last and first <= bounds.earliest_end else Presence.POSSIBLE


def _reach(end: Edtf | None, *, fuzzy: bool) -> tuple[dt.date | None, dt.date | None]:
    if end is None:
        return None, None
    return (end.fuzzy_earliest, end.fuzzy_latest) if fuzzy else (end.earliest, end.latest)
