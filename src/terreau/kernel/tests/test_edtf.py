import datetime as dt
import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.kernel.pure.edtf import Edtf, EdtfError, ErrorCode, Precision, from_scalar, parse
from terreau.kernel.testing.strategies import days, edtf_dates, edtf_intervals, edtf_texts, edtfs, junk_texts


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def refusal(text: str) -> EdtfError:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2019", Precision.YEAR, "2019-01-01", "2019-12-31"),
        ("0001", Precision.YEAR, "0001-01-01", "0001-12-31"),
        ("9999", Precision.YEAR, "9999-01-01", "9999-12-31"),
        ("2016-09", Precision.MONTH, "2016-09-01", "2016-09-30"),
        ("2016-02", Precision.MONTH, "2016-02-01", "2016-02-29"),
        ("2018-11-17", Precision.DAY, "2018-11-17", "2018-11-17"),
        ("197X", Precision.DECADE, "1970-01-01", "1979-12-31"),
        ("18XX", Precision.CENTURY, "1800-01-01", "1899-12-31"),
        ("2004-XX", Precision.YEAR, "2004-01-01", "2004-12-31"),
        ("2004-XX-XX", Precision.YEAR, "2004-01-01", "2004-12-31"),
        ("2004-06-XX", Precision.MONTH, "2004-06-01", "2004-06-30"),
        ("2021-21", Precision.SEASON, "2021-03-01", "2021-05-31"),
        ("2021-22", Precision.SEASON, "2021-06-01", "2021-08-31"),
        ("2021-23", Precision.SEASON, "2021-09-01", "2021-11-30"),
        ("2016-24", Precision.SEASON, "2016-12-01", "2017-02-28"),
        ("2019-24", Precision.SEASON, "2019-12-01", "2020-02-29"),
        ("9999-24", Precision.SEASON, "9999-12-01", "9999-12-31"),
        ("2016/2021", Precision.INTERVAL, "2016-01-01", "2021-12-31"),
        ("2004-06-XX/2004-07-03", Precision.INTERVAL, "2004-06-01", "2004-07-03"),
    ],
)
def test_a_date_spans_all_the_days_that_it_may_mean(
    text: str, precision: Precision, earliest: str, latest: str
) -> None:
    value = parse(text)

    assert (value.precision, value.earliest, value.latest) == (precision, day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2001", False, False),
        ("2001~", True, False),
        ("2012?", False, True),
        ("2012%", True, True),
        ("2016-09~", True, False),
        ("2018-11-17?", False, True),
        ("2021-21%", True, True),
        ("197X~", True, False),
        ("2012~/2014", True, False),
        ("2012/2014?", False, True),
        ("2012~/2014?", True, True),
    ],
)
def test_a_mark_at_the_end_qualifies_the_whole_value(text: str, approximate: bool, uncertain: bool) -> None:
    value = parse(text)

    assert (value.approximate, value.uncertain) == (approximate, uncertain)


def test_a_mark_changes_no_literal_day() -> None:
    plain = parse("2001")

    assert [(parse(text).earliest, parse(text).latest) for text in ("2001~", "2001?", "2001%")] == (
        [(plain.earliest, plain.latest)] * 3
    )


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2018-11-17~", "2018-11-10", "2018-11-24"),
        ("2018-01~", "2017-12-01", "2018-02-28"),
        ("2018-21~", "2017-12-01", "2018-08-31"),
        ("2001~", "2000-01-01", "2002-12-31"),
        ("197X~", "1965-01-01", "1984-12-31"),
        ("18XX~", "1775-01-01", "1924-12-31"),
        ("2012~/2014", "2011-01-01", "2014-12-31"),
        ("2012/2014%", "2012-01-01", "2015-12-31"),
        ("0001-01-03~", "0001-01-01", "0001-01-10"),
        ("9999~", "9998-01-01", "9999-12-31"),
        ("2012?", "2012-01-01", "2012-12-31"),
    ],
)
def test_an_approximate_date_reaches_a_little_further(text: str, earliest: str, latest: str) -> None:
    value = parse(text)

    assert (value.fuzzy_earliest, value.fuzzy_latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "start_open", "end_open"),
    [
        ("2021/..", "2021-01-01", None, False, True),
        ("2021/", "2021-01-01", None, False, False),
        ("../2021", None, "2021-12-31", True, False),
        ("/2021", None, "2021-12-31", False, False),
    ],
)
def test_a_missing_end_has_no_day_and_tells_open_from_unknown(
    text: str, earliest: str | None, latest: str | None, start_open: bool, end_open: bool
) -> None:
    value = parse(text)

    assert value.earliest == (day(earliest) if earliest else None)
    assert value.latest == (day(latest) if latest else None)
    assert (value.start_open, value.end_open) == (start_open, end_open)
    assert (value.fuzzy_earliest, value.fuzzy_latest) == (value.earliest, value.latest)


def test_the_parts_of_a_date_stay_apart() -> None:
    parts = [
        (v.year, v.month, v.day, v.season, v.unspecified)
        for v in map(parse, ("2018-11-17", "2021-21", "2004-XX", "18XX"))
    ]

    assert parts == [
        (2018, 11, 17, None, None),
        (2021, None, None, 21, None),
        (2004, None, None, None, Precision.MONTH),
        (1800, None, None, None, None),
    ]


def test_an_interval_keeps_its_two_dates() -> None:
    value = parse("2012~/2014-05?")

    assert (value.is_interval, value.start, value.end) == (True, parse("2012~"), parse("2014-05?"))


def test_spaces_around_a_date_do_not_count() -> None:
    assert str(parse("  2019\n")) == "2019"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ErrorCode.EMPTY),
        ("   ", ErrorCode.EMPTY),
        ("demain", ErrorCode.NOT_EDTF),
        ("19", ErrorCode.NOT_EDTF),
        ("٢٠١٩", ErrorCode.NOT_EDTF),
        ("XXXX", ErrorCode.NOT_EDTF),
        ("1X7X", ErrorCode.NOT_EDTF),
        ("197X-05", ErrorCode.NOT_EDTF),
        ("2004-XX-12", ErrorCode.NOT_EDTF),
        ("2004~-06", ErrorCode.NOT_EDTF),
        ("[2004,2006]", ErrorCode.NOT_EDTF),
        ("2016/2018/2021", ErrorCode.NOT_EDTF),
        ("2018-11-17T10:00:00Z", ErrorCode.NOT_EDTF),
        ("2019-00", ErrorCode.NO_SUCH_MONTH),
        ("2019-13", ErrorCode.NO_SUCH_MONTH),
        ("2019-25", ErrorCode.NO_SUCH_MONTH),
        ("2019-21-05", ErrorCode.NO_SUCH_MONTH),
        ("2019-02-29", ErrorCode.NO_SUCH_DAY),
        ("2019-02-00", ErrorCode.NO_SUCH_DAY),
        ("2016/2019-04-31", ErrorCode.NO_SUCH_DAY),
        ("Y170000002", ErrorCode.OUT_OF_RANGE),
        ("-0044", ErrorCode.OUT_OF_RANGE),
        ("0000", ErrorCode.OUT_OF_RANGE),
        ("0000-XX", ErrorCode.OUT_OF_RANGE),
        ("000X", ErrorCode.OUT_OF_RANGE),
        ("00XX~", ErrorCode.OUT_OF_RANGE),
        ("Y170000002/..", ErrorCode.OUT_OF_RANGE),
        ("2021/2016", ErrorCode.START_AFTER_END),
        ("2021-03-02/2021-03-01", ErrorCode.START_AFTER_END),
        ("/", ErrorCode.NO_ENDS),
        ("../..", ErrorCode.NO_ENDS),
        ("/..", ErrorCode.NO_ENDS),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, code: ErrorCode) -> None:
    assert refusal(text).code is code


def test_a_start_within_its_end_is_in_order() -> None:
    assert str(parse("2019-05/2019")) == "2019-05/2019"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("12/03/2019", "2019-03-12"),
        ("12.3.2019", "2019-03-12"),
        ("12/25/2019", "2019-12-25"),
        ("03/2019", "2019-03"),
        ("2019/03/12", "2019-03-12"),
        ("2019-3-1", "2019-03-01"),
        ("20190312", "2019-03-12"),
        ("2018-11-17T10:00", "2018-11-17"),
        ("mars 2019", "2019-03"),
        ("1er mars 2020", "2020-03-01"),
        ("17\u00a0Décembre 2018", "2018-12-17"),
        ("March 12, 2019", "2019-03-12"),
        ("en 2019", "2019"),
        ("vers 2001", "2001~"),
        ("v. 2001", "2001~"),
        ("c. 2001", "2001~"),
        ("vers le 17 novembre 2018", "2018-11-17~"),
        ("2001 ?", "2001?"),
        ("peut-être en 2012", "2012?"),
        ("vers 2012 (à confirmer)", "2012%"),
        ("2012?~", "2012%"),
        ("années 1970", "197X"),
        ("années 70", "197X"),
        ("1970s", "197X"),
        ("197x", "197X"),
        ("XIXe siècle", "18XX"),
        ("XIXᵉ siècle", "18XX"),
        ("21st century", "20XX"),
        ("printemps 2021", "2021-21"),
        ("hiver 2016-2017", "2016-24"),
        ("2016-2021", "2016/2021"),
        ("2016\u20132021", "2016/2021"),
        ("de 2016 à 2021", "2016/2021"),
        ("from 2016 to 2021", "2016/2021"),
        ("entre 2012 et 2014 environ", "2012~/2014~"),
        ("du 3 au 5 mai 2019", "2019-05-03/2019-05-05"),
        ("de mars à mai 2019", "2019-03/2019-05"),
        ("des années 1970 aux années 1980", "197X/198X"),
        ("depuis 2021", "2021/.."),
        ("depuis l’été 2021", "2021-22/.."),
        ("à partir d'avril 2021", "2021-04/.."),
        ("since March 2019", "2019-03/.."),
        ("2021/open", "2021/.."),
        ("jusqu'en 2021", "../2021"),
        ("2021/2016", "2016/2021"),
        ("2019-02-30", "2019-02"),
        ("demain", None),
        ("2021 à 2016", None),
    ],
)
def test_what_people_write_gets_the_text_that_they_meant(text: str, suggestion: str | None) -> None:
    assert refusal(text).suggestion == suggestion


def test_a_refusal_says_the_remedy_in_both_languages() -> None:
    error = refusal("12/03/2019")

    assert (str(error), error.fr, error.en) == (
        '"12/03/2019" n\'est pas une date EDTF ; écrire par exemple "2019-03-12".',
        '"12/03/2019" n\'est pas une date EDTF ; écrire par exemple "2019-03-12".',
        '"12/03/2019" is not an EDTF date; write for example "2019-03-12".',
    )


def test_a_refusal_travels_between_processes() -> None:
    error = refusal("mars 2019")

    copy: EdtfError = pickle.loads(pickle.dumps(error))

    assert (copy.value, copy.code, copy.suggestion, copy.fr) == (error.value, error.code, error.suggestion, error.fr)


def test_a_long_value_is_cut_in_the_message_and_kept_in_the_error() -> None:
    error = refusal("date " * 1000)

    assert (len(error.fr) < 200, error.value) == (True, ("date " * 1000).strip())


@pytest.mark.parametrize(
    ("value", "text"), [(2019, "2019"), ("2019", "2019"), (1000, "1000"), (dt.date(2018, 11, 17), "2018-11-17")]
)
def test_a_file_may_hold_a_year_without_quotes(value: object, text: str) -> None:
    assert from_scalar(value) == parse(text)


@pytest.mark.parametrize(
    "value", [None, True, 999, 10_000, -5, 2019.5, [2019], {"year": 2019}, dt.datetime(2018, 11, 17, 10, tzinfo=dt.UTC)]
)
def test_a_file_may_hold_nothing_else(value: Any) -> None:
    with pytest.raises(EdtfError):
        from_scalar(value)


def test_a_number_too_long_to_write_is_refused_too() -> None:
    with pytest.raises(EdtfError):
        from_scalar(10**5000)


def test_a_number_that_runs_a_date_together_gets_the_text_that_was_meant() -> None:
    with pytest.raises(EdtfError) as caught:
        from_scalar(20190312)

    assert caught.value.suggestion == "2019-03-12"


def test_dates_sort_by_first_possible_day_then_by_last() -> None:
    texts = ["2019-05", "2019", "../2018", "18XX", "2019-01-01", "2019/.."]

    assert [str(value) for value in sorted(map(parse, texts))] == [
        "../2018", "18XX", "2019-01-01", "2019", "2019/..", "2019-05",
    ]  # fmt: skip


def test_a_date_read_twice_is_one_object() -> None:
    assert parse("2019") is parse(" 2019 ")


@given(edtf_texts(1, 9999))
def test_a_date_written_then_read_is_equal(text: str) -> None:
    value = parse(text)

    assert str(value) == text
    assert parse(str(value)) == value


@given(edtfs(1, 9999))
def test_the_first_day_is_never_after_the_last(value: Edtf) -> None:
    assert (value.earliest or dt.date.min) <= (value.latest or dt.date.max)


@given(edtfs(1, 9999))
def test_tolerance_only_widens(value: Edtf) -> None:
    assert (value.fuzzy_earliest or dt.date.min) <= (value.earliest or dt.date.min)
    assert (value.fuzzy_latest or dt.date.max) >= (value.latest or dt.date.max)


@given(edtf_dates(1, 9999))
def test_a_single_date_has_both_days_and_a_year(value: Edtf) -> None:
    assert value.earliest
    assert value.latest
    assert value.year == value.earliest.year


@given(edtf_intervals())
def test_an_interval_spans_its_dates(value: Edtf) -> None:
    assert value.earliest == (value.start.earliest if value.start else None)
    assert value.latest == (value.end.latest if value.end else None)


@given(days(100, 9999))
def test_saying_more_never_widens(when: dt.date) -> None:
    year = f"{when.year:04}"
    texts = [year[:2] + "XX", year[:3] + "X", year, f"{year}-{when.month:02}", when.isoformat()]

    spans = [(value.order_key[0], value.order_key[1]) for value in map(parse, texts)]

    for (wide_first, wide_last), (first, last) in pairwise(spans):
        assert wide_first <= first <= when <= last <= wide_last


@given(edtfs(), edtfs())
def test_order_is_total(one: Edtf, two: Edtf) -> None:
    assert [one < two, one == two, one > two].count(True) == 1


def refused(read: Callable[[Any], Edtf], value: object) -> EdtfError | None:
    try:
        read(value)
    except EdtfError as error:
        return error
    return None


@given(junk_texts())
def test_junk_is_refused_by_name_in_both_languages(text: str) -> None:
    error = refused(parse, text)

    if error is None:
        assert str(parse(text)) == text.strip()
    else:
        quoted = error.value if len(error.value) <= 60 else error.value[:59]
        assert error.value in text
        assert quoted in error.fr
        assert quoted in error.en
        assert error.suggestion is None or str(parse(error.suggestion)) == error.suggestion


@given(st.integers() | st.floats() | st.booleans() | st.none() | st.dates() | st.datetimes() | st.binary() | st.text())
def test_any_scalar_is_a_date_or_a_refusal(value: object) -> None:
    error = refused(from_scalar, value)

    assert error is None or (error.fr and error.en)
