"""Where everything of a timeline stands: dated moments in, geometry out, in pixels.

Time goes to the right. From top to bottom: the years, the phases as bands, the intensity as a stroke, then one strip a
lane. A date is drawn as what it is: a day is a point, a year or a decade the stretch that it may fall in, "about" fades
on both sides, an open end runs to the edge. A moment stands above its stretch, its words beside its mark, on the first
line of its lane where they meet nobody. When too many would be drawn, the fullest years become counts.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from terreau.kernel.pure.edtf import Edtf, Precision
from terreau.kernel.pure.ends import OPEN_END
from terreau.trajectory.pure.lettering import width_of, wrap
from terreau.trajectory.pure.scale import TimeScale, scale_for

SIZE: Final = 13.0
LINE: Final = 15
UNIT: Final = 5
WIDEST_LABEL: Final = 158.0
LABEL_LINES: Final = 4
MARK: Final = 6.0
BESIDE: Final = 15.0
GAP: Final = 12.0
LEFT: Final = 16.0
RIGHT: Final = 18.0
AXIS: Final = 30.0
LANE_HEAD: Final = 32.0
LANE_FOOT: Final = 10.0
STROKE_STRIP: Final = 46.0
PHASE_LINE: Final = 18
MOST_DRAWN: Final = 420
FADES: Final = (0.8, 0.55, 0.32, 0.14)
SHORTEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Something dated to draw. key: unique; words: its label; tooltip: what a pointer shows."""

    key: str
    when: Edtf
    words: str
    lane: str
    certainty: str = "etablie"
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase, or a stretch of even intensity. end: may be OPEN_END; level: 1 to 3, for an intensity."""

    key: str
    words: str
    start: Edtf | None
    end: Edtf | None
    certainty: str = "etablie"
    level: int = 0
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a drawn stretch of time. strength: 1 where it surely may be, less where it fades."""

    start: float
    end: float
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that nothing else of its lane may meet."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in its place. x, y: middle of its mark; its lines start beside it.

    count: above 0, it stands for so many moments. is_interval: the whole stretch is meant, not one moment within it.
    runs_on: the stretch goes beyond the right edge.
    """

    key: str
    lane: str
    x: float
    y: float
    lines: tuple[str, ...]
    pieces: tuple[Piece, ...]
    pieces_y: float
    box: Box
    certainty: str = "etablie"
    tooltip: str = ""
    is_interval: bool = False
    runs_on: bool = False
    count: int = 0
    years: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Lane:
    """The strip of one track."""

    key: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Band:
    """A phase or an intensity in its place. x: where its words start."""

    key: str
    pieces: tuple[Piece, ...]
    x: float
    lines: tuple[str, ...]
    certainty: str
    level: int
    runs_on: bool
    tooltip: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year; words: empty where there is no room. is_round: of a decade."""

    x: float
    year: int
    words: str
    is_round: bool


@dataclass(frozen=True)
class Drawing:
    """A whole timeline, ready to be written down. breaks: where time is compressed."""

    width: float
    height: float
    scale: TimeScale
    ticks: tuple[Tick, ...]
    phases: tuple[Band, ...]
    phases_height: float
    strokes: tuple[Band, ...]
    strokes_top: float
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    breaks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Count:
    """So many moments of a lane that start within some years, both included."""

    lane: str
    first: int
    last: int
    moments: tuple[Moment, ...]


@dataclass
class _Packing:
    """The lines of a lane, filled from left to right: for each unit of height, where its last box ends."""

    ends: list[float] = field(default_factory=list)

    def place(self, left: float, right: float, units: int) -> int:
        """Give the first row from which so many units are free at `left`, and take them."""
        row = free = 0
        while free < units:
            if row + free >= len(self.ends):
                self.ends += [float("-inf")] * (row + units - len(self.ends))
            if self.ends[row + free] + GAP <= left:
                free += 1
            else:
                row, free = row + free + 1, 0
        self.ends[row : row + units] = [right] * units
        return row


def draw(
    moments: Sequence[Moment],
    lanes: Sequence[str],
    *,
    phases: Sequence[Span] = (),
    strokes: Sequence[Span] = (),
    years: tuple[int, int] | None = None,
    narrowest: float = 1100.0,
    most: int = MOST_DRAWN,
) -> Drawing:
    """Lay a timeline out. Moments of a lane that is not in `lanes` go to the last one.

    years: first and last year to show, by default those of the moments; what stands outside is left out or cut.
    narrowest: least width. most: number of marks above which the fullest years become counts.
    """
    first, last = years or span_of([moment.when for moment in moments])
    known = set(lanes)
    seen = [moment for moment in moments if _meets(moment.when, first, last)]
    by_lane: dict[str, list[Moment]] = {lane: [] for lane in lanes}
    for moment in seen:
        by_lane[moment.lane if moment.lane in known else lanes[-1]].append(moment)
    singles, counts = _thin(by_lane, first, last, most)
    scale = _scale(singles, counts, first, last, narrowest)

    phase_bands = tuple(_band(span, scale) for span in phases if _lasts(span, first, last))
    phases_height = PHASE_LINE * max((len(band.lines) for band in phase_bands), default=0) + (12 if phase_bands else 0)
    stroke_bands = tuple(_band(span, scale) for span in strokes if _lasts(span, first, last))
    strokes_top = AXIS + phases_height
    top = strokes_top + (STROKE_STRIP if stroke_bands else 0)
    strips, marks = [], []
    for lane in lanes:
        placed, bottom = _lane(singles[lane], counts[lane], scale, lane, top + LANE_HEAD)
        strips.append(Lane(lane, top, bottom))
        marks += placed
        top = bottom
    right = max([scale.end + RIGHT, *(mark.box.right + LEFT for mark in marks)])
    return Drawing(
        width=right, height=top + AXIS, scale=scale, ticks=_ticks(scale), phases=phase_bands, phases_height=phases_height,
        strokes=stroke_bands, strokes_top=strokes_top, lanes=tuple(strips), marks=tuple(marks),
        breaks=tuple((scale.edges[a - first] + scale.edges[b - first + 1]) / 2 for a, b in scale.compressed),
    )  # fmt: skip


def span_of(dates: Iterable[Edtf]) -> tuple[int, int]:
    """Give the first and last year of what is to be drawn. Raises ValueError when there is no date."""
    days = [day for when in dates for day in (when.earliest, when.latest) if day]
    return min(days).year, max(days).year


def pieces_of(
    start: Edtf | None, end: Edtf | None, scale: TimeScale, *, start_open: bool = False, end_open: bool = False
) -> tuple[Piece, ...]:
    """Draw a stretch from a start to an end: full between the days that the texts allow, fading where they say "about".

    A side that is not known, rather than open, fades from the other. What the scale does not show is cut.
    """
    left = scale.start if start_open or not start else scale.x(start.earliest)
    right = scale.end if end_open or not end else scale.x_after(end.latest)
    pieces = []
    if start and start.approximate:
        pieces += [Piece(b, a, strength) for a, b, strength in _fade(left, scale.x(start.fuzzy_earliest))][::-1]
    if not start and not start_open:
        pieces += [Piece(b, a, strength) for a, b, strength in _fade(right, max(scale.start, right - 60))][::-1]
    elif not end and not end_open:
        pieces += [Piece(a, b, strength) for a, b, strength in _fade(left, min(scale.end, left + 60))]
    else:
        pieces.append(Piece(left, max(right, left)))
    if end and end.approximate:
        pieces += [Piece(a, b, strength) for a, b, strength in _fade(right, scale.x_after(end.fuzzy_latest))]
    return tuple(pieces)


def extent_of(when: Edtf, scale: TimeScale) -> tuple[Piece, ...]:
    """Draw one date: what it may cover. An interval is drawn from its start to its end."""
    if when.is_interval:
        return pieces_of(when.start, when.end, scale, start_open=when.start_open, end_open=when.end_open)
    return pieces_of(when, when, scale)


def _fade(near: float, far: float) -> list[tuple[float, float, float]]:
    """Cut the way from near to far into steps that fade."""
    if near == far:
        return []
    step = (far - near) / len(FADES)
    return [(near + step * place, near + step * (place + 1), strength) for place, strength in enumerate(FADES)]


def _meets(when: Edtf, first: int, last: int) -> bool:
    return (when.earliest or dt.date.min).year <= last and (when.latest or dt.date.max).year >= first


def _lasts(span: Span, first: int, last: int) -> bool:
    starts = span.start.earliest if span.start and span.start.earliest else dt.date.min
    ends = span.end.latest if span.end and span.end.latest else dt.date.max
    return starts.year <= last and ends.year >= first


def _year_of(moment: Moment, first: int, last: int) -> int:
    """Give the year where the mark of a moment stands, within the years shown."""
    day = moment.when.earliest or moment.when.latest or dt.date.min
    return min(max(day.year, first), last)


def _thin(
    by_lane: dict[str, list[Moment]], first: int, last: int, most: int
) -> tuple[dict[str, list[Moment]], dict[str, list[Count]]]:
    """Keep moments one by one while they are few; else count those of the fullest years, then decades, centuries."""
    total = sum(map(len, by_lane.values()))
    for size in (1, 10, 100):
        cells: dict[tuple[str, int], list[Moment]] = defaultdict(list)
        for lane, moments in by_lane.items():
            for moment in moments:
                cells[lane, _year_of(moment, first, last) // size].append(moment)
        for fullest in (total, 14, 9, 6, 4, 2, 1):
            drawn = sum(1 if len(cell) > fullest else len(cell) for cell in cells.values())
            if drawn <= most or (size, fullest) == (100, 1):
                return _split(cells, by_lane, fullest, size, (first, last))
    raise AssertionError  # pragma: no cover -- the last round always returns


def _split(
    cells: dict[tuple[str, int], list[Moment]],
    lanes: dict[str, list[Moment]],
    fullest: int,
    size: int,
    shown: tuple[int, int],
) -> tuple[dict[str, list[Moment]], dict[str, list[Count]]]:
    singles: dict[str, list[Moment]] = {lane: [] for lane in lanes}
    counts: dict[str, list[Count]] = {lane: [] for lane in lanes}
    for (lane, number), cell in cells.items():
        if len(cell) > fullest:
            years = max(number * size, shown[0]), min(number * size + size - 1, shown[1])
            counts[lane].append(Count(lane, *years, tuple(cell)))
        else:
            singles[lane] += cell
    return singles, counts


def _scale(
    singles: dict[str, list[Moment]], counts: dict[str, list[Count]], first: int, last: int, narrowest: float
) -> TimeScale:
    starts: Counter[int] = Counter(_year_of(moment, first, last) for moments in singles.values() for moment in moments)
    starts.update(count.first for some in counts.values() for count in some)
    return scale_for(first, last, starts, left=LEFT, narrowest=narrowest - LEFT - RIGHT)


def _lane(
    singles: list[Moment], counts: list[Count], scale: TimeScale, lane: str, top: float
) -> tuple[list[Mark], float]:
    packing = _Packing()
    todo: list[tuple[float, float, str, Moment | Count]] = []
    for moment in singles:
        pieces = extent_of(moment.when, scale)
        todo.append((pieces[0].start, pieces[-1].end, moment.key, moment))
    for count in counts:
        left, right = scale.edges[count.first - scale.first], scale.edges[count.last - scale.first + 1]
        todo.append((left, right, "", count))
    marks = [
        _mark(thing, left, right, scale, lane, packing, top)
        for left, right, _key, thing in sorted(todo, key=lambda row: row[:3])
    ]
    return marks, top + UNIT * max(len(packing.ends), 6) + LANE_FOOT


def _mark(
    thing: Moment | Count, left: float, right: float, scale: TimeScale, lane: str, packing: _Packing, top: float
) -> Mark:
    words: tuple[str, ...]
    pieces: tuple[Piece, ...]
    if isinstance(thing, Count):
        words, pieces, is_interval, runs_on = (str(len(thing.moments)),), (Piece(left, right),), True, False
        x = left + MARK
    else:
        pieces = extent_of(thing.when, scale)
        is_interval = thing.when.is_interval
        runs_on = thing.when.end_open or bool(thing.when.latest and thing.when.latest.year > scale.last)
        solid = next((piece for piece in pieces if piece.strength == 1), pieces[0])
        x = solid.start + (MARK if thing.when.precision is not Precision.DAY else 0)
        words = wrap(thing.words, SIZE, max(WIDEST_LABEL, right - x - BESIDE), most=LABEL_LINES)
    box_left = min(left, x - MARK)
    box_right = max(right, x + BESIDE + max(width_of(line, SIZE) for line in words))
    units = (LINE * len(words)) // UNIT + 3
    y = top + UNIT * packing.place(box_left, box_right, units)
    box = Box(box_left, y, box_right, y + UNIT * units)
    common = {
        "lane": lane,
        "x": x,
        "y": y + LINE / 2,
        "lines": words,
        "pieces": pieces,
        "pieces_y": y + LINE * len(words) + 5,
        "box": box,
    }
    if isinstance(thing, Count):
        return Mark(key="", is_interval=True, count=len(thing.moments), years=(thing.first, thing.last), **common)  # type: ignore[arg-type]
    return Mark(
        key=thing.key, certainty=thing.certainty, tooltip=thing.tooltip, is_interval=is_interval, runs_on=runs_on, **common  # type: ignore[arg-type]
    )  # fmt: skip


def _band(span: Span, scale: TimeScale) -> Band:
    end_open = span.end == OPEN_END
    pieces = pieces_of(span.start, None if end_open else span.end, scale, end_open=end_open)
    solid = next((piece for piece in pieces if piece.strength == 1), pieces[0])
    room = max(pieces[-1].end - solid.start - 18, 40.0)
    words = wrap(span.words, SIZE, room, most=5, bold=True)
    if any(width_of(line, SIZE, bold=True) > room + 8 for line in words):
        words = ()
    latest = span.end.latest if span.end else None
    runs_on = end_open or bool(latest and latest.year > scale.last)
    return Band(
        span.key, pieces, solid.start + 9, words, span.certainty, span.level, runs_on, span.tooltip or span.words
    )


def _ticks(scale: TimeScale) -> tuple[Tick, ...]:
    """Mark every year; name first the decades, then the others, where their name has room."""
    room = width_of("2000", SIZE) + 8
    squeezed = {year for start, end in scale.compressed for year in range(start, end + 1)}
    named: list[float] = []
    words = {}
    for year in sorted(range(scale.first, scale.last + 1), key=lambda year: (_dullness(year, squeezed), year)):
        x = scale.edges[year - scale.first]
        if all(abs(x - other) >= room for other in named):
            named.append(x)
            words[year] = str(year)
    return tuple(
        Tick(scale.edges[year - scale.first], year, words.get(year, ""), year % 10 == 0)
        for year in range(scale.first, scale.last + 1)
        if year in words or scale.width_of(year) >= SHORTEST
    )


def _dullness(year: int, squeezed: set[int]) -> int:
    """Rank years by how little they help to find one's way: centuries first, others last, compressed ones after all."""
    rank = next(rank for rank, step in enumerate((100, 50, 10, 5, 1)) if year % step == 0)
    return rank + (10 if year in squeezed else 0)
