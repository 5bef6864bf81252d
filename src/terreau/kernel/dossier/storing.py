"""From a checked folder to the tables: only what changed is written, in bulk, inside the caller's transaction.

A record is found again by (kind, key). What the folder does not hold is left as it is. Parts, citations, links and
many-to-many rows of a changed record are written anew; its own row keeps its UUID and takes a new version.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from terreau.kernel.audit import Change
from terreau.kernel.clock import now
from terreau.kernel.dossier.checking import all_documents
from terreau.kernel.dossier.dumping import Dumper
from terreau.kernel.dossier.fields import Cited, Column, Disputed, Doc, Inline, Key, Keys, Linked, RecordDoc, Rows
from terreau.kernel.dossier.mapping import bound_fields
from terreau.kernel.dossier.sections import Folder
from terreau.kernel.dossier.writing import plain
from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.models import Citation, Link, Record
from terreau.kernel.pure.ids import uuid7

BATCH = 500


@dataclass
class Stored:
    """What a load did: audit changes in order, and counts of records by outcome."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)


@dataclass
class _Node:
    """A record to be: its document, its place, its identity, and what it was before."""

    model: type[Any]
    doc: Doc
    key: str
    position: int | None
    pk: UUID
    parent: tuple[str, UUID] | None = None
    is_new: bool = True


class Storer:
    """Writes a folder into a territory that exists already. Progress is told to `tell(done, total)`."""

    def __init__(self, territory: Any, folder: Folder, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
        self.territory, self.folder, self.tell = territory, folder, tell
        self.pks: dict[tuple[str, str], UUID] = {}
        self.linkable: dict[str, tuple[str, UUID]] = {}
        self.rows: dict[type[Any], list[Any]] = defaultdict(list)
        self.many: dict[type[Any], list[Any]] = defaultdict(list)
        self.citations: list[Citation] = []
        self.links: dict[tuple[str, UUID, str, str, UUID], int] = {}
        self.stored = Stored()

    def store(self) -> Stored:
        _symmetric(self.folder)
        self._known()
        nodes = self._nodes()
        changed = self._changed(nodes)
        self._clear([node for node in changed if not node.is_new])
        for done, node in enumerate(changed, start=1):
            self._record(node)
            if done % BATCH == 0:
                self.tell(done, len(changed))
        self._write({node.pk: node for node in changed})
        self.tell(len(changed), len(changed))
        return self.stored

    def _known(self) -> None:
        kinds = {model.KIND for model in self._models()} | set(linkable_kinds())
        for kind in kinds:
            for pk, key in model_of(kind)._default_manager.filter(territory=self.territory).values_list("pk", "key"):
                self.pks[kind, key] = pk

    def _models(self) -> Iterable[type[Record]]:
        def inside(doc: type[Doc]) -> Iterable[type[Any]]:
            for bound in bound_fields(doc):
                if isinstance(bound.marker, Rows) and bound.inner:
                    if issubclass(bound.marker.model, Record):
                        yield bound.marker.model
                    yield from inside(bound.inner)

        for section in self.folder.documents:
            yield section.model  # type: ignore[misc]
            yield from inside(section.doc)

    def _nodes(self) -> list[_Node]:
        """Give an identity to every record of the folder, parents first."""
        nodes: list[_Node] = []

        def add(model: type[Any], doc: Doc, key: str, position: int, parent: tuple[str, UUID] | None) -> None:
            known = self.pks.get((model.KIND, key))
            pk = known or uuid7()
            self.pks[model.KIND, key] = pk
            nodes.append(_Node(model, doc, key, position, pk, parent, is_new=known is None))
            for bound in bound_fields(type(doc)):
                if isinstance(bound.marker, Rows) and bound.inner and issubclass(bound.inner, RecordDoc):
                    for place, item in enumerate(getattr(doc, bound.name) or ()):
                        add(bound.marker.model, item, item.id, place, (bound.marker.parent, pk))

        for section, documents in self.folder.documents.items():
            for place, document in enumerate(documents):
                add(section.model, document, section.key_of(document, place), place, None)
        for kind in linkable_kinds():
            self.linkable |= {key: (kind, pk) for (of, key), pk in self.pks.items() if of == kind}
        return nodes

    def _changed(self, nodes: list[_Node]) -> list[_Node]:
        """Keep the records that are new, or whose document or place differs from what is stored."""
        if all(node.is_new for node in nodes):
            return nodes
        dumper = Dumper(self.territory)
        before: dict[UUID, tuple[int | None, dict[str, Any]]] = {}
        for section in self.folder.documents:
            for record, document in dumper.documents(section):
                self._remember(record.pk, record.position, document, section.doc, section.model, before)
        changed = []
        for node in nodes:
            if not node.is_new and before.get(node.pk) == (node.position, _own(plain(node.doc), type(node.doc))):
                self.stored.unchanged += 1
            else:
                changed.append(node)
        return changed

    def _remember(self, pk: UUID, position: int | None, document: dict[str, Any], doc: type[Doc], model: type[Any], before: dict[UUID, Any]) -> None:
        before[pk] = (position, _own(document, doc))
        for bound in bound_fields(doc):
            if isinstance(bound.marker, Rows) and bound.inner and issubclass(bound.inner, RecordDoc):
                for place, item in enumerate(document.get(bound.name, ())):
                    inner = self.pks[bound.marker.model.KIND, item["id"]]
                    self._remember(inner, place, item, bound.inner, bound.marker.model, before)

    def _clear(self, nodes: list[_Node]) -> None:
        """Take away what is written anew around the records that changed."""
        by_doc: dict[tuple[type[Any], type[Doc]], list[UUID]] = defaultdict(list)
        for node in nodes:
            by_doc[node.model, type(node.doc)].append(node.pk)
        for (model, doc), pks in by_doc.items():
            self._clear_around(model, doc, pks)

    def _clear_around(self, model: type[Any], doc: type[Doc], pks: list[UUID]) -> None:
        for start in range(0, len(pks), BATCH):
            some = pks[start : start + BATCH]
            Citation.objects.filter(kind=model.KIND, record_id__in=some).delete()
            Link.objects.filter(from_kind=model.KIND, from_id__in=some).delete()
            for bound in bound_fields(doc):
                match bound.marker:
                    case Rows(model=part, parent=parent) if not issubclass(part, Record):
                        rows = part._default_manager.filter(**{f"{parent}__in": some})
                        self._clear_around(part, bound.inner or Doc, list(rows.values_list("pk", flat=True)))
                        rows.delete()
                    case Keys(attr=attr):
                        relation = model._meta.get_field(attr)
                        getattr(model, attr).through._default_manager.filter(**{f"{relation.m2m_field_name()}__in": some}).delete()

    def _record(self, node: _Node) -> None:
        values = {"territory": self.territory, "key": node.key, "position": node.position}
        if node.parent:
            values[f"{node.parent[0]}_id"] = node.parent[1]
        row = self._row(node.model, node.doc, node.pk, values)
        self.rows[node.model].append(row)
        action = "dossier.create" if node.is_new else "dossier.update"
        self.stored.changes.append(Change(action, row, {} if node.is_new else {"document": [None, plain(node.doc)]}))

    def _row(self, model: type[Any], doc: Doc, pk: UUID, values: dict[str, Any]) -> Any:
        row = model(pk=pk, **values)
        self._fill(row, doc)
        return row

    def _fill(self, row: Any, doc: Doc) -> None:
        for bound in bound_fields(type(doc)):
            value = getattr(doc, bound.name)
            match bound.marker:
                case Column(attr=attr):
                    setattr(row, attr, _for_column(type(row), attr, value))
                case Key(attr=attr, kind=kind):
                    setattr(row, f"{attr}_id", self.pks[kind, value] if value else None)
                case Inline():
                    self._fill(row, value) if value is not None else self._blank(row, bound.inner or Doc)
                case Keys(attr=attr, kind=kind):
                    through = getattr(type(row), attr).through
                    relation = type(row)._meta.get_field(attr)
                    names = (f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id")
                    self.many[through] += [through(**dict(zip(names, (row.pk, self.pks[kind, key]), strict=True))) for key in dict.fromkeys(value or ())]
                case Rows(model=model, parent=parent) if not issubclass(model, Record):
                    for place, item in enumerate(value or ()):
                        self.rows[model].append(self._row(model, item, uuid7(), {f"{parent}_id": row.pk, "position": place}))
                case Cited():
                    self._cite(row, value or ())
                case Disputed():
                    for key in value or ():
                        self._link("dispute", self.pks["dispute", key], "object", (row.KIND, row.pk), 999)
                case Linked(role=role, kinds=kinds):
                    for place, key in enumerate(value if isinstance(value, list) else [value] if value else []):
                        self._link(row.KIND, row.pk, role, self._target(key, kinds), place)

    def _blank(self, row: Any, doc: type[Doc]) -> None:
        for bound in bound_fields(doc):
            if isinstance(bound.marker, Column):
                setattr(row, bound.marker.attr, _for_column(type(row), bound.marker.attr, None))

    def _target(self, key: str, kinds: tuple[str, ...]) -> tuple[str, UUID]:
        return next(((kind, self.pks[kind, key]) for kind in kinds if (kind, key) in self.pks), None) or self.linkable[key]

    def _link(self, from_kind: str, from_id: UUID, role: str, to: tuple[str, UUID], place: int) -> None:
        link = (from_kind, from_id, role, *to)
        self.links[link] = min(place, self.links.get(link, place))

    def _cite(self, row: Any, citations: Iterable[Any]) -> None:
        for place, citation in enumerate(citations):
            made = Citation(territory=self.territory, kind=row.KIND, record_id=row.pk, position=place)
            self._fill(made, citation)
            self.citations.append(made)

    def _write(self, changed: dict[UUID, _Node]) -> None:
        at = now()
        for model, rows in self.rows.items():
            new = [row for row in rows if row.pk not in changed or changed[row.pk].is_new]
            old = [row for row in rows if row.pk in changed and not changed[row.pk].is_new]
            model._default_manager.bulk_create(new, batch_size=BATCH)
            self.stored.created += len(new) if issubclass(model, Record) else 0
            self.stored.updated += len(old)
            for row in old:
                row.updated_at = at
                columns = {item.attname: getattr(row, item.attname) for item in model._meta.concrete_fields if _is_written(item)}
                model._default_manager.filter(pk=row.pk).update(**columns, version=models.F("version") + 1)
        for through, rows in self.many.items():
            through._default_manager.bulk_create(rows, batch_size=BATCH)
        Citation.objects.bulk_create(self.citations, batch_size=BATCH)
        links = [Link(territory=self.territory, from_kind=a, from_id=b, role=c, to_kind=d, to_id=e, position=place) for (a, b, c, d, e), place in self.links.items()]
        Link.objects.bulk_create(links, batch_size=BATCH, ignore_conflicts=True)


def _is_written(item: Any) -> bool:
    return not item.primary_key and item.attname not in {"version", "created_at"} and not item.name.endswith(("_earliest", "_latest"))


def _for_column(model: type[Any], attr: str, value: Any) -> Any:
    """Texts are never null in the tables: what is not said is empty there, or the column's own default."""
    if value is not None:
        return value
    column = model._meta.get_field(attr)
    if column.null:
        return None
    return "" if column.default is NOT_PROVIDED else column.get_default()


def _own(document: dict[str, Any], doc: type[Doc]) -> dict[str, Any]:
    """Leave out the records inside a record: they are compared by themselves."""
    nested = {bound.name for bound in bound_fields(doc) if bound.inner and issubclass(bound.inner, RecordDoc)}
    return {name: value for name, value in document.items() if name not in nested}


def _symmetric(folder: Folder) -> None:
    """Write each dispute on both faces: in its `objets`, and in the `contradictions` of what it bears on."""
    disputes = {document.id: document for document in folder.of("contradictions")}
    faces: dict[str, tuple[Doc, str]] = {}
    for section, place, _path, document, model in all_documents(folder):
        key = document.id if isinstance(document, RecordDoc) else section.key_of(document, place)
        for bound in bound_fields(type(document)):
            if isinstance(bound.marker, Disputed) and getattr(model, "LINKABLE", False):
                faces[key] = (document, bound.name)
    for key, (document, name) in faces.items():
        for dispute in getattr(document, name) or ():
            if key not in disputes[dispute].objets:
                disputes[dispute].objets.append(key)
    for dispute in disputes.values():
        for key in dispute.objets:
            if key in faces:
                document, name = faces[key]
                setattr(document, name, sorted({*(getattr(document, name) or ()), dispute.id}))
