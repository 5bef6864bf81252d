"""What is decided on a pair that looks like one structure, but for merging it."""

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate
from terreau.kernel import audit, policy
from terreau.kernel.clock import now
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor

DECIDABLE = frozenset({State.OPEN, State.IGNORED, State.DISTINCT})


@transaction.atomic
def decide(pair: Candidate, *, state: State, by: Actor) -> None:
    """Say that a pair is two structures, leave it for later, or open it again; one guarded UPDATE, then the audit.

    Raises NotAllowed, RuleBroken; nothing is written then, nor when the pair already is in that state.
    """
    policy.require("duplicates.review", by, pair)
    if state not in DECIDABLE:
        raise ValueError(state)
    if pair.state == state:
        return
    decided = state != State.OPEN
    written = Candidate.objects.filter(pk=pair.pk, state=pair.state).update(
        state=state,
        decided_by=by.user_id if decided else None,
        decided_at=now() if decided else None,
        decided_score=pair.score if decided else None,
    )
    if not written or pair.state == State.MERGED:
        raise RuleBroken(_("Quelqu'un a décidé de cette paire entre-temps : revenir à la liste."))
    audit.record(by, "duplicates.decide", pair, {"state": [pair.state, state], "pair": [None, str(pair)]})
    pair.state = state
