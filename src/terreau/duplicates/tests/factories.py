"""Pairs for tests."""

from typing import Any

from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate
from terreau.kernel.clock import now


def pair(one: Any, other: Any, **fields: Any) -> Candidate:
    """Make the pair of two organisations, open and probable unless told."""
    first, second = sorted((one.pk, other.pk))
    if fields.get("state", State.OPEN) != State.OPEN:
        fields = {"decided_at": now(), "decided_score": 0.8} | fields
    values = {"score": 0.8, "reasons": [["same_name", 1.0], ["other_commune", 1.0]]} | fields
    return Candidate.objects.create(territory=one.territory, first_id=first, second_id=second, **values)
