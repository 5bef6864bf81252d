"""The chained journal of changes, written in the same transaction as the change itself."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from terreau.kernel.clock import now
from terreau.kernel.inserting import insert_all, new_row
from terreau.kernel.locks import hold
from terreau.kernel.models import AuditEvent, Referable
from terreau.kernel.pure.actor import Actor


@dataclass(frozen=True)
class Change:
    """What to write down: an action on a record, and each changed field as [before, after]."""

    action: str
    record: Referable | None = None
    changes: dict[str, Any] = field(default_factory=dict)


def record(
    actor: Actor,
    action: str,
    target: Referable | None = None,
    changes: dict[str, Any] | None = None,
    *,
    territory_id: UUID | None = None,
) -> None:
    """Write one event. `changes`: field → [before, after], JSON values. Call inside the transaction of the change."""
    record_all(actor, [Change(action, target, changes or {})], territory_id=territory_id)


def record_all(actor: Actor, changes: Iterable[Change], *, territory_id: UUID | None = None) -> int:
    """Write several events of one chain in order, in two queries. Gives how many."""
    changes = list(changes)
    if not changes:
        return 0
    first = changes[0].record
    chain = str(territory_id or getattr(first, "territory_id", None) or AuditEvent.INSTANCE)
    hold(f"audit.{chain}")
    last = AuditEvent.objects.filter(chain=chain).order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, "")
    at = now()
    events = []
    for change in changes:
        sequence += 1
        columns = {
            "chain": chain, "sequence": sequence, "at": at, "actor_id": actor.user_id, "action": change.action,
            "kind": change.record.KIND if change.record else "", "record_id": change.record.pk if change.record else None,
            "key": getattr(change.record, "key", "") or "", "changes": json.loads(_PLAIN.encode(change.changes)),
            "previous_hash": previous,
        }  # fmt: skip
        event = new_row(AuditEvent, columns)
        event.hash = previous = digest(event)
        events.append(event)
    insert_all(events)
    return len(events)


def digest(event: AuditEvent) -> str:
    """Give the SHA-256 of an event's content, that of the event before it included, in lower-case hexadecimal."""
    content = [
        event.chain, event.sequence, event.at.isoformat(timespec="microseconds"), str(event.actor_id or ""), event.action,
        event.kind, str(event.record_id or ""), event.key, event.changes, event.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(_IN_ORDER.encode(content).encode()).hexdigest()


_PLAIN = DjangoJSONEncoder(default=str)
_IN_ORDER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def broken_link(chain: str) -> int | None:
    """Read a chain from its start; give the sequence number of the first event that does not hold, or None."""
    previous, expected = "", 1
    for event in AuditEvent.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=1000):
        if event.sequence != expected or event.previous_hash != previous or event.hash != digest(event):
            return event.sequence
        previous, expected = event.hash, expected + 1
    return None
