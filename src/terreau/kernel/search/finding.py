"""Find what a territory knows by its name, its other names, a mistyped name or its words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search import ranking
from terreau.kernel.search.candidates import MOST_NAMED, MOST_TOLD, Candidate, Reach, Stage
from terreau.kernel.search.folding import fold
from terreau.kernel.search.index import engine_of
from terreau.kernel.search.question import Question, ask

ENOUGH_NAMED = 5
"""Names found as typed beyond which nobody needs mistyped ones."""
MOST_SHOWN_MISTYPED = 30


class Match(TextChoices):
    """Why a record was found."""

    NAME = "nom", gettext_lazy("nom")
    OTHER_NAME = "autre_nom", gettext_lazy("autre nom")
    SPELLING = "orthographe", gettext_lazy("orthographe proche")
    TEXT = "texte", gettext_lazy("texte")


@dataclass(frozen=True)
class Hit:
    """A record that answers. name: the folded name that was recognised, empty for a match of the text."""

    kind: str
    record_id: UUID
    key: str
    title: str
    subtitle: str
    url: str
    match: Match
    name: str = ""

    @property
    def reason(self) -> str:
        """Why it is here, in the reader's words: "nom", "autre nom : Gedas", "orthographe proche : Oscaar", "texte"."""
        if self.match == Match.OTHER_NAME:
            return _("autre nom : %(name)s") % {"name": capfirst(self.name)}
        if self.match == Match.SPELLING and self.name != fold(self.title):
            return _("orthographe proche de : %(name)s") % {"name": capfirst(self.name)}
        return str(self.match.label)


@dataclass(frozen=True)
class Results:
    """A page of hits. query: as typed, trimmed. corrected: the name that was meant, when nothing is called as typed.

    total: how many records answer; `is_capped` says that there are more, which were not counted.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_capped: bool = False
    has_more: bool = False
    corrected: str = ""


def find(
    territory: Any, text: str, reader: Actor, *, kinds: tuple[str, ...] = (), limit: int = 20, offset: int = 0
) -> Results:
    """Give what `reader` may see of a territory that answers a text, the closest first.

    Order: whole names and acronyms; names that hold every word or its beginning; names that differ by a letter or
    two (unless ENOUGH_NAMED were found); other texts that hold every word. Then by weight of the kind, and title.
    kinds: keep these only, all when empty. A text without letters or digits finds nothing, at no cost.
    Two to four queries, whatever is found.
    """
    query = " ".join(text.split())
    question = ask(text)
    if question is None or limit < 1:
        return Results(query=query)
    visible: QuerySet[Entry] = Entry.objects.of(territory).visible_to(reader)
    if kinds:
        visible = visible.filter(kind__in=kinds)
    reach = Reach(territory.pk, kinds, visible)
    engine = engine_of(connections[visible.db])
    closest: dict[int, Candidate] = {}
    for candidate in engine.by_words(reach, question):
        closest.setdefault(candidate.pk, candidate)
    named = ranking.by_name(question, (one for one in closest.values() if one.stage <= Stage.NAMED))
    told = ranking.by_name(question, (one for one in closest.values() if one.stage == Stage.TOLD))
    mistyped: list[tuple[Candidate, int, str]] = []
    if len(named) < ENOUGH_NAMED and question.is_comparable:
        likely = [one for one in engine.by_likeness(reach, question) if one.pk not in {other.pk for other in named}]
        mistyped = ranking.by_edits(ranking.mistyped(question, likely))[:MOST_SHOWN_MISTYPED]
    meant = {one.pk: name for one, _count, name in mistyped}
    ordered = [*named, *(one for one, _count, _name in mistyped), *(one for one in told if one.pk not in meant)]
    page = ordered[max(offset, 0) : max(offset, 0) + limit]
    return Results(
        query=query,
        hits=_hits(visible, question, page, meant),
        total=len(ordered),
        is_capped=len(named) >= MOST_NAMED or len(told) >= MOST_TOLD,
        has_more=len(ordered) > max(offset, 0) + limit,
        corrected="" if named or not mistyped else mistyped[0][2],
    )


def _hits(
    visible: QuerySet[Entry], question: Question, page: list[Candidate], meant: dict[int, str]
) -> tuple[Hit, ...]:
    """Fetch what is shown of a page, in its order. One query, none for an empty page."""
    if not page:
        return ()
    found = visible.defer("names", "body").in_bulk([one.pk for one in page])
    hits = []
    for one in page:
        if entry := found.get(one.pk):
            match, name = _reason(question, one, meant)
            hits.append(
                Hit(entry.kind, entry.record_id, entry.key, entry.title, entry.subtitle, entry.url, match, name)
            )
    return tuple(hits)


def _reason(question: Question, candidate: Candidate, meant: dict[int, str]) -> tuple[Match, str]:
    if candidate.pk in meant:
        return Match.SPELLING, meant[candidate.pk]
    if candidate.stage == Stage.TOLD:
        return Match.TEXT, ""
    name = ranking.matched_name(question, candidate.names)
    title = candidate.names.partition("\n")[0]
    return (Match.NAME, name) if name == title else (Match.OTHER_NAME, name)
