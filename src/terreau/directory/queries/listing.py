"""The organisations of a territory: searched, filtered, counted, page by page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import NameSort
from terreau.directory.models import Organisation, OrganisationName
from terreau.directory.pure.sentences import first_sentence
from terreau.kernel.components import Facet, Option, Tag
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf, EdtfError, parse
from terreau.kernel.pure.periods import Period, Presence
from terreau.kernel.search.finding import Hit, Match, Results, find
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory, Theme

PAGE_SIZE = 40
MOST_FOUND = 200
"""Answers of the search that the filters then narrow; nobody reads further."""

FACETS = {
    "nature": (_("Nature"), "nature__key", "nature__name"),
    "theme": (_("Thème"), "themes__key", "themes__name"),
    "echelle": (_("Échelle"), "scale__key", "scale__name"),
    "commune": (_("Commune"), "commune", "commune"),
}
"""Parameter → its words, then the columns of its value and of its label."""


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of the list.

    chosen: facet → value, for the facets in force. when: the imprecise date at which organisations must exist.
    typed_date, date_error: the date as typed, and why it is not one.
    """

    q: str = ""
    chosen: Mapping[str, str] = ()  # type: ignore[assignment]
    when: Edtf | None = None
    typed_date: str = ""
    date_error: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Wanted":
        """Read the parameters of the address; an unreadable date filters nothing and says why."""
        typed = parameters.get("le", "").strip()[:60]
        when, error = None, ""
        try:
            when = parse(typed) if typed else None
        except EdtfError as refused:
            error = refused.en if (get_language() or "fr").startswith("en") else refused.fr
        chosen = {name: value for name in FACETS if (value := parameters.get(name, "").strip())}
        return cls(
            q=parameters.get("q", "").strip()[:200], chosen=chosen, when=when, typed_date=typed, date_error=error
        )


@dataclass(frozen=True)
class Row:
    """One organisation of the list.

    is_only_possible: nothing says for sure that it existed at the date asked.
    reason: why the search found it, when it is not by its name.
    """

    organisation: Organisation
    title: str
    kicker: str
    text: str
    themes: list[Tag]
    is_only_possible: bool
    reason: str


@dataclass(frozen=True)
class ListPage:
    """A page of the directory.

    total: organisations that answer. is_narrowed: something was asked of the list. corrected: the name that was meant,
    when nothing is called as typed.
    """

    wanted: Wanted
    facets: list[Facet]
    total: int
    results: Page[Row]
    is_narrowed: bool
    corrected: str


def matching(
    reader: Actor, territory: Territory, wanted: Wanted, found: Results | None, *, but: str = ""
) -> QuerySet[Organisation]:
    """Give the organisations that answer, `but` leaving one facet aside. No query by itself.

    found: what the search gave, None when nothing is searched.
    """
    rows: Any = Organisation.objects.of(territory).visible_to(reader)
    for name, value in wanted.chosen.items():
        if name != but:
            rows = rows.filter(**{FACETS[name][1]: value})
    if wanted.when:
        rows = rows.filter(alive_during(wanted.when))
    return rows.filter(pk__in=[hit.record_id for hit in found.hits]) if found else rows


def alive_during(when: Edtf) -> Q:
    """Match what certainly or possibly exists on a day of an imprecise date; what is not said does not exclude."""
    began = Q(start_earliest=None) | Q(start_earliest__lte=when.latest) if when.latest else Q()
    lasted = Q(end_latest=None) | Q(end_latest__gte=when.earliest) if when.earliest else Q()
    return began & lasted


def list_page(reader: Actor, territory: Territory, wanted: Wanted, number: str | None) -> ListPage:
    """Give one page of organisations, and what each filter would give.

    By name, or the closest to what is searched first. Three queries whatever their number, and those of the search.
    """
    found = find(territory, wanted.q, reader, kinds=(Organisation.KIND,), limit=MOST_FOUND) if wanted.q else None
    total, facets = _counts(reader, territory, wanted, found)
    rows = matching(reader, territory, wanted, found).select_related("nature").order_by(_order(found), "name", "pk")
    paginator: Paginator[Any] = Paginator(rows, PAGE_SIZE)
    paginator.count = total  # counted with the facets
    results: Any = paginator.get_page(number)
    organisations = list(results.object_list) if total else []
    acronyms, themes = _small_words(territory, organisations)
    hits = {hit.record_id: hit for hit in found.hits} if found else {}
    results.object_list = [
        _row(
            territory,
            organisation,
            wanted,
            acronyms[organisation.pk],
            themes[organisation.pk],
            hits.get(organisation.pk),
        )
        for organisation in organisations
    ]
    narrowed = bool(wanted.q or wanted.chosen or wanted.when)
    return ListPage(wanted, facets, total, results, narrowed, found.corrected if found else "")


def _order(found: Results | None) -> Any:
    if found and found.hits:
        return Case(
            *(When(pk=hit.record_id, then=place) for place, hit in enumerate(found.hits)), output_field=IntegerField()
        )
    return Subquery(Entry.objects.filter(kind=Organisation.KIND, record_id=OuterRef("pk")).values("names")[:1])


def _small_words(
    territory: Territory, organisations: list[Organisation]
) -> tuple[dict[Any, list[str]], dict[Any, list[Tag]]]:
    """Give the acronyms and the themes of organisations. One query, none for none."""
    acronyms: dict[Any, list[str]] = defaultdict(list)
    themes: dict[Any, list[Tag]] = defaultdict(list)
    if not organisations:
        return acronyms, themes
    address = reverse("directory:organisation_list", kwargs={"territory": territory.slug})
    pks = [organisation.pk for organisation in organisations]
    names = OrganisationName.objects.filter(organisation__in=pks, sort=NameSort.ACRONYM).order_by()
    tagged = Theme.objects.filter(organisations__in=pks).order_by()
    rows = names.values(of=F("organisation"), word=F("name"), address=Value(""), rank=F("position")).union(
        tagged.values(of=F("organisations"), word=F("name"), address=F("key"), rank=Value(0)), all=True
    )
    for row in sorted(rows, key=lambda row: (row["rank"], fold(row["word"]))):
        if row["address"]:
            themes[row["of"]].append(Tag(label=row["word"], url=f"{address}?theme={row['address']}"))
        else:
            acronyms[row["of"]].append(row["word"])
    return acronyms, themes


def _counts(reader: Actor, territory: Territory, wanted: Wanted, found: Results | None) -> tuple[int, list[Facet]]:
    """Count what answers, and what each choice of each facet would give with the others as they are. One query."""
    rank = Value(0, output_field=IntegerField())
    nothing = {"facet": Value("total"), "value": Value(""), "label": Value(""), "rank": rank}
    total = matching(reader, territory, wanted, found).order_by().values(**nothing).annotate(count=Count("pk"))
    counted = []
    for name, (_label, value, label) in FACETS.items():
        answering = (
            matching(reader, territory, wanted, found, but=name)
            .order_by()
            .exclude(**{value: ""})
            .filter(**{f"{value}__isnull": False})
        )
        place = F("scale__rank") if name == "echelle" else rank
        counted.append(
            answering.values(facet=Value(name), value=F(value), label=F(label), rank=place).annotate(count=Count("pk"))
        )
    options: dict[str, list[tuple[int, str, Option]]] = defaultdict(list)
    answers = 0
    rows: Iterable[Any] = total.union(*counted, all=True)
    for row in rows:
        if row["facet"] == "total":
            answers = row["count"]
            continue
        chosen = wanted.chosen.get(row["facet"]) == row["value"]
        option = Option(value=row["value"], label=row["label"], count=row["count"], selected=chosen)
        options[row["facet"]].append((row["rank"], fold(row["label"]), option))
    facets = [
        Facet(
            name=name,
            label=label,
            single=True,
            options=[option for *_order, option in sorted(options[name], key=lambda line: line[:2])],
        )
        for name, (label, *_columns) in FACETS.items()
    ]
    asked = Facet(name="le", label=_("Existait à cette date"), typed=wanted.typed_date, help=_("Une année, ou une date imprécise : 2018, 2016-09, 2012~."),
                  error=wanted.date_error)  # fmt: skip
    return answers, [*facets, asked]


def _row(
    territory: Territory,
    organisation: Organisation,
    wanted: Wanted,
    acronyms: list[str],
    themes: list[Tag],
    hit: Hit | None,
) -> Row:
    organisation.territory = territory
    return Row(
        organisation=organisation,
        title=f"{organisation.name} ({', '.join(acronyms)})" if acronyms else organisation.name,
        kicker=" · ".join(filter(None, (organisation.nature.name, organisation.commune))),
        text=first_sentence(organisation.summary),
        themes=themes,
        is_only_possible=wanted.when is not None and life_of(organisation).during(wanted.when) is not Presence.CERTAIN,
        reason=hit.reason if hit and hit.match != Match.NAME else "",
    )


def life_of(organisation: Organisation) -> Period:
    """Give the period of an organisation: an end that no source says is none, a start that none says is unknown."""
    return Period(organisation.start, organisation.end, end_open=organisation.end is None)
