"""Prizes, labels, habilitations and approvals of a territory: by year, and where each is known from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import DistinctionSort
from terreau.directory.models import Distinction, Initiative, Organisation
from terreau.directory.queries.wanted import alive_during
from terreau.kernel import policy
from terreau.kernel.components import Facet, Option, SourceLine
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf, EdtfError, parse
from terreau.kernel.references import citations_of, ref
from terreau.territory.models import Territory

PAGE_SIZE = 60
UNSAID = "inconnue"
"""Value of the facet for distinctions whose year no source says."""


@dataclass(frozen=True)
class DistinctionLine:
    """One distinction. holder: whom it honours; giver: the organisation that gave it, when the reader may see it."""

    distinction: Distinction
    holder: Organisation | Initiative
    giver: Organisation | None
    sources: list[SourceLine]
    may_change: bool


@dataclass(frozen=True)
class DistinctionListPage:
    """Everything that `distinction_list.html` reads. years: (a year, empty when unknown; its lines), latest first."""

    facets: list[Facet]
    total: int
    results: Page[Distinction]
    years: list[tuple[str, list[DistinctionLine]]]
    when: Edtf | None
    is_narrowed: bool
    may_write: bool


def distinctions_seen(reader: Actor, territory: Territory) -> Any:
    """Give the distinctions whose holder the reader may see too, `giver_is_seen` beside them. No query by itself."""
    organisations = Organisation.objects.of(territory).visible_to(reader).filter(pk=OuterRef("organisation_id"))
    initiatives = Initiative.objects.of(territory).visible_to(reader).filter(pk=OuterRef("initiative_id"))
    giver = Organisation.objects.of(territory).visible_to(reader).filter(pk=OuterRef("giver_id"))
    rows: Any = Distinction.objects.of(territory).visible_to(reader)
    return rows.filter(Exists(organisations) | Exists(initiatives)).annotate(giver_is_seen=Exists(giver))


def distinction_for(reader: Actor, territory: Territory, key: str) -> Distinction:
    """Give a distinction that the reader may see, its holder too, or a 404. One query."""
    rows = distinctions_seen(reader, territory).select_related(
        "organisation__territory", "initiative__territory", "giver"
    )
    distinction: Distinction = get_object_or_404(rows, key=key)
    return distinction


def distinction_list_page(
    reader: Actor, territory: Territory, parameters: Mapping[str, str], number: str | None
) -> DistinctionListPage:
    """Give one page of distinctions by year, with their sources. Three queries, whatever their number."""
    chosen = {name: value for name in ("type", "annee") if (value := parameters.get(name, "").strip()[:20])}
    typed, when, error = parameters.get("le", "").strip()[:60], None, ""
    try:
        when = parse(typed) if typed else None
    except EdtfError as refused:
        error = refused.en if (get_language() or "fr").startswith("en") else refused.fr
    seen = distinctions_seen(reader, territory).annotate(year=_year())
    total, facets = _counts(seen, chosen, when)
    rows = _narrowed(seen, chosen, when).select_related("organisation", "initiative__organisation", "giver")
    paginator: Paginator[Any] = Paginator(rows.order_by("-year", "sort", "name", "pk"), PAGE_SIZE)
    paginator.count = total  # counted with the facets
    results: Any = paginator.get_page(number)
    found = list(results.object_list) if total else []
    sources = citations_of(found)
    lines = [_line(reader, territory, distinction, sources.get(ref(distinction), [])) for distinction in found]
    date = Facet(
        name="le", label=_("En vigueur à cette date"), typed=typed, error=error,
        help=_("Une année, ou une date imprécise : 2018, 2016-09, 2012~."),
    )  # fmt: skip
    return DistinctionListPage(
        facets=[*facets, date],
        total=total,
        results=results,
        years=[
            (year, list(same))
            for year, same in groupby(lines, key=lambda line: str(getattr(line.distinction, "year", "")))
        ],
        when=when,
        is_narrowed=bool(chosen or typed),
        may_write=policy.allows("directory.distinction", reader, territory),
    )


def _year() -> Case:
    """Give the year of a distinction as text, empty unless its date lies in one year."""
    is_one = When(
        start_earliest__year=ExtractYear("start_latest"), then=Cast(ExtractYear("start_earliest"), CharField())
    )
    return Case(is_one, default=Value(""), output_field=CharField())


def _narrowed(rows: Any, chosen: Mapping[str, str], when: Edtf | None, but: str = "") -> Any:
    for name, value in chosen.items():
        if name == "type" != but:
            rows = rows.filter(sort=value)
        elif name == "annee" != but:
            rows = rows.filter(Q(year="") if value == UNSAID else Q(year=value))
    return rows.filter(alive_during(when)) if when else rows


def _counts(seen: Any, chosen: Mapping[str, str], when: Edtf | None) -> tuple[int, list[Facet]]:
    """Count what answers, and what each choice would give with the other as it is. One query."""

    def count(facet: str, value: Any, but: str = "") -> QuerySet[Any, Any]:
        columns = {"facet": Value(facet), "value": value}
        return _narrowed(seen, chosen, when, but).order_by().values(**columns).annotate(count=Count("pk"))

    everything = count("total", Value(""))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    rows: Iterable[Any] = everything.union(
        count("type", F("sort"), "type"), count("annee", F("year"), "annee"), all=True
    )
    for row in rows:
        counts[row["facet"]][row["value"]] = row["count"]
    sorts = [
        Option(value=sort.value, label=sort.label, count=counts["type"][sort], selected=chosen.get("type") == sort)
        for sort in DistinctionSort
        if sort in counts["type"]
    ]
    years = [
        Option(value=year or UNSAID, label=year or _("année inconnue"), count=counts["annee"][year],
               selected=chosen.get("annee") == (year or UNSAID))
        for year in sorted(counts["annee"], reverse=True)
    ]  # fmt: skip
    facets = [
        Facet(name="type", label=_("Type"), single=True, options=sorts),
        Facet(name="annee", label=_("Année"), single=True, options=years),
    ]
    return counts["total"].get("", 0), facets


def _line(reader: Actor, territory: Territory, distinction: Distinction, sources: list[SourceLine]) -> DistinctionLine:
    holder: Any = distinction.organisation or distinction.initiative
    giver = distinction.giver if distinction.giver_is_seen else None  # type: ignore[attr-defined]
    distinction.territory = holder.territory = territory
    if getattr(holder, "organisation", None):
        holder.organisation.territory = territory
    if giver:
        giver.territory = territory
    return DistinctionLine(distinction, holder, giver, sources, policy.allows("directory.distinction", reader, holder))
