"""Hypothesis strategies that the whole house shares: days, EDTF dates, intervals, periods, and what is no date."""

import datetime as dt

from hypothesis import strategies as st

from terreau.kernel.pure.edtf import OPEN, Edtf, parse, surely_after
from terreau.kernel.pure.periods import Period

MARKS = ("", "", "~", "?", "%")


def days(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[dt.date]:
    """Draw calendar days, both years included."""
    return st.dates(dt.date(first_year, 1, 1), dt.date(last_year, 12, 31))


@st.composite
def edtf_date_texts(draw: st.DrawFn, first_year: int = 1900, last_year: int = 2100, *, marked: bool = True) -> str:
    """Draw the text of a single date, of any precision. marked: with `~`, `?` or `%`, often enough."""
    day = draw(days(first_year, last_year))
    year = f"{day.year:04}"
    shapes = [
        day.isoformat(),
        f"{year}-{day.month:02}",
        year,
        f"{year}-{day.month:02}-XX",
        f"{year}-XX",
        f"{year}-XX-XX",
        f"{year}-{21 + day.month % 4}",
    ]
    shapes += [f"{year[:3]}X"] if day.year >= 10 else []
    shapes += [f"{year[:2]}XX"] if day.year >= 100 else []
    return draw(st.sampled_from(shapes)) + (draw(st.sampled_from(MARKS)) if marked else "")


@st.composite
def edtf_interval_texts(draw: st.DrawFn, first_year: int = 1900, last_year: int = 2100) -> str:
    """Draw the text of an interval, in order, sometimes with an end that is open or not known."""
    texts = edtf_date_texts(first_year, last_year)
    start, end = draw(texts), draw(texts)
    if surely_after(parse(start), parse(end)):
        start, end = end, start
    missing = draw(st.sampled_from(["", OPEN]))
    return draw(st.sampled_from([f"{start}/{end}", f"{start}/{end}", f"{start}/{missing}", f"{missing}/{end}"]))


def edtf_texts(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[str]:
    """Draw any EDTF text that Terreau takes."""
    return edtf_date_texts(first_year, last_year) | edtf_interval_texts(first_year, last_year)


def edtf_dates(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Edtf]:
    """Draw single dates, read."""
    return edtf_date_texts(first_year, last_year).map(parse)


def edtf_intervals(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Edtf]:
    """Draw intervals, read."""
    return edtf_interval_texts(first_year, last_year).map(parse)


def edtfs(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Edtf]:
    """Draw dates and intervals, read."""
    return edtf_texts(first_year, last_year).map(parse)


def periods(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Period]:
    """Draw checked periods, the ones without any end included."""
    without_ends = st.sampled_from(["/", "../..", "../", "/.."])
    return (edtf_texts(first_year, last_year) | without_ends).map(Period.from_interval)


def junk_texts() -> st.SearchStrategy[str]:
    """Draw texts that mostly are no date: anything at all, and things made of the signs and words of dates."""
    words = st.sampled_from([
        "vers ", "c.", "?", "(", "~", "%", "/", "-", "..", "X",
        "20", "2019", "13", "mars ", "été ", " à ", "de ", "depuis ", "e siècle",
    ])  # fmt: skip
    return st.text() | st.text("0123456789X-/.?~%Y ") | st.lists(words, max_size=12).map("".join)
