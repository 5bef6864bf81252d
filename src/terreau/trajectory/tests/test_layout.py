import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.kernel.pure.edtf import parse
from terreau.kernel.pure.ends import OPEN_END
from terreau.kernel.testing.strategies import days, edtf_texts
from terreau.trajectory.pure.layout import Moment, Span, draw, extent_of, span_of
from terreau.trajectory.pure.lettering import width_of, wrap
from terreau.trajectory.pure.scale import scale_for

LANES = ("policy", "animation", "actors")
WORDS = st.text("abcdéW m'-", min_size=1, max_size=70).map(str.strip).filter(bool)
HALF = 0.01


@st.composite
def moments(draw_, least=1, most=60):
    whens = draw_(st.lists(edtf_texts(1950, 2030), min_size=least, max_size=most))
    return [
        Moment(f"m{number}", parse(when), draw_(WORDS), draw_(st.sampled_from((*LANES, "another"))))
        for number, when in enumerate(whens)
    ]


def meet(one, two):
    return (
        one.left < two.right - HALF
        and two.left < one.right - HALF
        and one.top < two.bottom - HALF
        and two.top < one.bottom - HALF
    )


@settings(max_examples=60)
@given(moments())
def test_no_two_moments_of_a_lane_meet(some):
    drawing = draw(some, LANES)
    for lane in LANES:
        boxes = [mark.box for mark in drawing.marks if mark.lane == lane]
        assert not any(meet(one, two) for place, one in enumerate(boxes) for two in boxes[:place])


@settings(max_examples=60)
@given(moments())
def test_a_moment_stays_within_its_lane_and_its_words_within_its_box(some):
    drawing = draw(some, LANES)
    strips = {lane.key: lane for lane in drawing.lanes}
    for mark in drawing.marks:
        assert strips[mark.lane].top <= mark.box.top
        assert mark.box.bottom <= strips[mark.lane].bottom
        assert mark.x + max(width_of(line, 13) for line in mark.lines) <= mark.box.right + HALF
        assert mark.box.right <= drawing.width


@settings(max_examples=60)
@given(moments(), st.integers(1, 40))
def test_every_moment_is_drawn_once_or_counted_once(some, most):
    drawing = draw(some, LANES, most=most)
    singles = [mark.key for mark in drawing.marks if not mark.count]
    assert len(set(singles)) == len(singles)
    assert len(singles) + sum(mark.count for mark in drawing.marks) == len(some)


@given(
    st.dictionaries(st.integers(1900, 2030), st.integers(0, 50)), st.lists(days(1900, 2030), min_size=2, max_size=20)
)
def test_a_later_day_is_never_drawn_before_an_earlier_one(starts, some):
    scale = scale_for(1900, 2030, starts, left=16, narrowest=900)
    places = [scale.x(day) for day in sorted(some)]
    assert places == sorted(places)
    assert all(scale.x(day) < scale.x_after(day) for day in some)


@settings(max_examples=150)
@given(edtf_texts(1950, 2030))
def test_what_is_drawn_covers_what_the_date_allows(text):
    when = parse(text)
    scale = scale_for(1940, 2040, {1990: 5})
    pieces = extent_of(when, scale)
    assert pieces[0].start <= scale.x(when.earliest or when.latest) + HALF
    assert pieces[-1].end >= scale.x_after(when.latest or when.earliest) - HALF
    assert all(one.end == pytest.approx(two.start) for one, two in itertools.pairwise(pieces))


def test_about_fades_on_both_sides_and_an_open_end_runs_to_the_edge():
    scale = scale_for(2000, 2030, {2010: 3})
    about = extent_of(parse("2010~"), scale)
    assert [piece.strength for piece in about] == [0.14, 0.32, 0.55, 0.8, 1, 0.8, 0.55, 0.32, 0.14]
    going_on = extent_of(parse("2021/.."), scale)
    assert [(piece.start, piece.end) for piece in going_on] == [(scale.x(dt.date(2021, 1, 1)), scale.end)]
    assert draw([Moment("m", parse("2021/.."), "m", "actors")], LANES, years=(2000, 2030)).marks[0].runs_on


def test_a_year_is_drawn_as_wide_as_what_starts_in_it():
    scale = scale_for(2000, 2002, {2001: 4})
    assert scale.width_of(2001) > 5 * scale.width_of(2000)


def test_a_long_run_of_empty_years_is_compressed_and_said():
    scale = scale_for(1800, 2000, {1800: 1, 2000: 1})
    assert scale.compressed == ((1801, 1999),)
    assert scale.x(dt.date(2000, 1, 1)) - scale.x(dt.date(1801, 1, 1)) < 200


def test_what_stands_outside_of_the_years_asked_is_left_out():
    some = [Moment("before", parse("1990"), "m", "actors"), Moment("across", parse("1995/2005"), "m", "actors")]
    drawing = draw(some, LANES, years=(2000, 2010))
    assert [mark.key for mark in drawing.marks] == ["across"]
    assert drawing.marks[0].pieces[0].start == drawing.scale.start


def test_a_crowded_year_becomes_a_count_that_knows_its_years():
    crowd = [Moment(f"c{number}", parse("2019"), "m", "actors") for number in range(30)]
    alone = [Moment("alone", parse("2012"), "m", "actors")]
    marks = draw(crowd + alone, LANES, most=10).marks
    assert [(mark.key, mark.count, mark.years) for mark in marks] == [("alone", 0, (0, 0)), ("", 30, (2019, 2019))]


def test_phases_and_strokes_stand_where_their_dates_say():
    phase = Span("p", "Une phase", parse("2012"), parse("2016"))
    stroke = Span("i", "Soutenue", parse("2014"), OPEN_END, level=3)
    some = [Moment("m", parse(year), "m", "actors") for year in ("2010", "2020")]
    drawing = draw(some, LANES, phases=[phase], strokes=[stroke])
    scale = drawing.scale
    assert [(piece.start, piece.end) for piece in drawing.phases[0].pieces] == [
        (scale.x(dt.date(2012, 1, 1)), scale.x(dt.date(2017, 1, 1)))
    ]
    assert (drawing.strokes[0].pieces[0].end, drawing.strokes[0].runs_on) == (scale.end, True)


def test_nothing_dated_has_no_span():
    with pytest.raises(ValueError, match="empty"):
        span_of([])


@given(WORDS, st.floats(60, 300))
def test_wrapping_keeps_every_word_and_fits(text, widest):
    lines = wrap(text, 13, widest, most=100)
    assert " ".join(lines) == text
    assert all(width_of(line, 13) <= widest or " " not in line for line in lines)


def test_too_many_lines_end_with_an_ellipsis():
    lines = wrap("un deux trois quatre cinq six sept huit", 13, 40, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
