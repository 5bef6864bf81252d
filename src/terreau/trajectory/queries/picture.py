"""The picture of the timeline: our words, colours and addresses, given to the pure renderer."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from terreau.kernel.enums import Certainty
from terreau.kernel.pure.date_words import say, say_period
from terreau.kernel.pure.ends import period_of
from terreau.kernel.pure.typography import typeset
from terreau.trajectory.enums import IntensityLevel, Lane
from terreau.trajectory.models import IntensityPeriod, Phase
from terreau.trajectory.pure.layout import Drawing, Mark, Moment, Span, draw
from terreau.trajectory.pure.timeline_svg import LaneLook, Look, svg
from terreau.trajectory.queries.reading import Told

TONES: Final = {
    Lane.POLICY: ("ciel", "square"),
    Lane.ANIMATION: ("terre", "circle"),
    Lane.ACTORS: ("pousse", "triangle"),
}
"""Colour and shape of each track (visual.md)."""

_LIGHT: Final = (
    "--paper:#fbf8f3;--surface:#fff;--sunk:#f1ebe1;--ink:#20231f;--soft:#575a52;--line:#8b8273;--hair:#ddd3c4;"
    "--terre:#8f3d12;--ciel:#1d5686;--pousse:#2b6a3a;--ocre:#d9a441"
)
_DARK: Final = (
    "--paper:#151815;--surface:#1e221e;--sunk:#0f120f;--ink:#f1ede6;--soft:#b9bcb3;--line:#7d8378;--hair:#363c36;"
    "--terre:#f0a878;--ciel:#8fc1ea;--pousse:#8fd19e;--ocre:#e6bd6a"
)
_RULES: Final = (Path(__file__).parents[1] / "static" / "trajectory" / "drawing.css").read_text(encoding="utf-8")
STYLE: Final = f":root{{{_LIGHT}}}@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}{_RULES}"
"""Style of the file that stands alone. It has no `<` nor `&`, so that HTML and XML read it alike."""
STYLE_HASH: Final = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


def in_words(text: str) -> str:
    """Set the typography of data in the language of the reader."""
    return typeset(text) if (get_language() or "fr").startswith("fr") else text


def drawing_of(
    told: Sequence[Told],
    lanes: Sequence[str],
    phases: Sequence[Phase],
    levels: Sequence[IntensityPeriod],
    years: tuple[int, int] | None,
) -> Drawing | None:
    """Lay out the facts that have a date; None when none has."""
    language = get_language() or "fr"
    moments = [
        Moment(
            key=str(row.pk),
            when=row.when,
            words=in_words(row.title),
            lane=row.lane,
            certainty=row.certainty,
            tooltip=_tooltip(row, language),
        )
        for row in told
        if row.when
    ]
    if not moments:
        return None
    strokes = levels if Lane.ANIMATION in lanes else ()
    return draw(
        moments, lanes,
        phases=[Span(phase.key, in_words(phase.title), phase.start, phase.end) for phase in phases],
        strokes=[_stroke(level) for level in strokes],
        years=years,
    )  # fmt: skip


def write(
    drawing: Drawing,
    *,
    href: Callable[[Mark], str],
    count_href: Callable[[Mark], str],
    phase_href: Callable[[str], str],
    alone: str = "",
) -> SafeString:
    """Write a drawing as SVG. alone: its accessible name when it is a file of its own, which then has its style."""
    look = Look(
        lanes={lane.value: LaneLook(str(lane.label), *TONES[lane]) for lane in Lane},
        strokes_name=gettext("Intensité de l'animation"),
        href=lambda mark: count_href(mark) if mark.count else href(mark),
        count_words=_count_words,
        phase_href=phase_href,
        label=alone,
        style=STYLE if alone else "",
    )
    return mark_safe(svg(drawing, look))  # noqa: S308 -- the renderer escapes what comes from data


def level_words(level: IntensityPeriod) -> str:
    return capfirst(str(IntensityLevel(level.level).label))


def _stroke(level: IntensityPeriod) -> Span:
    return Span(
        level.key,
        level_words(level),
        level.start,
        level.end,
        level.certainty,
        IntensityLevel(level.level).width,
        _level_tooltip(level),
    )


def _level_tooltip(level: IntensityPeriod) -> str:
    period = say_period(period_of(level.start, level.end), get_language() or "fr")
    parts = [level_words(level), period, in_words(level.reason)]
    if level.certainty != Certainty.ESTABLISHED:
        parts.insert(2, str(Certainty(level.certainty).label))
    return ", ".join(filter(None, parts))


def _tooltip(row: Told, language: str) -> str:
    words: list[Any] = [capfirst(say(row.when, language)) if row.when else "", in_words(row.title)]
    if row.certainty != Certainty.ESTABLISHED:
        words.append(Certainty(row.certainty).label)
    return ", ".join(map(str, filter(None, words)))


def _count_words(mark: Mark) -> str:
    first, last = mark.years
    said = {"count": mark.count, "lane": Lane(mark.lane).label, "first": first, "last": last}
    if first == last:
        return (
            ngettext("%(lane)s : %(count)s fait en %(first)s", "%(lane)s : %(count)s faits en %(first)s", mark.count)
            % said
        )
    return (
        ngettext(
            "%(lane)s : %(count)s fait de %(first)s à %(last)s",
            "%(lane)s : %(count)s faits de %(first)s à %(last)s",
            mark.count,
        )
        % said
    )
