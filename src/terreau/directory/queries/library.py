"""The library of a territory: searched (inside the files too), filtered, counted, page by page."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import Licence, ResourceSort
from terreau.directory.models import Organisation, Resource
from terreau.directory.pure.excerpts import Piece, excerpt
from terreau.directory.pure.sentences import first_sentence
from terreau.directory.pure.transcripts import words_of
from terreau.kernel.clock import today
from terreau.kernel.components import Facet, Option, Tag
from terreau.kernel.files import kind_of, size_in_words
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search.finding import Hit, Match, Results, find
from terreau.kernel.search.folding import fold
from terreau.kernel.search.question import ask
from terreau.territory.models import Territory, Theme

PAGE_SIZE = 20
MOST_FOUND = 200
"""Answers of the search that the filters then narrow; nobody reads further."""
MOST_SOURCES = 8
GOOD, EXPIRED = "valable", "perimee"
FACETS = {
    "type": _("Type"),
    "theme": _("Thème"),
    "organisation": _("Organisation"),
    "licence": _("Licence"),
    "langue": _("Langue"),
    "validite": _("Toujours valable"),
}
VALIDITY = {GOOD: _("oui"), EXPIRED: _("n'est plus à jour")}
LONG = ("content", "transcript")
"""Columns that a page reads only when words are looked for in them."""


@dataclass(frozen=True)
class WantedResources:
    """What a reader asks of the library. chosen: facet → value, for the facets in force."""

    q: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "WantedResources":
        chosen = {name: value for name in FACETS if (value := parameters.get(name, "").strip()[:120])}
        return cls(parameters.get("q", "").strip()[:200], chosen)


@dataclass(frozen=True)
class LibraryRow:
    """One resource of the list. form: its format, size and length; reason, excerpt: why it was found."""

    resource: Resource
    kicker: str
    text: str
    form: str
    themes: list[Tag]
    reason: str
    excerpt: list[Piece]
    url: str


@dataclass(frozen=True)
class LibraryPage:
    """A page of the library.

    total: resources that answer. is_narrowed: something was asked. corrected: the name that was meant, when nothing is
    called as typed. sources: sources of the territory that answer the same words.
    """

    wanted: WantedResources
    facets: list[Facet]
    total: int
    results: Page[LibraryRow]
    is_narrowed: bool
    corrected: str
    sources: list[Hit]


def language_name(code: str) -> str:
    """Give the name of a language in that of the reader; the code itself when nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def matching(
    reader: Actor, territory: Territory, wanted: WantedResources, found: Results | None, *, but: str = ""
) -> QuerySet[Resource]:
    """Give the resources that answer, `but` leaving one facet aside. No query by itself."""
    rows: Any = Resource.objects.of(territory).visible_to(reader)
    for name, value in wanted.chosen.items():
        if name != but:
            rows = rows.filter(_answer(reader, territory, name, value))
    return rows.filter(pk__in=_ids(found)) if found else rows


def _answer(reader: Actor, territory: Territory, name: str, value: str) -> Q:
    match name:
        case "type":
            return Q(sort=value)
        case "theme":
            return Q(themes__key=value)
        case "organisation":
            return Q(organisations__in=Organisation.objects.of(territory).visible_to(reader).filter(key=value))
        case "licence":
            return Q(licence=value)
        case "langue":
            return Q(language=value)
        case _:
            late = Q(expires_on__lt=today())
            return late if value == EXPIRED else ~late


def _ids(found: Results) -> list[Any]:
    return [hit.record_id for hit in found.hits if hit.kind == Resource.KIND]


def library_page(reader: Actor, territory: Territory, wanted: WantedResources, number: str | None) -> LibraryPage:
    """Give one page of the library, and what each filter would give.

    What is still good first; then the closest to what is searched, or the latest. Three queries whatever their
    number, and those of the search.
    """
    kinds = (Resource.KIND, Source.KIND)
    found = find(territory, wanted.q, reader, kinds=kinds, limit=MOST_FOUND) if wanted.q else None
    total, facets = _counts(reader, territory, wanted, found)
    late = Case(When(expires_on__lt=today(), then=1), default=0, output_field=IntegerField())
    latest = F("published_latest").desc(nulls_last=True)
    rows = matching(reader, territory, wanted, found).order_by(late, *_order(found), latest, "title", "pk")
    paginator: Paginator[Any] = Paginator(rows if found else rows.defer(*LONG), PAGE_SIZE)
    paginator.count = total  # counted with the facets
    results: Any = paginator.get_page(number)
    resources = list(results.object_list) if total else []
    themes, names = _around(reader, territory, resources)
    hits = {hit.record_id: hit for hit in found.hits} if found else {}
    question = ask(wanted.q)
    words = question.words if question else ()
    results.object_list = [
        _row(resource, themes[resource.pk], names[resource.pk], hits.get(resource.pk), words) for resource in resources
    ]
    sources = [hit for hit in found.hits if hit.kind == Source.KIND][:MOST_SOURCES] if found else []
    return LibraryPage(
        wanted, facets, total, results, bool(wanted.q or wanted.chosen), found.corrected if found else "", sources
    )


def _order(found: Results | None) -> list[Any]:
    if not found or not _ids(found):
        return []
    ranked = (When(pk=pk, then=place) for place, pk in enumerate(_ids(found)))
    return [Case(*ranked, output_field=IntegerField())]


def _around(
    reader: Actor, territory: Territory, resources: list[Resource]
) -> tuple[dict[Any, list[Tag]], dict[Any, list[str]]]:
    """Give the themes of resources, and the names of their organisations. One query, none for none."""
    themes: dict[Any, list[Tag]] = defaultdict(list)
    names: dict[Any, list[str]] = defaultdict(list)
    if resources:
        address = reverse("directory:resources", kwargs={"territory": territory.slug})
        pks = [resource.pk for resource in resources]
        for of, is_theme, name, key in sorted(around_rows(reader, territory, pks), key=lambda row: fold(row[2])):
            if is_theme:
                themes[of].append(Tag(label=name, url=f"{address}?theme={key}"))
            else:
                names[of].append(name)
    return themes, names


def around_rows(reader: Actor, territory: Territory, pks: list[Any]) -> list[tuple[Any, int, str, str]]:
    """Give the themes and the visible organisations of resources: (resource, is a theme, name, key). One query."""
    themes = Theme.objects.filter(resources__in=pks).order_by()
    organisations = Organisation.objects.of(territory).visible_to(reader).filter(resources__in=pks).order_by()
    rows = themes.values_list("resources", Value(1), "name", "key").union(
        organisations.values_list("resources", Value(0), "name", "key"), all=True
    )
    return list(rows)


def _counts(
    reader: Actor, territory: Territory, wanted: WantedResources, found: Results | None
) -> tuple[int, list[Facet]]:
    """Count what answers, and what each choice of each facet would give with the others as they are. One query."""

    def counted(name: str, value: Any, label: Any = Value(""), **keep: Any) -> QuerySet[Any]:  # noqa: B008 -- never written
        rows = matching(reader, territory, wanted, found, but=name).order_by().filter(**keep)
        return rows.values(facet=Value(name), value=value, label=label).annotate(count=Count("pk", distinct=True))

    late = Case(When(expires_on__lt=today(), then=Value(EXPIRED)), default=Value(GOOD), output_field=CharField())
    seen = Organisation.objects.of(territory).visible_to(reader)
    rows = counted("total", Value("")).union(
        counted("type", F("sort")),
        counted("theme", F("themes__key"), F("themes__name"), themes__isnull=False),
        counted("organisation", F("organisations__key"), F("organisations__name"), organisations__in=seen),
        counted("licence", F("licence"), licence__gt=""),
        counted("langue", F("language")),
        counted("validite", late),
        all=True,
    )
    options: dict[str, list[tuple[str, Option]]] = defaultdict(list)
    answers = 0
    for row in rows:
        if row["facet"] == "total":
            answers = row["count"]
            continue
        chosen = wanted.chosen.get(row["facet"]) == row["value"]
        label = row["label"] or _label(row["facet"], row["value"])
        option = Option(value=row["value"], label=label, count=row["count"], selected=chosen)
        options[row["facet"]].append((fold(label), option))
    return answers, [
        Facet(name=name, label=label, single=True, options=[one for _key, one in sorted(options[name], key=_by_label)])
        for name, label in FACETS.items()
    ]


def _by_label(line: tuple[str, Option]) -> tuple[str, str]:
    return line[0], line[1].value


def _label(facet: str, value: str) -> str:
    match facet:
        case "type":
            return str(ResourceSort(value).label)
        case "licence":
            return str(Licence(value).label)
        case "langue":
            return language_name(value)
        case _:
            return str(VALIDITY[value])


def form_of(resource: Resource) -> str:
    """Say what one gets: the format and size of the file, its length; empty for an address alone."""
    kind = kind_of(resource.media_type)
    length = _("%(minutes)s min") % {"minutes": resource.duration_minutes} if resource.duration_minutes else ""
    size = size_in_words(resource.size) if resource.sha256 and resource.size is not None else ""
    return " · ".join(filter(None, (kind.name if kind and resource.sha256 else "", size, length)))


def where_found(resource: Resource, words: tuple[str, ...]) -> tuple[str, list[Piece]]:
    """Say in which text of a resource words are, with a stretch of it."""
    for place, text in (
        (_("Trouvée dans le résumé"), resource.summary),
        (_("Trouvée dans la transcription"), words_of(resource.transcript)),
        (_("Trouvée dans le fichier"), resource.content),
    ):
        if pieces := excerpt(text, words):
            return str(place), pieces
    return "", []


def _row(
    resource: Resource, themes: list[Tag], names: list[str], hit: Hit | None, words: tuple[str, ...]
) -> LibraryRow:
    reason = ""
    pieces: list[Piece] = []
    url = resource.get_absolute_url()
    if hit and hit.match != Match.NAME:
        place, pieces = where_found(resource, words) if hit.match == Match.TEXT else ("", [])
        reason = place or gettext("Trouvée par : %(reason)s") % {"reason": hit.reason}
        url = f"{url}?{_asked(words)}" if pieces else url
    return LibraryRow(
        resource=resource,
        kicker=" · ".join([capfirst(resource.get_sort_display()), *(names or resource.authors)]),
        text=first_sentence(resource.summary),
        form=form_of(resource),
        themes=themes,
        reason=reason,
        excerpt=pieces,
        url=url,
    )


def _asked(words: tuple[str, ...]) -> str:
    """Write the words for the address of the resource, which shows where they are; folded words need no quoting."""
    return "q=" + "+".join(words)
