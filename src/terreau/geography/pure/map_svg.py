"""A small map drawn on the server: communes as dots whose surface is their population, names beside the largest.

No tile, no script, no style attribute: it works offline and under a strict content policy. The colours come from the
style sheet, by class: `map`, `map-shape`, `map-dot`, `map-dot-unknown` (population unknown), `map-label`.
The drawing never goes alone: the page shows the same places in a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from terreau.geography.pure.projection import Box, Frame, Point, box_of, frame
from terreau.geography.pure.shapes import Shape

LARGEST_RADIUS = 26.0
SMALLEST_RADIUS = 2.5  # a smaller dot would not be seen
MARGIN = 34.0
FONT_SIZE = 13
LETTER_WIDTH = 0.56 * FONT_SIZE  # mean of a humanist sans serif; a little wide on purpose
GAP = 3.0


@dataclass(frozen=True, slots=True)
class Place:
    """A commune on the map.

    population: None is unknown. caption: what the dot says on its own, in the reader's language.
    """

    code: str
    name: str
    longitude: float
    latitude: float
    population: int | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A border to draw under the dots."""

    code: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rectangle") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True, slots=True)
class Dot:
    """A place, put on the drawing."""

    place: Place
    x: float
    y: float
    radius: float

    @property
    def rectangle(self) -> Rectangle:
        return Rectangle(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where it is written: the baseline's point, and the side that it is anchored to."""

    name: str
    x: float
    y: float
    anchor: str
    rectangle: Rectangle


def draw(
    places: Sequence[Place],
    *,
    title: str,
    description: str,
    outlines: Sequence[Outline] = (),
    width: int = 640,
    tallest: int = 640,
    labels: int = 10,
    prefix: str = "map",
) -> str:
    """Return the map as one `<svg>` element, text escaped; an empty string when there is nothing to draw.

    labels: at most so many names, largest communes first; a name that would cover another one, or another named
    commune's dot, is not written.
    prefix: makes the ids of title and description unique in the page.
    The font size is in the drawing's units, as an attribute: a style sheet must not change it.
    """
    box = _box(places, outlines)
    if box is None:
        return ""
    drawing = frame(box, width=width, margin=MARGIN, tallest=tallest)
    dots = dots_of(places, drawing)
    title_id, description_id = f"{prefix}-title", f"{prefix}-description"
    parts = [
        (
            f'<svg class="map" role="img" aria-labelledby="{escape(title_id)} {escape(description_id)}" '
            f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}">'
        ),
        f'<title id="{escape(title_id)}">{escape(title)}</title>',
        f'<desc id="{escape(description_id)}">{escape(description)}</desc>',
        *(_path(outline, drawing) for outline in outlines),
        *(_circle(dot) for dot in dots),
        *(_text(label) for label in labels_of(dots, drawing, most=labels)),
        "</svg>",
    ]
    return "\n".join(parts)


def dots_of(places: Sequence[Place], drawing: Frame) -> list[Dot]:
    """Put the places on the drawing, largest first so that small ones stay visible on top.

    Surface is in proportion to population (radius to its square root), except below the smallest visible radius.
    """
    most = max((place.population or 0 for place in places), default=0)
    dots = []
    for place in sorted(places, key=lambda place: (-(place.population or 0), place.code)):
        x, y = drawing.place((place.longitude, place.latitude))
        radius = LARGEST_RADIUS * sqrt((place.population or 0) / most) if most else 0.0
        dots.append(Dot(place, x, y, max(SMALLEST_RADIUS, radius)))
    return dots


def labels_of(dots: Sequence[Dot], drawing: Frame, *, most: int) -> list[Label]:
    """Choose where to write names: greedy, largest first, on the free side that covers fewest small dots.

    Right, left, above, below, in that order among equals.
    """
    written: list[Label] = []
    for dot in dots[:most]:
        free = [
            label
            for label in _sides(dot)
            if label.rectangle.is_within(drawing.width, drawing.height)
            and not any(label.rectangle.meets(other.rectangle) for other in written)
            and not any(label.rectangle.meets(other.rectangle) for other in dots[:most] if other is not dot)
        ]
        if free:
            written.append(min(free, key=lambda label: sum(label.rectangle.meets(other.rectangle) for other in dots)))
    return written


def _sides(dot: Dot) -> list[Label]:
    long, reach = len(dot.place.name) * LETTER_WIDTH, dot.radius + GAP
    anchored = (
        ("start", dot.x + reach, dot.y + FONT_SIZE / 3, dot.x + reach),
        ("end", dot.x - reach, dot.y + FONT_SIZE / 3, dot.x - reach - long),
        ("middle", dot.x, dot.y - reach, dot.x - long / 2),
        ("middle", dot.x, dot.y + reach + FONT_SIZE, dot.x - long / 2),
    )
    return [
        Label(dot.place.name, x, y, anchor, Rectangle(left, y - FONT_SIZE, left + long, y + FONT_SIZE / 4))
        for anchor, x, y, left in anchored
    ]


def _box(places: Sequence[Place], outlines: Sequence[Outline]) -> Box | None:
    points: list[Point] = [(place.longitude, place.latitude) for place in places]
    points += [position for outline in outlines for polygon in outline.shape for position in polygon[0]]
    return box_of(points)


def _path(outline: Outline, drawing: Frame) -> str:
    rings = (ring for polygon in outline.shape for ring in polygon)
    data = "".join("M" + "L".join(_pair(drawing.place(position)) for position in ring[:-1]) + "Z" for ring in rings)
    return f'<path class="map-shape" fill-rule="evenodd" data-code="{escape(outline.code)}" d="{data}"/>'


def _circle(dot: Dot) -> str:
    kind = "map-dot" if dot.place.population is not None else "map-dot map-dot-unknown"
    return (
        f'<circle class="{kind}" data-code="{escape(dot.place.code)}" cx="{_number(dot.x)}" cy="{_number(dot.y)}" '
        f'r="{_number(dot.radius, 2)}"><title>{escape(dot.place.caption or dot.place.name)}</title></circle>'
    )


def _text(label: Label) -> str:
    return (
        f'<text class="map-label" x="{_number(label.x)}" y="{_number(label.y)}" text-anchor="{label.anchor}" '
        f'font-size="{FONT_SIZE}">{escape(label.name)}</text>'
    )


def _pair(position: tuple[float, float]) -> str:
    return f"{_number(position[0])},{_number(position[1])}"


def _number(value: float, decimals: int = 1) -> str:
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")
