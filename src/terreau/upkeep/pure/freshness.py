"""How fresh a page is: when someone last said or wrote something true, whom was asked, and who stayed silent."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["fresh", "to_review", "silent"]
LETTERS_APART = dt.timedelta(days=7)
"""Never two letters in a week about one record, whatever the path."""


@dataclass(frozen=True)
class Touched:
    """touched_on: last day on which someone kept the page true. asked_on: day of the last letter, None for none."""

    touched_on: dt.date
    asked_on: dt.date | None = None


def months_before(day: dt.date, months: int) -> dt.date:
    """Give the same day some months earlier, or the last one of a shorter month: 31 March less one is 28 February."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def state_of(page: Touched, *, day: dt.date, months: int, silent_after: int) -> State:
    """Say how a page stands on a day.

    fresh: touched less than `months` ago. silent: a letter left more than `silent_after` days ago, and nobody touched
    the page since. to_review: neither.
    """
    if page.touched_on > months_before(day, months):
        return "fresh"
    if page.asked_on and page.asked_on >= page.touched_on and (day - page.asked_on).days > silent_after:
        return "silent"
    return "to_review"
