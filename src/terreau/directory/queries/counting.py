"""How many organisations each choice of each facet would give, the other choices as they are.

Everything is counted from small rows (nature, scale, theme, archived or not → so many), which come from the tallies
when the question says nothing that they do not hold, and from the organisations that answer otherwise. At a date, those
of other times are taken away from the whole: rows may be negative, and their sums are right.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    TextField,
    UUIDField,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import ListOrder
from terreau.directory.models import Organisation, Tally, YearTally
from terreau.directory.queries.matching import COLUMNS, VOCABULARIES, Asked, Word, chosen_words
from terreau.directory.queries.wanted import FACETS, WITH_ARCHIVED, Wanted, is_same_town
from terreau.kernel.components import Facet, Option
from terreau.kernel.search.folding import fold
from terreau.territory.models import PerimeterCommune, Territory

MOST_SPREAD = 5_000
"""Answers beyond which the commune is typed, and no longer picked: nobody picks one of 35 000."""
MOST_TOWNS = 200
_NO_KEY: Any = Cast(Value(None), UUIDField())
_NO_NUMBER: Any = Cast(Value(None), FloatField())
_NOTHING: Any = Cast(Value(""), TextField())
_NO: Any = Value(False, output_field=BooleanField())
_YES: Any = Value(True, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Cell:
    """So many organisations of one nature and scale; theme None counts each once."""

    nature: UUID
    scale: UUID | None
    theme: UUID | None
    is_archived: bool
    count: int


@dataclass(frozen=True, slots=True)
class Town:
    """A commune. code: empty when only its name is known. count: what choosing it would give, the rest as it is.

    longitude, latitude, population: of a commune of the perimeter, None when not known or outside.
    """

    code: str
    name: str
    count: int = 0
    longitude: float | None = None
    latitude: float | None = None
    population: int | None = None


@dataclass(frozen=True)
class Counts:
    """What one query gives: the words of the facets, the small rows, the communes, and those of the perimeter."""

    words: Mapping[str, Mapping[UUID, Word]]
    cells: list[Cell]
    towns: list[Town]
    perimeter: list[Town]
    are_towns_typed: bool

    def chosen(self, wanted: Wanted) -> dict[str, set[UUID | None]]:
        """Give the keys of the words chosen, by facet."""
        return {name: {word.pk for word in words} for name, words in chosen_words(wanted, self.words).items()}

    def total(self, wanted: Wanted) -> int:
        return self._sum(wanted, but="")

    def by_word(self, wanted: Wanted, name: str) -> Counter[UUID | None]:
        """Count what each word of a facet would give."""
        counted: Counter[UUID | None] = Counter()
        for cell in self._kept(wanted, name):
            key = {"nature": cell.nature, "echelle": cell.scale, "theme": cell.theme}[name]
            if key is not None:
                counted[key] += cell.count
        return counted

    def archived(self, wanted: Wanted) -> int:
        """Count the archived ones that the other choices hold."""
        return sum(cell.count for cell in self._kept(wanted, "archives") if cell.is_archived)

    def is_kind_rarer(self, wanted: Wanted) -> bool:
        """Whether fewer organisations are of the natures and scales chosen than bear the theme chosen."""
        chosen = self.chosen(wanted)
        natures, scales, themes = (chosen.get(name) for name in ("nature", "echelle", "theme"))
        if themes is None or (natures is None and scales is None):
            return False
        of_kind = sum(
            cell.count
            for cell in self.cells
            if cell.theme is None
            and (natures is None or cell.nature in natures)
            and (scales is None or cell.scale in scales)
        )
        return of_kind <= sum(cell.count for cell in self.cells if cell.theme in themes)

    def _sum(self, wanted: Wanted, but: str) -> int:
        return sum(cell.count for cell in self._kept(wanted, but))

    def _kept(self, wanted: Wanted, but: str) -> Iterable[Cell]:
        chosen = self.chosen(wanted)
        natures, scales = chosen.get("nature"), chosen.get("echelle")
        themes = None if but == "theme" else chosen.get("theme")
        for cell in self.cells:
            if cell.is_archived and not wanted.with_archived and but != "archives":
                continue
            if but == "theme":
                if cell.theme is None:
                    continue
            elif (cell.theme is not None) if themes is None else (cell.theme not in themes):
                continue
            if natures is not None and but != "nature" and cell.nature not in natures:
                continue
            if scales is not None and but != "echelle" and cell.scale not in scales:
                continue
            yield cell


def count(asked: Asked) -> Counts:
    """Count everything that the page shows.

    Two queries; one when a text is searched, or when too many answer for their communes to be counted.
    """
    wanted = asked.wanted
    parts = _cells(asked)
    if "commune" in wanted.chosen and not wanted.q:
        parts += _tallied(asked, "anywhere")
    parts += [_words(name, asked.territory) for name in VOCABULARIES]
    parts += [_perimeter(asked.territory), *([_towns(asked)] if wanted.q else [])]
    words: dict[str, dict[UUID, Word]] = {name: {} for name in VOCABULARIES}
    cells: list[Cell] = []
    anywhere: list[Cell] = []
    towns: list[Town] = []
    perimeter: list[Town] = []
    first, *others = parts
    rows: Iterable[Any] = first.union(*others, all=True)
    for row in rows:
        match row["facet"]:
            case "cell" | "anywhere":
                cell = Cell(row["one"], row["two"], row["three"], bool(row["flag"]), row["number"])
                (cells if row["facet"] == "cell" else anywhere).append(cell)
            case "town":
                towns.append(_town(row))
            case "perimeter":
                people = row["number"] if row["number"] >= 0 else None
                perimeter.append(Town(row["text"], row["words"], 0, row["x"], row["y"], people))
            case name:
                words[name][row["one"]] = Word(row["one"], row["text"], row["words"], row["number"])
    counts = Counts(words, cells, [], perimeter, are_towns_typed=False)
    if not wanted.q:
        spread = replace(counts, cells=anywhere) if "commune" in wanted.chosen else counts
        if spread.total(wanted) > MOST_SPREAD:
            return replace(counts, are_towns_typed=True)
        towns = [_town(row) for row in _towns(ready(asked, spread))]
    found = _merged(towns, perimeter)
    return replace(counts, towns=found, are_towns_typed=len(found) > MOST_TOWNS)


def ready(asked: Asked, counts: Counts) -> Asked:
    """Give a question with its words, and the soonest of the ways to its organisations. No query."""
    wanted = asked.wanted
    are_many = counts.total(wanted) > MOST_SPREAD
    return replace(
        asked,
        words=chosen_words(wanted, counts.words),
        themes_are_last=are_many or counts.is_kind_rarer(wanted),
        dates_are_first=not are_many and wanted.when is not None,
    )


def _town(row: Any) -> Town:
    return Town(row["text"], row["words"], row["number"])


def _columns(facet: str, **said: Any) -> dict[str, Any]:
    """Give the columns that all parts of the union have, in one order; `number` comes after them."""
    usual = {"one": _NO_KEY, "two": _NO_KEY, "three": _NO_KEY, "flag": _NO, "text": _NOTHING, "words": _NOTHING,
             "x": _NO_NUMBER, "y": _NO_NUMBER}  # fmt: skip
    return {"facet": Value(facet)} | {name: said.get(name, value) for name, value in usual.items()}


def _cells(asked: Asked) -> list[QuerySet[Any, Any]]:
    if not (asked.wanted.q or "commune" in asked.wanted.chosen):
        return _tallied(asked, "cell")
    return _counted(asked.rows(but=COLUMNS, and_archived=True), "cell", 1)


def _counted(rows: QuerySet[Any], facet: str, sign: int) -> list[QuerySet[Any, Any]]:
    """Count organisations one by one, without a theme and by theme."""
    archived = Case(When(archived_on=None, then=_NO), default=_YES, output_field=BooleanField())
    keys: dict[str, Any] = {"one": F("nature"), "two": F("scale"), "flag": archived}
    rows, number = rows.order_by(), Count("pk") * sign
    themed = rows.filter(themes__isnull=False)
    return [
        rows.values(**_columns(facet, **keys)).annotate(number=number),
        themed.values(**_columns(facet, **keys, three=F("themes"))).annotate(number=number),
    ]


def _tallied(asked: Asked, facet: str) -> list[QuerySet[Any, Any]]:
    """Count from the tallies, whatever the kind; at a date, less those of other times.

    Nobody both starts after a date and ended before it, so nothing is taken away twice. Tallies know whole years:
    within the year where a bound of the date falls, organisations are read.
    """
    keys = {"one": F("nature_id"), "two": F("scale_id"), "three": F("theme_id"), "flag": F("is_archived")}
    columns = _columns(facet, **keys)
    tallies = Tally.objects.of(asked.territory).visible_to(asked.reader).filter(level=0).order_by()
    parts: list[QuerySet[Any, Any]] = [tallies.values(**columns).annotate(number=Sum("count"))]
    if asked.wanted.when is None:
        return parts
    first, last = asked.wanted.when.earliest, asked.wanted.when.latest
    years = YearTally.objects.of(asked.territory).visible_to(asked.reader).order_by()
    rows: QuerySet[Any] = Organisation.objects.of(asked.territory).visible_to(asked.reader)
    if last:
        parts += _left_out(years, rows, columns, last, is_end=False)
    if first:
        parts += _left_out(years, rows, columns, first, is_end=True)
    return parts


def _left_out(
    years: QuerySet[Any], rows: QuerySet[Any], columns: Mapping[str, Any], bound: date, *, is_end: bool
) -> list[QuerySet[Any, Any]]:
    """Count, as less than nothing, what starts after a bound, or has ended before it.

    The year of the bound is taken with the others, or not, so that the smaller part of it is read row by row.
    """
    january, december = date(bound.year, 1, 1), date(bound.year, 12, 31)
    is_early = bound.month <= 6  # noqa: PLR2004 -- half of a year
    if is_end:
        tallied = years.filter(is_end=True, **{"year__lt" if is_early else "year__lte": bound.year})
        before = Q(end_latest__gte=january, end_latest__lt=bound)
        others, sign = (before, -1) if is_early else (Q(end_latest__gte=bound, end_latest__lte=december), 1)
        is_whole = bound == january
    else:
        tallied = years.filter(is_end=False, **{"year__gte" if is_early else "year__gt": bound.year})
        after = Q(start_earliest__gt=bound, start_earliest__lte=december)
        others, sign = (Q(start_earliest__gte=january, start_earliest__lte=bound), 1) if is_early else (after, -1)
        is_whole = bound == december
    parts: list[QuerySet[Any, Any]] = [tallied.values(**columns).annotate(number=Sum("count") * -1)]
    return parts if is_whole else [*parts, *_counted(rows.filter(others), columns["facet"].value, sign)]


def _words(name: str, territory: Territory) -> QuerySet[Any, Any]:
    model = VOCABULARIES[name]
    columns = _columns(name, one=F("pk"), text=F("key"), words=F("name"))
    number = F("rank") if name == "echelle" else Value(0, output_field=IntegerField())
    return model.objects.of(territory).order_by().values(**columns).annotate(number=number)


def _perimeter(territory: Territory) -> QuerySet[Any, Any]:
    """List the communes of the perimeter; a population that is not known is -1."""
    point = {"x": Cast("longitude", FloatField()), "y": Cast("latitude", FloatField())}
    columns = _columns("perimeter", text=F("code"), words=F("name"), **point)
    rows = PerimeterCommune.objects.filter(perimeter__territory=territory).order_by()
    people = Coalesce("population", Value(-1), output_field=IntegerField())
    return rows.values(**columns).annotate(number=people)


def _towns(asked: Asked) -> QuerySet[Any, Any]:
    """Count by commune what answers: of use for MOST_SPREAD organisations or fewer."""
    rows = asked.rows(but=("commune",)).order_by()
    if asked.themes_are_last:  # so that SQLite looks at themes before it reads rows
        rows = Organisation.objects.filter(pk__in=rows.values("pk")).order_by()
    rows = rows.exclude(commune="", commune_code="")
    columns = _columns("town", text=F("commune_code"), words=F("commune"))
    return rows.values(**columns).annotate(number=Count("pk"))


def _merged(towns: list[Town], perimeter: list[Town]) -> list[Town]:
    """Make one of the spellings of a commune, under its official name when the perimeter has it; sorted by name."""
    names = {town.code: town.name for town in perimeter}
    counts: Counter[tuple[str, str]] = Counter()
    for town in sorted(towns, key=lambda town: (-town.count, town.name)):
        name = names.setdefault(town.code, town.name or town.code) if town.code else town.name
        counts[town.code, name] += town.count
    merged = [Town(code, name, count) for (code, name), count in counts.items()]
    return sorted(merged, key=lambda town: (fold(town.name), town.code))


def facets_of(wanted: Wanted, counts: Counts) -> list[Facet]:
    """Give the questions of the form, each choice with what it would give."""
    facets = []
    for name, question in FACETS.items():
        if name == "commune":
            facets.append(_town_facet(wanted, counts))
            continue
        by_word = counts.by_word(wanted, name)
        chosen = wanted.chosen.get(name, ())
        words = sorted(counts.words[name].values(), key=lambda word: (word.rank, fold(word.name)))
        options = [
            Option(value=word.key, label=word.name, count=by_word[word.pk], selected=word.key in chosen)
            for word in words
            if by_word[word.pk] > 0 or word.key in chosen
        ]
        facets.append(Facet(name=name, label=question.label, single=not question.several, options=options))
    return [*facets, *_other_facets(wanted, counts)]


def _town_facet(wanted: Wanted, counts: Counts) -> Facet:
    value = next(iter(wanted.chosen.get("commune", ())), "")
    label = FACETS["commune"].label
    if counts.are_towns_typed:
        return Facet(name="commune", label=label, typed=value, help=_("Son nom entier, ou son code INSEE."))
    options = [
        Option(
            value=town.code or town.name,
            label=town.name,
            count=town.count,
            selected=bool(value) and is_same_town(value, town.code, town.name),
        )
        for town in counts.towns
    ]
    if value and not any(option.selected for option in options):
        options.append(Option(value=value, label=value, count=0, selected=True))
    return Facet(name="commune", label=label, single=True, options=options)


def _other_facets(wanted: Wanted, counts: Counts) -> list[Facet]:
    help_text = _("Une année, ou une date imprécise : 2018, 2016-09, 2012~.")
    facets = [
        Facet(
            name="le",
            label=_("Existait à cette date"),
            typed=wanted.typed_date,
            help=help_text,
            error=wanted.date_error,
        )
    ]
    if (archived := counts.archived(wanted)) or wanted.with_archived:
        option = Option(
            value=WITH_ARCHIVED, label=_("Montrer aussi les archivées"), count=archived, selected=wanted.with_archived
        )
        facets.append(Facet(name="archives", label=_("Archives"), options=[option]))
    orders = [order for order in ListOrder if wanted.q or order != ListOrder.CLOSEST]
    # The usual order is said by nothing: it changes when one starts to search.
    options = [
        Option(
            value="" if order == wanted.usual_order else order.value, label=order.label, selected=order == wanted.order
        )
        for order in orders
    ]
    facets.append(Facet(name="tri", label=_("Trier"), single=True, options=options, is_order=True))
    return facets
