"""Looking for duplicates: in a territory, or for rows about to be imported."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from terreau.directory.models import Organisation
from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate
from terreau.duplicates.pure.matching import Index, Pair
from terreau.duplicates.pure.profiles import Profile
from terreau.duplicates.pure.weighing import SHOWN
from terreau.duplicates.queries.profiles import compared, profiles_of
from terreau.kernel import policy
from terreau.kernel.clock import now
from terreau.kernel.collecting import uncollected
from terreau.kernel.locks import hold
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

BATCH = 500
CHANGED_MUCH = 0.15
"""How much the score of a pair declared distinct must rise before it is asked about again."""
DECIDING = frozenset({"siret", "rna", "identifier"})
"""Reasons that ask again about a distinct pair, when they were not there."""


@dataclass(frozen=True)
class Searched:
    """What a search did. compared: organisations; created, updated, closed: pairs; open: those left to examine."""

    compared: int
    created: int
    updated: int
    closed: int
    open: int


@dataclass(frozen=True)
class Proposal:
    """A known organisation that a row looks like. reasons: codes and degrees (`queries.wording.told` says them)."""

    organisation: UUID
    key: str
    name: str
    score: float
    reasons: tuple[tuple[str, float], ...]


@uncollected()
def search(territory: Territory, *, by: Actor, tell: Callable[[int], None] | None = None) -> Searched:
    """Compare all organisations of a territory, and keep the pairs that look like one.

    A new search gives known pairs their new score, closes open ones that no longer look alike, and asks again about a
    pair declared distinct only when its score rose by CHANGED_MUCH or a number of a register is now the same. Pairs are
    written batch by batch, each in its transaction: a search that is stopped has lost nothing, the next one goes on.
    Private records are never compared. tell: called with the number of pairs found so far.
    Raises NotAllowed.
    """
    policy.require("duplicates.search", by, territory)
    index = Index(profiles_of(territory))
    known = {(row.first_id, row.second_id): row for row in Candidate.objects.filter(territory=territory)}
    seen: set[tuple[UUID, UUID]] = set()
    created = updated = 0
    for batch in _batches(index.pairs()):
        made, changed = _write(territory, batch, known)
        created += made
        updated += changed
        seen |= {_ends(pair) for pair in batch}
        if tell:
            tell(len(seen))
    gone = [row.pk for ends, row in known.items() if row.state == State.OPEN and ends not in seen]
    closed = 0
    for start in range(0, len(gone), BATCH):
        closed += Candidate.objects.filter(pk__in=gone[start : start + BATCH], state=State.OPEN).delete()[0]
    left = Candidate.objects.filter(territory=territory, state=State.OPEN).count()
    return Searched(len(index.profiles), created, updated, closed, left)


def index_of(territory: Territory) -> Index:
    """Give what newcomers are compared with; read it once for a whole file. Five queries."""
    return Index(profiles_of(territory))


def propose_for(
    territory: Territory, profiles: Iterable[Profile], *, index: Index | None = None, least: float = SHOWN
) -> dict[Hashable, list[Proposal]]:
    """Say which known organisations the rows of a file look like, before they land. Writes nothing.

    profiles: one for each row, `id` being whatever names the row (its number); see `pure.profiles.Profile`.
    Gives, for each row that looks like something, its proposals, the most likely first; other rows are not keys.
    index: `index_of(territory)` when a file comes in several pieces. Two rows of one file that look alike are found by
    `pure.matching.pairs(profiles)`. Five queries, and one for each 500 rows that look like something.
    """
    index = index or index_of(territory)
    found: dict[Hashable, list[Proposal]] = {}
    for batch in _batches(index.pairs_with(profiles, least)):
        rows: Any = Organisation.objects.of(territory)
        names = {
            pk: (key, name)
            for pk, key, name in rows.filter(pk__in={pair.second for pair in batch}).values_list("pk", "key", "name")
        }
        for pair in batch:
            if pair.second in names:
                key, name = names[pair.second]
                found.setdefault(pair.first, []).append(
                    Proposal(cast("UUID", pair.second), key, name, pair.score, pair.reasons)
                )
    for proposals in found.values():
        proposals.sort(key=lambda one: (-one.score, one.key))
    return found


def _batches(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    while batch := list(islice(pairs, BATCH)):
        yield batch


def _ends(pair: Pair) -> tuple[UUID, UUID]:
    first, second = sorted((pair.first, pair.second))  # type: ignore[type-var]  # ids are UUIDs here
    return first, second  # type: ignore[return-value]


@transaction.atomic
def _write(territory: Territory, batch: list[Pair], known: dict[tuple[UUID, UUID], Candidate]) -> tuple[int, int]:
    """Write a batch of pairs. Gives how many are new, and how many changed."""
    hold(f"duplicates.{territory.pk}")
    ends = {end for pair in batch for end in _ends(pair)}
    still = set(compared(territory).filter(pk__in=ends).values_list("pk", flat=True))
    at = now()
    new, changed = [], []
    for pair in batch:
        first, second = _ends(pair)
        reasons = [[code, degree] for code, degree in pair.reasons]
        row = known.get((first, second))
        if row is None:
            if {first, second} <= still:
                new.append(
                    Candidate(
                        territory=territory,
                        first_id=first,
                        second_id=second,
                        score=pair.score,
                        reasons=reasons,
                        found_at=at,
                    )
                )
        elif (row.score, row.reasons) != (pair.score, reasons):
            if _changed_much(row, pair):
                row.state, row.decided_by, row.decided_at, row.decided_score = State.OPEN, None, None, None
            row.score, row.reasons, row.found_at = pair.score, reasons, at
            changed.append(row)
    made = Candidate.objects.bulk_create(new, ignore_conflicts=True)
    for row in changed:
        same = Candidate.objects.filter(pk=row.pk)
        same.update(score=row.score, reasons=row.reasons, found_at=row.found_at)
        if row.state == State.OPEN:
            same.filter(state=State.DISTINCT).update(
                state=State.OPEN, decided_by=None, decided_at=None, decided_score=None
            )
    return len(made), len(changed)


def _changed_much(row: Candidate, pair: Pair) -> bool:
    if row.state != State.DISTINCT:
        return False
    before = {code for code, _degree in row.reasons}
    deciding = DECIDING & {code for code, _degree in pair.reasons}
    return pair.score >= (row.decided_score or 0) + CHANGED_MUCH or bool(deciding - before)
