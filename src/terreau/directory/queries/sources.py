"""Where the memory of a territory comes from: its sources, what is quoted from each, and the acronyms met in them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Acronym
from terreau.directory.pure.pages import page_rank
from terreau.kernel.components import Pair, SourceLine
from terreau.kernel.enums import SourceGenre
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Citation, Entry, Source
from terreau.kernel.models import SourcePage as PageOfSource
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.date_words import say
from terreau.kernel.references import DisputeLine, GapLine, entries_of, links_from, page_words, ref, surroundings
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

PAGE_SIZE = 60


@dataclass(frozen=True)
class SourceRow:
    """A source in the bibliography.

    byline: authors, then the publisher unless it is one of them. quoted: the records, visible to the reader, that it
    says something of. disputes: how many bear on the source itself.
    """

    source: Source
    byline: str
    quoted: int
    disputes: int


@dataclass(frozen=True)
class Genre:
    label: str
    rows: list[SourceRow]


@dataclass(frozen=True)
class AcronymRow:
    """An acronym, and the record that it stands for when the reader may see it."""

    acronym: Acronym
    stands_for: Entry | None
    sources: list[SourceLine]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class SourcesPage:
    genres: list[Genre]
    total: int


@dataclass(frozen=True)
class Quoted:
    """One thing said by a source: at which page, of which record, in its own words when they are kept."""

    page: str
    kind: str
    entry: Entry
    citation: Citation


@dataclass(frozen=True)
class SourcePage:
    """Everything that `source_detail.html` reads. link: where to read the document. named_in: sources that name it."""

    source: Source
    link: str
    pairs: list[Pair]
    pages: list[PageOfSource]
    quoted: Page[Quoted]
    named_in: list[SourceLine]
    disputes: list[DisputeLine]
    gaps: list[GapLine]


def quotations(reader: Actor, territory: Territory) -> QuerySet[Citation]:
    """Give the citations of records that the reader may see."""
    shown = Entry.objects.visible_to(reader).filter(kind=OuterRef("kind"), record_id=OuterRef("record_id"))
    return Citation.objects.filter(Exists(shown), territory=territory)


def sources_page(reader: Actor, territory: Territory) -> SourcesPage:
    """Gather the bibliography, by genre. Four queries, whatever its size."""
    sources = list(Source.objects.of(territory).visible_to(reader).in_order())
    counted = (
        quotations(reader, territory).order_by().values_list("source").annotate(count=Count("record_id", distinct=True))
    )
    quoted = dict(counted)
    around = surroundings(territory, reader, sources)
    by_genre: dict[str, list[SourceRow]] = defaultdict(list)
    for source in sources:
        by_genre[source.genre].append(
            SourceRow(source, _byline(source), quoted.get(source.pk, 0), len(around.disputes.get(ref(source), [])))
        )
    genres = [Genre(capfirst(str(genre.label)), by_genre[genre]) for genre in SourceGenre if genre in by_genre]
    return SourcesPage(genres, len(sources))


def acronyms_page(reader: Actor, territory: Territory) -> list[AcronymRow]:
    """Gather the glossary, in the order of its acronyms. Five queries, whatever its size."""
    acronyms = list(Acronym.objects.of(territory).visible_to(reader).in_order())
    around = surroundings(territory, reader, acronyms)
    links = links_from(acronyms, reader)
    return [
        AcronymRow(
            acronym=acronym,
            stands_for=next(iter(links.get((Acronym.KIND, acronym.pk, "stands_for"), [])), None),
            sources=around.sources.get(ref(acronym), []),
            disputes=around.disputes.get(ref(acronym), []),
        )
        for acronym in sorted(acronyms, key=lambda acronym: (fold(acronym.acronym), acronym.key))
    ]


def source_named(reader: Actor, territory: Territory, key: str) -> Source | None:
    """Give a source that the reader may see, None when there is none of this key. One query."""
    source: Source | None = Source.objects.of(territory).visible_to(reader).filter(key=key).first()
    return source


def source_page(reader: Actor, source: Source, number: str | None) -> SourcePage:
    """Gather a source and one page of what is quoted from it, in the order of its pages. Six queries."""
    territory = source.territory
    places = quotations(reader, territory).filter(source=source).order_by().values_list("pk", "locator")
    ranked = [pk for pk, _locator in sorted(places, key=lambda place: (page_rank(place[1]), place[0]))]
    results: Any = Paginator(ranked, PAGE_SIZE).get_page(number)
    citations = Citation.objects.in_bulk(results.object_list)
    entries = entries_of(territory, reader, {(row.kind, row.record_id) for row in citations.values()})
    results.object_list = [_quoted(citations[pk], entries) for pk in results.object_list]
    around = surroundings(territory, reader, [source])
    return SourcePage(
        source=source,
        link=link_of(source),
        pairs=_identity(source),
        pages=list(source.pages.all()),
        quoted=results,
        named_in=around.sources.get(ref(source), []),
        disputes=around.disputes.get(ref(source), []),
        gaps=around.gaps.get(ref(source), []),
    )


def _byline(source: Source) -> str:
    publisher = [source.publisher] if source.publisher and source.publisher not in source.authors else []
    return ", ".join([*source.authors, *publisher])


def link_of(source: Source) -> str:
    """Give the address of a document as a link: sources often print it without its scheme."""
    address = source.address.strip()
    if not address or " " in address:
        return ""
    return address if address.startswith(("http://", "https://")) else f"https://{address}"


def _identity(source: Source) -> list[Pair]:
    year = say(source.year, get_language() or "fr", capital=True) if source.year else ""
    return [
        Pair(term=_("Genre"), value=capfirst(source.get_genre_display())),
        Pair(term=_("Auteurs"), value=", ".join(source.authors)),
        Pair(term=_("Date"), value=" · ".join(filter(None, (year, source.year_note)))),
        Pair(term=_("Dans"), value=source.part_of),
        Pair(term=_("Éditeur"), value=source.publisher),
        Pair(term=_("Collection"), value=source.collection),
        Pair(term=_("Imprimeur"), value=source.printer),
        Pair(term=_("Tirage"), value=_written_run(source.print_run)),
        Pair(term=_("Adresse"), value=source.address),
        Pair(term=_("Fichier"), value=source.file_name),
        Pair(term=_("Méthode"), value=source.method),
    ]


def _written_run(copies: int | None) -> str:
    if copies is None:
        return ""
    return ngettext("%(copies)s exemplaire", "%(copies)s exemplaires", copies) % {"copies": localize(copies)}


def _quoted(citation: Citation, entries: dict[Any, Entry]) -> Quoted:
    kind = capfirst(str(model_of(citation.kind)._meta.verbose_name))
    return Quoted(page_words(citation.locator), kind, entries[citation.kind, citation.record_id], citation)
