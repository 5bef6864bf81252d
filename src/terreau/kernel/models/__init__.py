"""Tables of the kernel, and the abstract bases that every app's tables derive from."""

from terreau.kernel.models.audit import AuditEvent
from terreau.kernel.models.base import Dated, Part, Record, RecordQuerySet, Referable, alive_at
from terreau.kernel.models.chores import Chore
from terreau.kernel.models.doubts import Dispute, Gap, Statement
from terreau.kernel.models.files import WithFile
from terreau.kernel.models.links import Link
from terreau.kernel.models.readmodel import Entry, Fact, FactActor, FactQuerySet
from terreau.kernel.models.sources import Citation, Source, SourcePage

__all__ = [
    "AuditEvent", "Chore", "Citation", "Dated", "Dispute", "Entry", "Fact", "FactActor", "FactQuerySet", "Gap", "Link", "Part", "Record",
    "RecordQuerySet", "Referable", "Source", "SourcePage", "Statement", "WithFile", "alive_at",
]  # fmt: skip
