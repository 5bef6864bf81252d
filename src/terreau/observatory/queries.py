"""Figures, as their readers may see them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from terreau.kernel.components import Column, SourceLine
from terreau.kernel.enums import Certainty
from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import DisputeLine, disputes_of, ref, source_line
from terreau.observatory.models import Figure, PortraitItem, UnquantifiedClaim
from terreau.observatory.pure.areas import is_key
from terreau.observatory.pure.scales import share_of, top_of
from terreau.observatory.units import number_words, unit_words, value_words


@dataclass(frozen=True, kw_only=True)
class Area:
    """What figures measure. is_ours: the territory or a record of it; others are places of reference."""

    name: str
    url: str = ""
    kind: str = ""
    is_ours: bool = True


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One figure in words.

    value, unit: as they are read; value is "non connu" when nobody gives it (is_known is False).
    certainty: empty when established.
    """

    key: str
    label: str
    area: Area
    value: str
    unit: str
    is_known: bool
    is_approximate: bool
    on: Edtf | None
    note: str
    certainty: str
    source: SourceLine
    disputes: tuple[DisputeLine, ...]


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """A figure of the portrait under its short label.

    value: in words, None when unknown; source: title and page; against: the same measure elsewhere, in words.
    """

    label: str
    figure: FigureLine
    value: str | None
    status: str
    source: str
    against: str


@dataclass(frozen=True, kw_only=True)
class AreaFigures:
    """The figures of one area; anchor: where the page shows them."""

    area: Area
    anchor: str
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: length is a share of the axis in percent, between 0 and 100, as SVG reads it."""

    figure: FigureLine
    length: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The same measure, at the same date and in the same unit, on several areas.

    top: end of the axis, in words. disputed: key of the first figure that sources disagree on, empty when they agree.
    """

    anchor: str
    label: str
    on: Edtf
    sentence: str
    bars: tuple[Bar, ...]
    top: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, str], ...]
    sources: tuple[SourceLine, ...]
    disputed: str


@dataclass(frozen=True, kw_only=True)
class ClaimLine:
    """Something said about quantities without a number."""

    key: str
    summary: str
    source: SourceLine
    disputes: tuple[DisputeLine, ...]


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    """The page of figures: portrait first, comparisons, all figures by area, then claims without a number."""

    territory: Any
    portrait: tuple[KeyFigure, ...]
    comparisons: tuple[Comparison, ...]
    groups: tuple[AreaFigures, ...]
    claims: tuple[ClaimLine, ...]
    count: int


def figures_page(reader: Actor, territory: Any) -> FiguresPage:
    """Give the figures of a territory. Five queries, or seven when some are disputed."""
    rows = list(Figure.objects.of(territory).visible_to(reader).select_related("source").in_order())
    items = list(PortraitItem.objects.of(territory).visible_to(reader).in_order())
    claims = list(UnquantifiedClaim.objects.of(territory).visible_to(reader).select_related("source").in_order())
    areas = _areas(reader, territory, {row.area for row in rows})
    disputes = disputes_of([*rows, *claims], reader)
    for row in (*rows, *claims):
        row.source.territory = territory
    lines = {row.pk: _line(row, areas[row.area], disputes.get(ref(row), ())) for row in rows}
    peers = _peers(rows)
    return FiguresPage(
        territory=territory,
        portrait=tuple(_key_figure(item, lines, peers) for item in items if item.figure_id in lines),
        comparisons=tuple(_comparison(place, group, lines) for place, group in enumerate(_distinct(peers), start=1)),
        groups=_by_area(rows, lines, territory),
        claims=tuple(
            ClaimLine(
                key=claim.key,
                summary=claim.summary,
                source=source_line(claim.source, claim.locator),
                disputes=tuple(disputes.get(ref(claim), ())),
            )
            for claim in claims
        ),
        count=len(rows),
    )


def _areas(reader: Actor, territory: Any, written: set[str]) -> dict[str, Area]:
    """Read what areas are: the territory, a record that the reader may see, or a place. One query."""
    keys = {area for area in written if is_key(area) and area != territory.slug}
    entries = Entry.objects.of(territory).visible_to(reader).filter(kind__in=linkable_kinds(), key__in=keys)
    found = {entry.key: entry for entry in entries}
    areas = {}
    for area in written:
        if area == territory.slug:
            areas[area] = Area(name=territory.name)
        elif entry := found.get(area):
            areas[area] = Area(name=entry.title, url=entry.url, kind=str(model_of(entry.kind)._meta.verbose_name))
        elif area in keys:
            areas[area] = Area(name=_("une fiche non publiée"))
        else:
            areas[area] = Area(name=area, is_ours=False)
    return areas


def _line(figure: Figure, area: Area, disputes: Iterable[DisputeLine]) -> FigureLine:
    return FigureLine(
        key=figure.key,
        label=figure.label,
        area=area,
        value=value_words(figure),
        unit=unit_words(figure),
        is_known=figure.is_known,
        is_approximate=figure.is_approximate,
        on=figure.measured_on,
        note=figure.note,
        certainty="" if figure.certainty == Certainty.ESTABLISHED else figure.certainty,
        source=source_line(figure.source, figure.locator, certainty=figure.certainty),
        disputes=tuple(disputes),
    )


def _peers(rows: Iterable[Figure]) -> dict[UUID, list[Figure]]:
    """Give, for each figure that may be compared, the figures that it is compared with, itself included.

    Same label, unit and stated date; one exact value for each area; two areas or more.
    """
    by_measure: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for row in rows:
        if row.value is not None and row.value >= 0 and row.measured_on and not row.is_approximate:
            by_measure[row.label.casefold(), row.unit, row.measured_on.text].append(row)
    peers: dict[UUID, list[Figure]] = {}
    for group in by_measure.values():
        if len(group) > 1 and len({row.area for row in group}) == len(group):
            peers |= {row.pk: group for row in group}
    return peers


def _distinct(peers: dict[UUID, list[Figure]]) -> list[list[Figure]]:
    return list({id(group): group for group in peers.values()}.values())


def _key_figure(item: PortraitItem, lines: dict[UUID, FigureLine], peers: dict[UUID, list[Figure]]) -> KeyFigure:
    line = lines[item.figure_id]
    others = [lines[row.pk] for row in peers.get(item.figure_id, ()) if row.pk != item.figure_id]
    against = " · ".join(
        _("%(area)s : %(value)s") % {"area": other.area.name, "value": _whole(other)} for other in others
    )
    return KeyFigure(
        label=item.label,
        figure=line,
        value=line.value if line.is_known else None,
        status=_("contesté") if line.disputes else "",
        source=", ".join(filter(None, (line.source.title, line.source.locator))),
        against=against,
    )


def _whole(line: FigureLine) -> str:
    return f"{line.value}\u00a0{line.unit}" if line.unit else line.value


def _comparison(place: int, group: Sequence[Figure], lines: dict[UUID, FigureLine]) -> Comparison:
    """Draw a comparison: our areas first, then the places of reference, each from the highest."""
    ordered = sorted(group, key=lambda row: (not lines[row.pk].area.is_ours, -(row.value or Decimal(0)), row.key))
    values = [row.value or Decimal(0) for row in ordered]
    top = top_of(values)
    lowest, highest = min(ordered, key=lambda row: row.value or 0), max(ordered, key=lambda row: row.value or 0)
    sentence = _("De %(low)s (%(low_area)s) à %(high)s (%(high_area)s).") % {
        "low": _whole(lines[lowest.pk]),
        "low_area": lines[lowest.pk].area.name,
        "high": _whole(lines[highest.pk]),
        "high_area": lines[highest.pk].area.name,
    }
    drawn = [lines[row.pk] for row in ordered]
    return Comparison(
        anchor=f"comparaison-{place}",
        label=ordered[0].label,
        on=ordered[0].measured_on,
        sentence=sentence,
        bars=tuple(
            Bar(figure=line, length=f"{100 * share_of(value, top):.2f}")
            for line, value in zip(drawn, values, strict=True)
        ),
        top=f"{number_words(top)}\u00a0{unit_words(ordered[0])}",
        columns=(Column(label=_("Territoire mesuré")), Column(label=_("Valeur"), numeric=True)),
        rows=tuple((line.area.name, _whole(line)) for line in drawn),
        sources=tuple(dict.fromkeys(line.source for line in drawn)),
        disputed=next((line.key for line in drawn if line.disputes), ""),
    )


def _by_area(rows: Iterable[Figure], lines: dict[UUID, FigureLine], territory: Any) -> tuple[AreaFigures, ...]:
    """Group by area: the territory first, then its records in the order of the dossier, then places of reference."""
    groups: dict[str, list[FigureLine]] = defaultdict(list)
    for row in rows:
        groups[row.area].append(lines[row.pk])
    order = sorted(groups, key=lambda area: (area != territory.slug, not groups[area][0].area.is_ours))
    return tuple(
        AreaFigures(area=groups[area][0].area, anchor=f"mesure-{place}", figures=tuple(groups[area]))
        for place, area in enumerate(order, start=1)
    )
