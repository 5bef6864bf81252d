"""A drawing of a timeline written as SVG: shapes and words with classes, no style, no script, no id.

Whatever comes from data is escaped here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from terreau.trajectory.pure.layout import (
    AXIS,
    BESIDE,
    LANE_HEAD,
    LINE,
    PHASE_LINE,
    SHORTEST,
    SIZE,
    Drawing,
    Lane,
    Mark,
    Piece,
)
from terreau.trajectory.pure.lettering import width_of

REPEAT: Final = 1050.0
"""Pixels after which the name of a lane is written again, so that it is in sight wherever one scrolls."""
STROKE_WIDTHS: Final = (0, 3, 8, 14)
ESTABLISHED: Final = "etablie"
FILL: Final = "fill-opacity"
STROKE: Final = "stroke-opacity"
ROUND: Final = ' class="round"'


@dataclass(frozen=True, slots=True)
class LaneLook:
    """How a lane is told: its words, the class of its colour, its shape (square, circle or triangle)."""

    words: str
    tone: str
    shape: str


@dataclass(frozen=True)
class Look:
    """The words and addresses of a picture.

    label: what the picture is, as its accessible name; empty when the page says it otherwise, and hides the picture
        from assistive technology: its links are then out of the order of the tab key.
    href: address of a mark; count_words, count_href: of a mark that stands for many; phase_href: of a phase, by key.
    style: the rules of a file that stands alone.
    """

    lanes: Mapping[str, LaneLook]
    strokes_name: str
    href: Callable[[Mark], str]
    count_words: Callable[[Mark], str]
    phase_href: Callable[[str], str]
    label: str = ""
    style: str = ""


def svg(drawing: Drawing, look: Look) -> str:
    """Write the drawing down. Its size is in pixels, so that words keep theirs."""
    width, height = _n(drawing.width), _n(drawing.height)
    named = f'role="group" aria-label="{escape(look.label)}"' if look.label else 'aria-hidden="true"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="frieze" {named} width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"<style>{look.style}</style>" if look.style else "",
        f'<rect class="ground" width="{width}" height="{height}"/>' if look.style else "",
        *_bands(drawing, look),
        *_axis(drawing),
        *_strokes(drawing, look),
    ]
    for lane in drawing.lanes:
        parts += _lane(lane, drawing, look)
    parts += [_mark(mark, look) for mark in drawing.marks]
    return "".join([*parts, "</svg>"])


def shape(name: str, x: float, y: float, size: float = 5.0) -> str:
    """Write the shape of a lane around a point. size: half of its width."""
    if name == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size * 1.05)}"/>'
    if name == "square":
        return f'<rect x="{_n(x - size * 0.92)}" y="{_n(y - size * 0.92)}" width="{_n(size * 1.84)}" height="{_n(size * 1.84)}"/>'
    return f'<path d="M{_n(x)} {_n(y - size * 1.1)}l{_n(size * 1.15)} {_n(size * 2)}h{_n(size * -2.3)}z"/>'


def _bands(drawing: Drawing, look: Look) -> Iterator[str]:
    top, bottom = AXIS, drawing.height - AXIS
    for place, band in enumerate(drawing.phases):
        rects = "".join(
            f'<rect x="{_n(piece.start)}" y="{_n(top)}" width="{_n(piece.end - piece.start)}" height="{_n(bottom - top)}"{_strength(piece, FILL)}/>'
            for piece in band.pieces
        )
        yield f'<g class="phase phase-{place % 2}">{rects}</g>'
    for band in drawing.phases:
        edge = next((piece.start for piece in band.pieces if piece.strength == 1), band.x)
        words = _text(band.x, top + 19, band.lines, PHASE_LINE)
        yield (
            f'<a class="phase-name{_certainty(band.certainty)}" href="{escape(look.phase_href(band.key))}"{_untabbed(look)}>'
            f'<title>{escape(band.tooltip)}</title><path d="M{_n(edge)} {_n(top)}v{_n(drawing.phases_height)}"/>{words}</a>'
        )


def _axis(drawing: Drawing) -> Iterator[str]:
    bottom = drawing.height - AXIS
    fine = "".join(f"M{_n(tick.x)} {_n(AXIS - 5)}v5M{_n(tick.x)} {_n(bottom)}v5" for tick in drawing.ticks)
    long = "".join(f"M{_n(tick.x)} {_n(AXIS)}V{_n(bottom)}" for tick in drawing.ticks if tick.words)
    right = drawing.width
    yield f'<path class="grid" d="{long}"/><path class="ticks" d="{fine}M0 {_n(AXIS)}H{_n(right)}M0 {_n(bottom)}H{_n(right)}"/>'
    for y in (AXIS - 11, bottom + 20):
        named = "".join(
            f'<text x="{_n(tick.x)}" y="{_n(y)}"{ROUND * tick.is_round}>{tick.words}</text>'
            for tick in drawing.ticks
            if tick.words
        )
        yield f'<g class="years">{named}</g>'
    for x in drawing.breaks:
        for y in (AXIS, bottom):
            yield f'<path class="break" d="M{_n(x - 5)} {_n(y + 5)}l4 -10m2 10l4 -10"/>'


def _strokes(drawing: Drawing, look: Look) -> Iterator[str]:
    if not drawing.strokes:
        return
    top = drawing.strokes_top
    yield f'<path class="ticks" d="M0 {_n(top)}H{_n(drawing.width)}"/>'
    yield f'<text class="strip-name" x="12" y="{_n(top + 18)}">{escape(look.strokes_name)}</text>'
    name_end = 12 + width_of(look.strokes_name, SIZE, bold=True) + 14
    for band in drawing.strokes:
        y = top + 31
        lines = "".join(
            f'<path d="M{_n(piece.start + 1)} {_n(y)}H{_n(piece.end - 1)}"{_strength(piece, STROKE)}/>'
            for piece in band.pieces
        )
        # The name of the strip stands at its left: a level that begins under it is said just after, if there is room.
        left = max(band.x - 8, name_end)
        fits = bool(band.lines) and left + width_of(band.lines[0], SIZE, bold=True) <= band.pieces[-1].end
        words = _text(left, top + 18, band.lines[:1], LINE) if fits else ""
        arrow = _arrow(band.pieces[-1].end + 8, y) if band.runs_on else ""
        yield (
            f'<g class="stroke{_certainty(band.certainty)}"><title>{escape(band.tooltip)}</title>'
            f'<g stroke-width="{STROKE_WIDTHS[band.level]}">{lines}</g>{arrow}{words}</g>'
        )


def _lane(lane: Lane, drawing: Drawing, look: Look) -> Iterator[str]:
    told = look.lanes[lane.key]
    y = lane.top + LANE_HEAD / 2
    yield f'<g class="lane tone-{told.tone}"><path d="M0 {_n(lane.top)}H{_n(drawing.width)}"/>'
    for time in range(1 + int((drawing.width - REPEAT / 3) // REPEAT)):
        x = 12 + REPEAT * time
        yield f'{shape(told.shape, x + 6, y, 6)}<text x="{_n(x + 19)}" y="{_n(y + 5)}">{escape(told.words)}</text>'
    yield "</g>"


def _mark(mark: Mark, look: Look) -> str:
    told = look.lanes[mark.lane]
    box = mark.box
    hit = f'<rect class="hit" x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.right - box.left)}" height="{_n(box.bottom - box.top)}"/>'
    if mark.count:
        words = look.count_words(mark)
        title, lines, kind = words, mark.lines, " many"
    else:
        title, lines, kind = mark.tooltip, mark.lines, ""
    head = f'<a class="mark tone-{told.tone}{kind}{_certainty(mark.certainty)}" href="{escape(look.href(mark))}"{_untabbed(look)}>'
    return "".join([
        head, f"<title>{escape(title)}</title>", hit, _extent(mark),
        shape(told.shape, mark.x, mark.y), _text(mark.x + BESIDE - 5, mark.y + 4.5, lines, LINE), "</a>",
    ])  # fmt: skip


def _extent(mark: Mark) -> str:
    """Draw what a date covers: a bar for what lasts, a bracket for what happened somewhere within."""
    pieces, y = mark.pieces, mark.pieces_y
    if len(pieces) == 1 and pieces[0].end - pieces[0].start < SHORTEST:
        return ""
    drawn = []
    for piece in pieces:
        path = f"M{_n(piece.start)} {_n(y)}H{_n(piece.end)}"
        if not mark.is_interval and piece.strength == 1:
            path = f"M{_n(piece.start + 1)} {_n(y - 3)}v6{path}M{_n(piece.end - 1)} {_n(y - 3)}v6"
        drawn.append(f'<path d="{path}"{_strength(piece, STROKE)}/>')
    arrow = _arrow(pieces[-1].end, y) if mark.runs_on else ""
    kind = "lasting" if mark.is_interval else "within"
    return f'<g class="{kind}">{"".join(drawn)}{arrow}</g>'


def _arrow(x: float, y: float) -> str:
    return f'<path class="arrow" d="M{_n(x - 5)} {_n(y - 5)}l5 5l-5 5"/>'


def _text(x: float, y: float, lines: tuple[str, ...], step: float) -> str:
    if not lines:
        return ""
    more = "".join(f'<tspan x="{_n(x)}" dy="{_n(step)}">{escape(line)}</tspan>' for line in lines[1:])
    return f'<text x="{_n(x)}" y="{_n(y)}">{escape(lines[0])}{more}</text>'


def _strength(piece: Piece, attribute: str) -> str:
    return "" if piece.strength == 1 else f' {attribute}="{piece.strength}"'


def _certainty(value: str) -> str:
    return "" if value == ESTABLISHED else f" is-{escape(value)}"


def _untabbed(look: Look) -> str:
    return "" if look.label else ' tabindex="-1"'


def _n(value: float) -> str:
    """Write a number of pixels, to the tenth."""
    return f"{value:.1f}".removesuffix(".0")
