"""What pages ask about generic references, each in one query for a whole page, and always for a reader.

Records are given as they are (any kinds mixed); answers are dictionaries keyed by (kind, UUID).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

from terreau.kernel.components import SourceLine
from terreau.kernel.enums import Certainty
from terreau.kernel.models import Citation, Dispute, Entry, Fact, Gap, Link, Referable, Source, Statement
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


@dataclass(frozen=True)
class GapLine:
    """What is not known yet about a record: the question, whom to ask, where it stands, the answer once found."""

    key: str
    subject: str
    ask: str
    state: str
    answer: str
    url: str


@dataclass(frozen=True)
class Surroundings:
    """All that is said around the records of a page, keyed by (kind, UUID).

    named_by: entries of what names a record, disputes and gaps apart, by kind then title.
    """

    named_by: dict[Ref, list[Entry]]
    disputes: dict[Ref, list[DisputeLine]]
    gaps: dict[Ref, list[GapLine]]
    sources: dict[Ref, list[SourceLine]]


class Pointed(Protocol):
    """What a generic reference can point to: a record, or whatever stands for one."""

    @property
    def KIND(self) -> str: ...  # noqa: N802 -- the name that records give it

    @property
    def pk(self) -> Any: ...


def ref(record: Pointed) -> Ref:
    return record.KIND, record.pk


def entries_of(territory: Any, reader: Actor, refs: Iterable[Ref]) -> dict[Ref, Entry]:
    """Give the entries (title, url) of references, leaving out what the reader may not see. One query at most."""
    refs = set(refs)
    if not refs:
        return {}
    rows = Entry.objects.of(territory).visible_to(reader).filter(record_id__in=[pk for _kind, pk in refs])
    rows = rows.defer("names", "body")
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
    return list(rows.defer("names", "body").order_by("weight", "title", "pk"))


def citations_of(records: Iterable[Referable]) -> dict[Ref, list[SourceLine]]:
    """Give where records come from, in order. One query; a citation shows as much as the record that carries it."""
    pks = [record.pk for record in records]
    found: dict[Ref, list[SourceLine]] = defaultdict(list)
    if pks:
        rows = (
            Citation.objects.filter(record_id__in=pks)
            .select_related("source", "source__territory")
            .order_by("position", "pk")
        )
        for row in rows:
            found[row.kind, row.record_id].append(
                source_line(row.source, row.locator, certainty=row.certainty, stated=row.value)
            )
    return dict(found)


def source_line(source: Any, locator: str, *, certainty: str = "", stated: str = "") -> SourceLine:
    """Write a citation for the component `sources`. source: with its territory fetched, since the address needs it."""
    if certainty == Certainty.ESTABLISHED:
        certainty = ""
    return SourceLine(
        title=source.cited_as,
        url=source.get_absolute_url(),
        locator=page_words(locator),
        certainty=certainty,
        stated=stated,
    )


def page_words(locator: str) -> str:
    """Say where in a source: « p. 12 », « p. 22-23 », or the place as it is (« couverture »)."""
    return f"p.\u00a0{locator}" if locator[:1].isdigit() and not locator.endswith("couverture") else locator


def disputes_of(records: Iterable[Referable], reader: Actor) -> dict[Ref, list[DisputeLine]]:
    """Give the disputes that bear on records, with their statements. Three queries at most."""
    pks = [record.pk for record in records]
    links = list(Link.objects.filter(from_kind=Dispute.KIND, role="object", to_id__in=pks)) if pks else []
    if not links:
        return {}
    disputes = (
        Dispute.objects.visible_to(reader).filter(pk__in={link.from_id for link in links}).select_related("territory")
    )
    lines = {dispute.pk: _dispute_line(dispute) for dispute in disputes}
    statements: dict[UUID, list[SourceLine]] = defaultdict(list)
    for row in (
        Statement.objects.filter(dispute__in=lines).select_related("source", "source__territory").order_by("position")
    ):
        statements[row.dispute_id].append(
            source_line(row.source, row.locator, certainty=row.certainty, stated=row.text)
        )
    found: dict[Ref, list[DisputeLine]] = defaultdict(list)
    for link in sorted(links, key=lambda link: str(link.from_id)):
        if line := lines.get(link.from_id):
            found[link.to_kind, link.to_id].append(
                DisputeLine(**{**line, "statements": tuple(statements[link.from_id])})
            )
    return dict(found)


def surroundings(territory: Any, reader: Actor, records: Iterable[Pointed]) -> Surroundings:
    """Give what names records, disputes them, is missing about them, and where they come from.

    Two queries for a whole page, where `citations_of`, `disputes_of`, `gaps_of` and `links_to` would take seven.
    """
    pks = {record.pk for record in records}
    named_by: dict[Ref, dict[Ref, Entry]] = defaultdict(dict)
    disputes: dict[Ref, dict[UUID, DisputeLine]] = defaultdict(dict)
    gaps: dict[Ref, dict[UUID, GapLine]] = defaultdict(dict)
    for link in _naming(reader, pks):
        target = (link.to_kind, link.to_id)
        if link.from_kind == Dispute.KIND and link.role == "object":
            if told := _told_of(link, "dispute", DISPUTE_TOLD):
                url = Dispute(territory=territory, key=told["key"]).get_absolute_url()
                disputes[target][link.from_id] = DisputeLine(**told, url=url)
        elif link.from_kind == Gap.KIND and link.role == "object":
            if told := _told_of(link, "gap", GAP_TOLD):
                url = Gap(territory=territory, key=told["key"]).get_absolute_url()
                gaps[target][link.from_id] = GapLine(**told, url=url)
        elif told := _told_of(link, "entry", ENTRY_TOLD):
            named_by[target][link.from_kind, link.from_id] = Entry(kind=link.from_kind, record_id=link.from_id, **told)
    said = _said(territory, pks, {pk for lines in disputes.values() for pk in lines})
    return Surroundings(
        named_by={
            target: sorted(entries.values(), key=lambda entry: (entry.weight, entry.kind, entry.title))
            for target, entries in named_by.items()
        },
        disputes={
            target: [replace(line, statements=tuple(said[Dispute.KIND, pk])) for pk, line in lines.items()]
            for target, lines in disputes.items()
        },
        gaps={target: list(lines.values()) for target, lines in gaps.items()},
        sources={target: lines for target, lines in said.items() if target[1] in pks},
    )


ENTRY_TOLD = ("title", "subtitle", "url", "weight")
DISPUTE_TOLD = ("key", "subject", "severity", "reading")
GAP_TOLD = ("key", "subject", "ask", "state", "answer")


def _naming(reader: Actor, pks: set[UUID]) -> QuerySet[Link]:
    """Give the links to records, each with what it comes from as the reader may see it, in one query."""
    here = {"pk": OuterRef("from_id")}
    entries = Entry.objects.visible_to(reader).filter(kind=OuterRef("from_kind"), record_id=OuterRef("from_id"))
    told = _columns("entry", entries, ENTRY_TOLD)
    told |= _columns("dispute", Dispute.objects.visible_to(reader).filter(**here), DISPUTE_TOLD)
    told |= _columns("gap", Gap.objects.visible_to(reader).filter(**here), GAP_TOLD)
    return Link.objects.filter(to_id__in=pks).annotate(**told).order_by("from_id", "position", "pk")


def _columns(prefix: str, rows: QuerySet[Any], names: tuple[str, ...]) -> dict[str, Subquery]:
    return {f"{prefix}_{name}": Subquery(rows.values(name)[:1]) for name in names}


def _told_of(link: Link, prefix: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Read the columns of a record off a link; empty when the reader may not see it."""
    told = {name: getattr(link, f"{prefix}_{name}") for name in names}
    return {} if told[names[0]] is None else told


def _said(territory: Any, pks: set[UUID], disputes: set[UUID]) -> dict[Ref, list[SourceLine]]:
    """Give the citations of records and the statements of disputes, in order, in one query."""
    told = ("source__key", "source__title", "source__short_title", "locator", "certainty")
    citations = (
        Citation.objects.filter(record_id__in=pks)
        .order_by()
        .values_list("position", "kind", "record_id", *told, "value")
    )
    statements = (
        Statement.objects.filter(dispute__in=disputes)
        .order_by()
        .annotate(kind=Value(Dispute.KIND))
        .values_list("position", "kind", "dispute_id", *told, "text")
    )
    found: dict[Ref, list[SourceLine]] = defaultdict(list)
    for _position, kind, pk, key, title, short_title, locator, certainty, stated in citations.union(
        statements, all=True
    ).order_by("position"):
        source = Source(territory=territory, key=key, title=title, short_title=short_title)
        found[kind, pk].append(source_line(source, locator, certainty=certainty, stated=stated))
    return found


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
    return list(
        Gap.objects.visible_to(reader).filter(pk__in=Subquery(links.values("from_id"))).order_by("position", "key")
    )


def facts_about(record: Referable, reader: Actor, *, limit: int = 200) -> list[Fact]:
    """Give the timeline of a record: the facts that it tells, and those that it took part in. One query."""
    own = Q(kind=record.KIND, record_id=record.pk)
    shared = Q(actors__kind=record.KIND, actors__record_id=record.pk)
    return list(Fact.objects.visible_to(reader).filter(own | shared).distinct().chronological()[:limit])
