"""The page of the directory: organisations searched, filtered, counted, page by page, with their places."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Value
from django.urls import reverse
from django.utils.safestring import SafeString

from terreau.directory.enums import NameSort
from terreau.directory.models import Organisation, OrganisationName
from terreau.directory.pure.sentences import first_sentence
from terreau.directory.queries import counting, drawing
from terreau.directory.queries.matching import Asked, search
from terreau.directory.queries.wanted import Wanted
from terreau.kernel.components import Facet, Tag
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.periods import Period, Presence
from terreau.kernel.search.finding import Hit, Match
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory, Theme

PAGE_SIZE = 40
MOST_PAGES = 100
"""Pages that are numbered: nobody turns the hundredth, and the database would read all those before it."""


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

    total: organisations that answer; shown_most: those that the pages reach. is_narrowed: something was asked of the
    list. corrected: the name that was meant, when nothing is called as typed. map: the drawing of the communes, empty
    when none has a point; unplaced_count: those of which no commune is known. query: the question as parameters of an
    address, for the map and the exports.
    """

    wanted: Wanted
    facets: list[Facet]
    total: int
    shown_most: int
    results: Page[Row]
    corrected: str
    map: SafeString
    unplaced_count: int

    @property
    def is_narrowed(self) -> bool:
        return self.wanted.is_narrowed

    @property
    def query(self) -> str:
        return self.wanted.query


def list_page(reader: Actor, territory: Territory, wanted: Wanted, number: str | None) -> ListPage:
    """Give one page of organisations, what each filter would give, and where they are.

    By name, or the closest to what is searched first. Three or four queries whatever their number, and those of the
    search.
    """
    found = search(reader, territory, wanted)
    counts = counting.count(Asked(reader, territory, wanted, found))
    total = counts.total(wanted)
    asked = counting.ready(Asked(reader, territory, wanted, found), counts)
    paginator: Paginator[Any] = Paginator(asked.sorted().select_related("nature"), PAGE_SIZE)
    paginator.count = min(total, MOST_PAGES * PAGE_SIZE)  # counted with the facets
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
    return ListPage(
        wanted=wanted,
        facets=counting.facets_of(wanted, counts),
        total=total,
        shown_most=paginator.count,
        results=results,
        corrected=found.corrected if found else "",
        map=drawing.drawn(territory, counts, wanted),
        unplaced_count=drawing.unplaced(counts, wanted),
    )


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
