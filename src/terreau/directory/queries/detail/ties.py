"""Ties of an organisation, both ways in words, by family."""

from collections import defaultdict
from dataclasses import dataclass

from terreau.directory.enums import TieFamily
from terreau.directory.models import Organisation
from terreau.directory.queries.detail.roles import by_start, shown_certainty
from terreau.directory.queries.detail.rows import PageRows
from terreau.kernel.components import SourceLine
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import DisputeLine, Surroundings, ref


@dataclass(frozen=True)
class TieLine:
    """A tie as this page reads it: with whom, from when to when, how sure."""

    key: str
    other: Organisation
    start: Edtf | None
    end: Edtf | None
    certainty: str
    note: str
    sources: list[SourceLine]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class TieFamilyGroup:
    """The ties of one family, by wording (« finance ou soutient », « est soutenu par »)."""

    label: str
    wordings: list[tuple[str, list[TieLine]]]


def tie_families(organisation: Organisation, rows: PageRows, around: Surroundings) -> list[TieFamilyGroup]:
    """Group the ties by family, then by wording, in the order of their kinds."""
    groups: dict[str, dict[str, list[TieLine]]] = defaultdict(lambda: defaultdict(list))
    for tie in sorted(rows.ties, key=lambda tie: (tie.kind.position or 0, tie.kind.key, *by_start(tie))):
        goes_out = tie.origin_id == organisation.pk
        words = tie.kind.name if goes_out else tie.kind.inverse
        line = TieLine(
            key=tie.key, other=tie.target if goes_out else tie.origin, start=tie.start, end=tie.end, certainty=shown_certainty(tie), note=tie.note,
            sources=around.sources.get(ref(tie), []), disputes=around.disputes.get(ref(tie), []),
        )  # fmt: skip
        groups[tie.kind.family][words].append(line)
    return [TieFamilyGroup(str(family.label), list(groups[family].items())) for family in TieFamily if family in groups]
