"""What pages ask about generic references, each in one query for a whole page, and always for a reader.

Records are given as they are (any kinds mixed); answers are dictionaries keyed by (kind, UUID).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from terreau.kernel.components import SourceLine
from terreau.kernel.enums import Certainty
from terreau.kernel.models import Citation, Dispute, Entry, Fact, Gap, Link, Referable, Statement
from terreau.kernel.pure.actor import Actor

Ref = tuple[str, UUID]


@dataclass(frozen=True)
class DisputeLine:
    """A dispute as a page shows it beside a record: its statements side by side, and the reading proposed."""

    key: str
    subject: str
    severity: str
    reading: str
    url: str
    statements: tuple[SourceLine, ...] = ()


def ref(record: Referable) -> Ref:
    return record.KIND, record.pk


def entries_of(territory: Any, reader: Actor, refs: Iterable[Ref]) -> dict[Ref, Entry]:
    """Give the entries (title, url) of references, leaving out what the reader may not see. One query, none for no reference."""
    refs = set(refs)
    if not refs:
        return {}
    rows = Entry.objects.of(territory).visible_to(reader).filter(record_id__in=[pk for _kind, pk in refs])
    return {(row.kind, row.record_id): row for row in rows if (row.kind, row.record_id) in refs}


def links_from(records: Iterable[Referable], reader: Actor) -> dict[tuple[str, UUID, str], list[Entry]]:
    """Give what records name, as entries in order, keyed by (kind, UUID, role). Two queries."""
    records = list(records)
    if not records:
        return {}
    links = list(Link.objects.filter(from_id__in=[record.pk for record in records]).order_by("position", "pk"))
    if not links:
        return {}
    entries = entries_of(links[0].territory_id, reader, ((link.to_kind, link.to_id) for link in links))
    found: dict[tuple[str, UUID, str], list[Entry]] = defaultdict(list)
    for link in links:
        if entry := entries.get((link.to_kind, link.to_id)):
            found[link.from_kind, link.from_id, link.role].append(entry)
    return dict(found)


def links_to(record: Referable, reader: Actor, role: str = "") -> list[Entry]:
    """Give what names a record (in a role, or in any), as entries by title. One query."""
    links = Link.objects.filter(to_kind=record.KIND, to_id=record.pk, **({"role": role} if role else {}))
    rows = Entry.objects.visible_to(reader).filter(record_id__in=Subquery(links.values("from_id")))
    return list(rows.order_by("weight", "title", "pk"))


def citations_of(records: Iterable[Referable]) -> dict[Ref, list[SourceLine]]:
    """Give where records come from, in order. One query; a citation shows as much as the record that carries it."""
    pks = [record.pk for record in records]
    found: dict[Ref, list[SourceLine]] = defaultdict(list)
    if pks:
        rows = Citation.objects.filter(record_id__in=pks).select_related("source", "source__territory").order_by("position", "pk")
        for row in rows:
            found[row.kind, row.record_id].append(source_line(row.source, row.locator, certainty=row.certainty, stated=row.value))
    return dict(found)


def source_line(source: Any, locator: str, *, certainty: str = "", stated: str = "") -> SourceLine:
    """Write a citation for the component `sources`. source: with its territory fetched, since the address needs it."""
    if certainty == Certainty.ESTABLISHED:
        certainty = ""
    return SourceLine(title=source.title, url=source.get_absolute_url(), locator=page_words(locator), certainty=certainty, stated=stated)


def page_words(locator: str) -> str:
    """Say where in a source: « p. 12 », « p. 22-23 », or the place as it is (« couverture »)."""
    return f"p.\u00a0{locator}" if locator[:1].isdigit() and not locator.endswith("couverture") else locator


def disputes_of(records: Iterable[Referable], reader: Actor) -> dict[Ref, list[DisputeLine]]:
    """Give the disputes that bear on records, with their statements. Three queries, none after the first when there is no dispute."""
    pks = [record.pk for record in records]
    links = list(Link.objects.filter(from_kind=Dispute.KIND, role="object", to_id__in=pks)) if pks else []
    if not links:
        return {}
    disputes = Dispute.objects.visible_to(reader).filter(pk__in={link.from_id for link in links}).select_related("territory")
    lines = {dispute.pk: _dispute_line(dispute) for dispute in disputes}
    statements: dict[UUID, list[SourceLine]] = defaultdict(list)
    for row in Statement.objects.filter(dispute__in=lines).select_related("source", "source__territory").order_by("position"):
        line = source_line(row.source, row.locator, certainty=row.certainty, stated=row.text)
        statements[row.dispute_id].append(line)
    found: dict[Ref, list[DisputeLine]] = defaultdict(list)
    for link in sorted(links, key=lambda link: str(link.from_id)):
        if line := lines.get(link.from_id):
            found[link.to_kind, link.to_id].append(DisputeLine(**{**line, "statements": tuple(statements[link.from_id])}))
    return dict(found)


def _dispute_line(dispute: Dispute) -> dict[str, Any]:
    return {
        "key": dispute.key,
        "subject": dispute.subject,
        "severity": dispute.severity,
        "reading": dispute.reading,
        "url": dispute.get_absolute_url(),
    }


def gaps_of(record: Referable, reader: Actor) -> list[Gap]:
    """Give what is not known yet about a record. One query."""
    links = Link.objects.filter(from_kind=Gap.KIND, role="object", to_kind=record.KIND, to_id=record.pk)
    return list(Gap.objects.visible_to(reader).filter(pk__in=Subquery(links.values("from_id"))).order_by("position", "key"))


def facts_about(record: Referable, reader: Actor, *, limit: int = 200) -> list[Fact]:
    """Give the timeline of a record: the facts that it tells, and those that it took part in. One query."""
    own = Q(kind=record.KIND, record_id=record.pk)
    shared = Q(actors__kind=record.KIND, actors__record_id=record.pk)
    return list(Fact.objects.visible_to(reader).filter(own | shared).distinct().chronological()[:limit])
