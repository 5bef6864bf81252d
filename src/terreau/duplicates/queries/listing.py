"""Pairs to look at, and merges done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404

from terreau.directory.models import Organisation
from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate, Merge
from terreau.duplicates.queries.steps import aside_rows, losses, moved_rows, steps_of
from terreau.duplicates.queries.wording import Told, likelihood, many_of, one_of, told
from terreau.kernel import policy
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

PER_PAGE = 25
LISTED: tuple[State, ...] = (State.OPEN, State.IGNORED, State.DISTINCT)


@dataclass(frozen=True)
class PairLine:
    """A pair of the list. around: how many other open pairs touch one of its two records."""

    pair: Candidate
    likelihood: str
    reasons: list[Told]
    around: int


@dataclass(frozen=True)
class Tab:
    state: State
    count: int
    is_current: bool


@dataclass(frozen=True)
class ListPage:
    """What `candidate_list.html` reads."""

    state: State
    tabs: list[Tab]
    lines: list[PairLine]
    pages: Page[Candidate]
    searched: bool
    may_search: bool


def shown_to(reader: Actor, territory: Territory) -> Any:
    """Give the organisations that may be shown in a pair: what the reader may see, and is not merged yet."""
    return Organisation.objects.of(territory).visible_to(reader).filter(merged_into=None)


def pairs_shown(reader: Actor, territory: Territory) -> Any:
    """Give the pairs whose two records the reader may see."""
    shown = shown_to(reader, territory).values("pk")
    return Candidate.objects.filter(territory=territory, first__in=shown, second__in=shown)


def list_page(reader: Actor, territory: Territory, state: str, number: str | None) -> ListPage:
    """Gather the pairs of a state, the most likely first. Three queries, whatever their number."""
    wanted = State(state) if state in LISTED else State.OPEN
    rows = pairs_shown(reader, territory)
    counts = Counter(rows.values_list("state", flat=True))
    pairs = rows.filter(state=wanted).select_related("first__territory", "second__territory").order_by("-score", "pk")
    paginator = Paginator(pairs, PER_PAGE)
    paginator.count = counts[wanted]  # counted above
    pages = paginator.get_page(number)
    found = list(pages.object_list)
    around = _around(rows, found)
    return ListPage(
        state=wanted,
        tabs=[Tab(one, counts[one], one == wanted) for one in LISTED],
        lines=[
            PairLine(
                pair=pair,
                likelihood=likelihood(pair.score),
                reasons=told(pair.reasons),
                around=len((around[pair.first_id] | around[pair.second_id]) - {pair.pk}),
            )
            for pair in found
        ],
        pages=pages,
        searched=bool(counts),
        may_search=policy.allows("duplicates.search", reader, territory),
    )


def _around(rows: Any, pairs: Sequence[Candidate]) -> dict[UUID, set[UUID]]:
    """Give the open pairs that touch each record of some pairs. One query."""
    found: dict[UUID, set[UUID]] = {end: set() for pair in pairs for end in (pair.first_id, pair.second_id)}
    touching = rows.filter(Q(first__in=found) | Q(second__in=found), state=State.OPEN).values_list(
        "pk", "first", "second"
    )
    for pk, *ends in touching if found else ():
        for end in ends:
            if end in found:
                found[end].add(pk)
    return found


# Merges


@dataclass(frozen=True)
class MergesPage:
    merges: Sequence[Merge]
    pages: Page[Merge]


@dataclass(frozen=True)
class MergePage:
    """What `merge_detail.html` reads.

    moved: words and counts of what followed; aside: words of what was set aside. lost: what undoing would lose;
    stuck: why it cannot be undone, empty when it can.
    """

    merge: Merge
    result_url: str
    moved: list[tuple[str, int]]
    aside: list[str]
    lost: list[str]
    stuck: str
    may_undo: bool


def merges_page(territory: Territory, number: str | None) -> MergesPage:
    """Give the merges of a territory, the last first. Two queries."""
    rows = Merge.objects.filter(territory=territory).select_related("territory").order_by("-merged_at", "pk")
    pages = Paginator(rows, PER_PAGE).get_page(number)
    return MergesPage(list(pages.object_list), pages)


def merge_for(territory: Territory, key: UUID) -> Merge:
    return get_object_or_404(Merge.objects.select_related("territory"), territory=territory, pk=key)


def merge_page(reader: Actor, done: Merge) -> MergePage:
    """Say what a merge did, and what undoing it would lose. A query for each table that it moved rows of, and four."""
    steps = steps_of(done)
    lost, stuck = [], ""
    if done.undone_at is None:
        try:
            lost = losses(done)
        except RuleBroken as broken:
            stuck = broken.message
    rows: Any = Organisation.objects.of(done.territory)
    result = rows.filter(pk=done.result).first()
    return MergePage(
        merge=done,
        result_url=result.get_absolute_url() if result else "",
        moved=worded(moved_rows(steps)),
        aside=[one_of(step.table) for step in aside_rows(steps)],
        lost=lost,
        stuck=stuck,
        may_undo=done.undone_at is None and policy.allows("duplicates.review", reader, done),
    )


def worded(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give words and counts, the same words once: « liens », 3."""
    found: Counter[str] = Counter()
    for table, count in counts.items():
        found[many_of(table) if count > 1 else one_of(table)] += count
    return sorted(found.items())
