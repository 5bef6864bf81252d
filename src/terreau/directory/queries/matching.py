"""The organisations that answer a question, and in what order: one reading for the list, the map and the exports."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from terreau.directory.enums import ListOrder
from terreau.directory.models import Nature, Organisation
from terreau.directory.queries.wanted import Wanted, alive_during, in_town
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search.finding import Results, find
from terreau.territory.models import Scale, Territory, Theme

MOST_FOUND = 200
"""Answers of the search that the filters then narrow; nobody reads further."""
COLUMNS = {"nature": "nature", "echelle": "scale", "theme": "themes"}
VOCABULARIES: Mapping[str, type[Any]] = {"nature": Nature, "echelle": Scale, "theme": Theme}


@dataclass(frozen=True)
class Word:
    """A word of a vocabulary of the territory."""

    pk: UUID
    key: str
    name: str
    rank: int = 0


@dataclass(frozen=True)
class Asked:
    """A question ready to be put to the tables.

    found: what the search gave, None when nothing is searched. words: facet → the words chosen, those that exist;
    None when they were not read, which costs a join.
    themes_are_last: what answers the rest of the question is read, and its themes looked at, rather than all that bears
    a theme: many answer, of which the first in the order of the list are enough, or a rare kind is asked.
    dates_are_first: what answers is found by its dates, then sorted: so few do that they are far apart in the order of
    the list.
    """

    reader: Actor
    territory: Territory
    wanted: Wanted
    found: Results | None = None
    words: Mapping[str, tuple[Word, ...]] | None = None
    themes_are_last: bool = False
    dates_are_first: bool = False

    def rows(self, *, but: Collection[str] = (), and_archived: bool = False) -> QuerySet[Organisation]:
        """Give the organisations that answer, leaving some facets aside. No query by itself."""
        rows: QuerySet[Any] = Organisation.objects.of(self.territory).visible_to(self.reader)
        if not (self.wanted.with_archived or and_archived):
            rows = rows.filter(archived_on=None)
        if self.wanted.when:
            rows = rows.filter(alive_during(self.wanted.when))
        if self.found:
            rows = rows.filter(pk__in=[hit.record_id for hit in self.found.hits])
        for name in self.wanted.chosen:
            if name not in but:
                rows = rows.filter(self._in_facet(name))
        return rows

    def _in_facet(self, name: str) -> Q:
        values = self.wanted.chosen[name]
        if name == "commune":
            return in_town(values[0])
        if self.words is None:
            return Q(**{f"{COLUMNS[name]}__key__in": values})
        pks = [word.pk for word in self.words.get(name, ())]
        if name == "theme" and self.themes_are_last:
            return Q(
                Exists(Organisation.themes.through._default_manager.filter(organisation=OuterRef("pk"), theme__in=pks))
            )
        return Q(**{COLUMNS[name]: pks[0]}) if len(pks) == 1 else Q(**{f"{COLUMNS[name]}__in": pks})

    def sorted(self) -> QuerySet[Organisation]:
        """Give the organisations that answer, in the order of the list."""
        rows = self.rows()
        if self.found and self.found.hits and self.wanted.order == ListOrder.CLOSEST:
            places = (When(pk=hit.record_id, then=place) for place, hit in enumerate(self.found.hits))
            return rows.order_by(Case(*places, output_field=IntegerField()), "pk")
        if self.dates_are_first:
            rows = Organisation.objects.filter(pk__in=rows.order_by().values("pk"))
        if self.wanted.order == ListOrder.RECENT:
            return rows.order_by("-updated_at", "-pk")
        return rows.order_by("name_folded", "pk")


def search(reader: Actor, territory: Territory, wanted: Wanted) -> Results | None:
    """Look for what is typed. Two to four queries, none when nothing is."""
    return find(territory, wanted.q, reader, kinds=(Organisation.KIND,), limit=MOST_FOUND) if wanted.q else None


def ask(reader: Actor, territory: Territory, wanted: Wanted) -> Asked:
    """Make a question ready, outside of the page of the list. One query, and those of the search."""
    words = chosen_words(wanted, vocabulary(territory))
    return Asked(reader, territory, wanted, search(reader, territory, wanted), words)


def vocabulary(territory: Territory) -> dict[str, dict[UUID, Word]]:
    """Give the words of the facets: facet → pk → word. One query."""
    first, *others = (
        model.objects.of(territory).order_by().values(facet=Value(name), one=F("pk"), text=F("key"), words=F("name"))
        for name, model in VOCABULARIES.items()
    )
    words: dict[str, dict[UUID, Word]] = {name: {} for name in VOCABULARIES}
    for row in first.union(*others, all=True):
        words[row["facet"]][row["one"]] = Word(row["one"], row["text"], row["words"])
    return words


def chosen_words(wanted: Wanted, words: Mapping[str, Mapping[UUID, Word]]) -> dict[str, tuple[Word, ...]]:
    """Give the words that are chosen, by facet; a key that no word has gives none, and nothing answers."""
    return {
        name: tuple(word for word in words[name].values() if word.key in wanted.chosen[name])
        for name in VOCABULARIES
        if name in wanted.chosen
    }
