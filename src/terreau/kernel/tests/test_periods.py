import datetime as dt

import pytest
from hypothesis import given

from terreau.kernel.pure.edtf import Edtf, EdtfError, ErrorCode, parse
from terreau.kernel.pure.periods import Period, Presence
from terreau.kernel.testing.strategies import days, edtf_dates, edtfs, periods

OUTSIDE, POSSIBLE, CERTAIN = Presence.OUTSIDE, Presence.POSSIBLE, Presence.CERTAIN


def at(interval: str, day: str) -> Presence:
    return Period.from_interval(interval).at(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("interval", "day", "presence"),
    [
        ("2016/2021", "2015-12-31", OUTSIDE),
        ("2016/2021", "2016-01-01", POSSIBLE),
        ("2016/2021", "2016-12-30", POSSIBLE),
        ("2016/2021", "2016-12-31", CERTAIN),
        ("2016/2021", "2021-01-01", CERTAIN),
        ("2016/2021", "2021-01-02", POSSIBLE),
        ("2016/2021", "2021-12-31", POSSIBLE),
        ("2016/2021", "2022-01-01", OUTSIDE),
        ("2016/2016", "2016-06-01", POSSIBLE),
        ("2018-11-17/2018-11-17", "2018-11-17", CERTAIN),
        ("2021/..", "2020-12-31", OUTSIDE),
        ("2021/..", "2021-06-01", POSSIBLE),
        ("2021/..", "9999-12-31", CERTAIN),
        ("2021/", "2020-12-31", OUTSIDE),
        ("2021/", "2030-01-01", POSSIBLE),
        ("2021/", "9999-12-31", POSSIBLE),
        ("../2021", "0001-01-01", CERTAIN),
        ("../2021", "2021-06-01", POSSIBLE),
        ("../2021", "2022-01-01", OUTSIDE),
        ("/2021", "0001-01-01", POSSIBLE),
        ("/2021", "2021-01-01", POSSIBLE),
        ("/2021", "2022-01-01", OUTSIDE),
        ("/", "2021-01-01", POSSIBLE),
        ("/..", "2021-01-01", POSSIBLE),
        ("../", "2021-01-01", POSSIBLE),
        ("../..", "2021-01-01", CERTAIN),
    ],
)
def test_a_day_is_certain_possible_or_outside(interval: str, day: str, presence: Presence) -> None:
    assert at(interval, day) is presence


def test_tolerance_makes_fewer_days_certain_and_more_possible() -> None:
    period = Period.from_interval("2001~/..")
    read = {day: (period.at(day), period.at(day, fuzzy=True)) for day in (dt.date(2000, 6, 1), dt.date(2002, 6, 1))}

    assert read == {dt.date(2000, 6, 1): (OUTSIDE, POSSIBLE), dt.date(2002, 6, 1): (CERTAIN, POSSIBLE)}


@pytest.mark.parametrize(
    ("interval", "when", "presence"),
    [
        ("2016/2021", "2015", OUTSIDE),
        ("2016/2021", "2016", CERTAIN),
        ("2016/2021", "2016-05", POSSIBLE),
        ("2016/2021", "2018", CERTAIN),
        ("2016/2021", "201X", CERTAIN),
        ("2016/2021", "2021-24", POSSIBLE),
        ("2016/2021", "2010/2012", OUTSIDE),
        ("2016/2021", "2010/..", CERTAIN),
        ("2016/2021", "2010/", POSSIBLE),
        ("2016/2021", "2018/", CERTAIN),
        ("2016/2021", "/2030", POSSIBLE),
        ("2016/2021", "/2018", CERTAIN),
        ("2016/2021", "../2015", OUTSIDE),
        ("2016/", "2018", POSSIBLE),
    ],
)
def test_a_period_is_present_at_some_time_of_a_date(interval: str, when: str, presence: Presence) -> None:
    assert Period.from_interval(interval).during(parse(when)) is presence


@pytest.mark.parametrize(
    ("one", "two", "presence"),
    [
        ("2010/2014", "2015/2020", OUTSIDE),
        ("2010/2014", "2014/2020", POSSIBLE),
        ("2010/2015", "2014/2020", CERTAIN),
        ("2016/2016", "2010/2020", CERTAIN),
        ("2016/..", "../2020", CERTAIN),
        ("2016/", "2018/2020", POSSIBLE),
        ("2016/", "2010/2015", OUTSIDE),
    ],
)
def test_two_periods_overlap_as_surely_as_their_ends_allow(one: str, two: str, presence: Presence) -> None:
    first, second = Period.from_interval(one), Period.from_interval(two)

    assert (first.overlaps(second), second.overlaps(first)) == (presence, presence)


def test_presences_are_ordered_from_outside_to_certain() -> None:
    assert sorted([CERTAIN, OUTSIDE, POSSIBLE]) == [OUTSIDE, POSSIBLE, CERTAIN]


def test_a_period_is_made_of_two_texts() -> None:
    made = [Period.of("2016", "2021"), Period.of("2016", ".."), Period.of("", "2021"), Period.of()]

    assert made == [
        Period(parse("2016"), parse("2021")),
        Period(parse("2016"), end_open=True),
        Period(end=parse("2021")),
        Period(),
    ]


def test_a_date_that_is_no_interval_starts_and_ends_within_itself() -> None:
    assert Period.from_interval("2019") == Period(parse("2019"), parse("2019"))


def test_an_end_before_its_start_is_refused_in_both_languages() -> None:
    with pytest.raises(EdtfError) as caught:
        Period(parse("2021"), parse("2016")).check()

    error = caught.value
    assert (error.code, error.value, error.suggestion) == (ErrorCode.START_AFTER_END, "2021/2016", "2016/2021")
    assert error.fr == '"2021/2016" commence après sa fin ; écrire le début avant la fin : "2016/2021".'
    assert error.en == '"2021/2016" starts after its end; write the start before the end: "2016/2021".'


def test_an_interval_is_no_end_of_a_period() -> None:
    with pytest.raises(EdtfError) as caught:
        Period.of("2016/2018", "2021")

    assert (caught.value.code, caught.value.suggestion) == (ErrorCode.INTERVAL_AS_BOUND, "2016")


def test_an_end_cannot_be_given_and_open() -> None:
    with pytest.raises(ValueError, match="not both"):
        Period(start=parse("2016"), start_open=True)


@pytest.mark.parametrize("text", ["2016/2018/2021", "", "demain", "2021/2016", "2016/demain"])
def test_a_period_that_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(EdtfError):
        Period.from_interval(text)


def test_periods_sort_by_first_possible_day_then_by_last() -> None:
    texts = ["2019/..", "2019/2020", "2018-05/2018-06", "../2017", "2019-03/2019-04"]

    ordered = sorted(map(Period.from_interval, texts), key=lambda period: period.order_key)

    assert [str(period) for period in ordered] == [
        "../2017",
        "2018-05/2018-06",
        "2019/2020",
        "2019/..",
        "2019-03/2019-04",
    ]


@given(periods())
def test_a_period_written_then_read_is_equal(period: Period) -> None:
    assert Period.from_interval(str(period)) == period


@given(periods(), days())
def test_a_certain_day_is_a_possible_day(period: Period, day: dt.date) -> None:
    bounds = period.bounds()
    possible = bounds.earliest_start <= day <= bounds.latest_end

    assert (period.at(day) >= POSSIBLE) == possible
    assert period.at(day) is not CERTAIN or possible


@given(periods(), days(), days(), days())
def test_presence_rises_then_falls(period: Period, one: dt.date, two: dt.date, three: dt.date) -> None:
    before, between, after = sorted([one, two, three])

    assert period.at(between) >= min(period.at(before), period.at(after))


@given(periods(), days())
def test_tolerance_never_adds_certainty_nor_removes_possibility(period: Period, day: dt.date) -> None:
    literal, fuzzy = period.at(day), period.at(day, fuzzy=True)

    assert not (fuzzy is CERTAIN and literal is not CERTAIN)
    assert not (literal is not OUTSIDE and fuzzy is OUTSIDE)


@given(periods(), days())
def test_during_one_day_is_at_that_day(period: Period, day: dt.date) -> None:
    assert period.during(parse(day.isoformat())) is period.at(day)


@given(periods(), days())
def test_a_longer_time_is_at_least_as_present(period: Period, day: dt.date) -> None:
    year = f"{day.year:04}"
    longer = [day.isoformat(), f"{year}-{day.month:02}", year, year[:3] + "X", year[:2] + "XX"]

    found = [period.during(parse(text)) for text in longer]

    assert found == sorted(found)


@given(periods(), edtfs())
def test_presence_during_a_date_never_fails(period: Period, when: Edtf) -> None:
    assert period.during(when, fuzzy=True) in Presence


@given(periods(), periods(), days())
def test_on_any_day_an_intersection_is_worth_the_lesser_of_both(one: Period, two: Period, day: dt.date) -> None:
    shared = one.intersection(two)

    assert (shared.at(day) if shared else OUTSIDE) is min(one.at(day), two.at(day))
    assert one.intersection(two) == two.intersection(one)


@given(periods(), periods())
def test_periods_that_cannot_meet_share_nothing(one: Period, two: Period) -> None:
    assert (one.overlaps(two) is OUTSIDE) == (one.intersection(two) is None)
    assert one.overlaps(two) is two.overlaps(one)


@given(periods(), periods(), days())
def test_a_day_certain_in_both_makes_the_overlap_certain(one: Period, two: Period, day: dt.date) -> None:
    assert one.overlaps(two) >= min(one.at(day), two.at(day))


@given(edtf_dates(), days())
def test_a_start_said_with_less_precision_is_never_more_certain(start: Edtf, day: dt.date) -> None:
    exact = Period.of(str(start.earliest), "..")
    loose = Period(start, end_open=True)

    assert loose.at(day) <= exact.at(day)
