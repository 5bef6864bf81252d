"""What a source now says otherwise: never written, always proposed."""

from collections.abc import Sequence

from terreau.opendata.models import ImportBatch
from terreau.opendata.services.matching import Decision


def propose(batch: ImportBatch, decisions: Sequence[Decision]) -> int:
    return len(decisions)
