"""The page of the timeline, and its picture alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from terreau.kernel.components import Facet, SourceLine
from terreau.kernel.enums import Certainty
from terreau.kernel.facts import label_of
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.date_words import say
from terreau.kernel.pure.edtf import parse
from terreau.kernel.references import DisputeLine, Surroundings, ref, surroundings
from terreau.territory.models import Territory
from terreau.trajectory.enums import DatePrecision, IntensityLevel, Lane, MilestoneNature
from terreau.trajectory.models import IntensityPeriod, Milestone, Phase
from terreau.trajectory.pure.layout import Drawing, Mark, span_of
from terreau.trajectory.queries import picture
from terreau.trajectory.queries.reading import Reading, Told, actors_of, read
from terreau.trajectory.queries.wanted import Wanted, facets_of

PER_PAGE = 200
FEW = 12
"""Facts of a decade up to which the list groups it under one heading; above, each year has its own."""


@dataclass(frozen=True)
class SourcePages:
    """A source, and all the places in it that say the same thing."""

    title: str
    url: str
    locators: list[str]


@dataclass(frozen=True)
class MomentLine:
    """One fact of the list. anchor: where the picture leads; url: the record that tells it, for what is no milestone.

    sort: nature of the milestone, sort of the fact; precision: how its date is known, unless it is plainly written.
    """

    anchor: str
    told: Told
    url: str
    lane: str
    tone: str
    shape: str
    scale: str
    sort: str
    summary: str
    precision: str
    phase: str
    is_context: bool
    actors: list[dict[str, str]]
    sources: list[SourcePages]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class Group:
    """The facts under one heading: a year, a decade, a century, no date. level: of the intensity, 0 when unknown."""

    anchor: str
    label: str
    level: int
    level_words: str
    level_certainty: str
    lines: list[MomentLine]


@dataclass(frozen=True)
class PhaseLine:
    """A phase: what the picture shows when it is chosen is at `url`."""

    phase: Phase
    url: str
    is_chosen: bool
    sources: list[SourceLine]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class LevelLine:
    """How intense the animation was over a period."""

    period: IntensityPeriod
    words: str
    sources: list[SourceLine]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class LaneLine:
    """A track as the legend names it."""

    words: str
    tone: str
    shape: str
    count: int


@dataclass(frozen=True)
class TimelinePage:
    """Everything that `timeline.html` reads. total: facts that the reader may see; count: those that the filters keep.

    picture: empty when no fact that is kept has a date. years: first and last that it shows.
    """

    wanted: Wanted
    facets: list[Facet]
    total: int
    count: int
    noun: str
    undated_count: int
    picture: SafeString | str
    years: tuple[int, int] | None
    is_compressed: bool
    has_counts: bool
    svg_url: str
    home_url: str
    lanes: list[LaneLine]
    phases: list[PhaseLine]
    levels: list[LevelLine]
    groups: list[Group]
    numbering: Page[Any]


def timeline_page(reader: Actor, territory: Territory, wanted: Wanted, number: str | None = None) -> TimelinePage:
    """Gather the page. Seven queries, whatever it holds. number: of the page of the list, from 1."""
    reading = read(reader, territory, wanted)
    numbering = Paginator(reading.kept, PER_PAGE).get_page(number)
    shown: Sequence[Told] = list(numbering.object_list)
    around = surroundings(territory, reader, [*map(_Pointed, shown), *reading.phases, *reading.levels])
    groups = _groups(reading, shown, around, actors_of(reader, shown))
    home = reverse("trajectory:timeline", kwargs={"territory": territory.slug})
    drawing = _drawing(reading, wanted)
    counts = Counter(row.lane for row in reading.kept)
    return TimelinePage(
        wanted=wanted,
        facets=facets_of(wanted, reading.told, reading.scales, {phase.key: phase.title for phase in reading.phases}),
        total=len(reading.told),
        count=len(reading.kept),
        noun=_noun(len(reading.kept), wanted),
        undated_count=sum(row.when is None for row in reading.kept),
        picture=_written(drawing, reading, wanted, numbering.number) if drawing else "",
        years=(drawing.scale.first, drawing.scale.last) if drawing else None,
        is_compressed=bool(drawing and drawing.scale.compressed),
        has_counts=bool(drawing and any(mark.count for mark in drawing.marks)),
        svg_url=reverse("trajectory:timeline_svg", kwargs={"territory": territory.slug}) + wanted.query(),
        home_url=home,
        lanes=[LaneLine(str(lane.label), *picture.TONES[lane], counts[lane]) for lane in Lane],
        phases=[_phase_line(phase, reading, wanted, around) for phase in reading.phases],
        levels=[
            LevelLine(level, picture.level_words(level), around.sources.get(ref(level), []), around.disputes.get(ref(level), []))
            for level in reading.levels
        ],
        groups=groups,
        numbering=numbering,
    )  # fmt: skip


def timeline_picture(reader: Actor, territory: Territory, wanted: Wanted) -> str:
    """Draw the timeline as a file of its own, empty of marks when nothing is dated. Four queries."""
    reading = read(reader, territory, wanted)
    home = reverse("trajectory:timeline", kwargs={"territory": territory.slug})
    label = gettext("Frise du territoire : %(name)s") % {"name": territory.name}
    if drawing := _drawing(reading, wanted):
        return _written(drawing, reading, wanted, 0, home=home, alone=label)
    return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def _noun(count: int, wanted: Wanted) -> str:
    return ngettext("fait", "faits", count) if wanted.all_facts else ngettext("jalon", "jalons", count)


@dataclass(frozen=True)
class _Pointed:
    """A fact's record, as generic references need it."""

    told: Told

    @property
    def KIND(self) -> str:  # noqa: N802 -- the name that records give it
        return self.told.kind

    @property
    def pk(self) -> Any:
        return self.told.record_id


def _drawing(reading: Reading, wanted: Wanted) -> Drawing | None:
    lanes = wanted.lanes or tuple(Lane.values)
    return picture.drawing_of(reading.kept, lanes, reading.phases, reading.levels, _years(reading, wanted))


def _years(reading: Reading, wanted: Wanted) -> tuple[int, int] | None:
    """Give the years to draw when some were asked for: never beyond those of what the reader may see."""
    first, last = wanted.years
    if reading.phase and not (first or last):
        starts = reading.phase.start.earliest if reading.phase.start else None
        ends = reading.phase.end.latest if reading.phase.end else None
        first, last = starts.year if starts else None, ends.year if ends else None
    dated = [row.when for row in reading.told if row.when]
    if not (first or last) or not dated:
        return None
    widest = span_of(dated)
    low, high = max(first or widest[0], widest[0]), min(last or widest[1], widest[1])
    return (low, high) if low <= high else None


def _written(
    drawing: Drawing, reading: Reading, wanted: Wanted, number: int, *, home: str = "", alone: str = ""
) -> SafeString:
    """Write the drawing, each mark leading to its line: on this page of the list, or on another."""
    places = {str(row.pk): (anchor_of(row, reading), place // PER_PAGE + 1) for place, row in enumerate(reading.kept)}

    def href(mark: Mark) -> str:
        anchor, page = places[mark.key]
        if page == number:
            return f"#{anchor}"
        query = wanted.query(page=page) if page > 1 else wanted.query()
        return f"{home}{query}#{anchor}"

    def count_href(mark: Mark) -> str:
        """Lead to the same years alone; to the list, when they already are."""
        first, last = mark.years
        closer = wanted.between(first, last)
        return f"{home}{closer.query()}" + ("#jalons" if closer == wanted else "")

    return picture.write(
        drawing, href=href, count_href=count_href, phase_href=lambda key: home + phase_query(wanted, key), alone=alone
    )


def phase_query(wanted: Wanted, key: str) -> str:
    return Wanted(
        lanes=wanted.lanes, scales=wanted.scales, certainties=wanted.certainties, phase=key, all_facts=wanted.all_facts
    ).query()


def anchor_of(row: Told, reading: Reading) -> str:
    milestone = reading.milestones.get(row.record_id)
    return milestone.key if milestone else f"fait-{row.pk}"


def _phase_line(phase: Phase, reading: Reading, wanted: Wanted, around: Surroundings) -> PhaseLine:
    return PhaseLine(
        phase=phase,
        url=phase_query(wanted, phase.key),
        is_chosen=phase == reading.phase,
        sources=around.sources.get(ref(phase), []),
        disputes=around.disputes.get(ref(phase), []),
    )


def _groups(
    reading: Reading, shown: Sequence[Told], around: Surroundings, actors: dict[int, list[dict[str, str]]]
) -> list[Group]:
    full = {decade for decade, count in Counter(_decade(row) for row in reading.kept).items() if count > FEW}
    titles = {phase.pk: phase.title for phase in reading.phases}
    by_heading: dict[str, list[Told]] = {}
    for row in shown:
        by_heading.setdefault(_heading(row, full), []).append(row)
    groups = []
    for heading, rows in by_heading.items():
        level = _level_at(heading, reading.levels)
        groups.append(
            Group(
                anchor=f"annees-{heading.lower()}" if heading else "sans-date",
                label=say(parse(heading), get_language() or "fr", capital=True) if heading else gettext("Sans date"),
                level=IntensityLevel(level.level).width if level else 0,
                level_words=picture.level_words(level) if level else "",
                level_certainty=level.certainty if level else "",
                lines=[_line(row, reading, titles, around, actors) for row in rows],
            )
        )
    return groups


def _decade(row: Told) -> int | None:
    day = row.when and (row.when.earliest or row.when.latest)
    return day.year // 10 if day else None


def _heading(row: Told, full: set[int | None]) -> str:
    """Give the heading of a fact as an EDTF text: its year where years are full, else its decade; empty if undated."""
    day = row.when and (row.when.earliest or row.when.latest)
    if not day:
        return ""
    if row.when and row.when.precision == "century":
        return row.when.text[:4]
    return f"{day.year:04}" if day.year // 10 in full else f"{day.year // 10:03}X"


def _level_at(heading: str, levels: list[IntensityPeriod]) -> IntensityPeriod | None:
    if not heading.isdigit():
        return None
    year = int(heading)

    def covers(level: IntensityPeriod) -> bool:
        starts = level.start.earliest.year if level.start and level.start.earliest else year
        ends = level.end.latest.year if level.end and level.end.latest else year
        return starts <= year <= ends

    return next(filter(covers, levels), None)


def _line(
    row: Told, reading: Reading, phases: dict[Any, str], around: Surroundings, actors: dict[int, list[dict[str, str]]]
) -> MomentLine:
    milestone: Milestone | None = reading.milestones.get(row.record_id)
    lane = Lane(row.lane)
    precision = ""
    if milestone and milestone.precision != DatePrecision.EXACT:
        precision = str(DatePrecision(milestone.precision).label)
    elif not milestone and row.certainty != Certainty.ESTABLISHED:
        precision = str(Certainty(row.certainty).label)
    nature = MilestoneNature(milestone.nature).label if milestone and milestone.nature else ""
    target = (row.kind, row.record_id)
    return MomentLine(
        anchor=anchor_of(row, reading),
        told=row,
        url="" if milestone else row.url,
        lane=str(lane.label),
        tone=picture.TONES[lane][0],
        shape=picture.TONES[lane][1],
        scale=reading.scales.get(row.scale, ""),
        sort=capfirst(str(nature)) if milestone else label_of(row.what),
        summary=row.detail,
        precision=precision,
        phase=phases.get(milestone.phase_id, "") if milestone else "",
        is_context=bool(milestone and milestone.is_context),
        actors=actors.get(row.pk, []),
        sources=_by_source(around.sources.get(target, [])),
        disputes=around.disputes.get(target, []),
    )


def _by_source(lines: list[SourceLine]) -> list[SourcePages]:
    found: dict[str, SourcePages] = {}
    for line in lines:
        pages = found.setdefault(line.url or line.title, SourcePages(line.title, line.url, []))
        if line.locator and line.locator not in pages.locators:
            pages.locators.append(line.locator)
    return list(found.values())
