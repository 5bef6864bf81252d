"""From a checked folder to the tables: only what changed is written, in bulk, inside the caller's transaction.

A record is found again by (kind, key). The dossier wins over what was edited since, and the changes say what was there
before. Lists without keys and lists inside a record are whole: what they no longer hold is deleted. Records with a key
that the folder does not hold are left as they are. Parts, citations, links and many-to-many rows of a changed record
are written anew; its own row keeps its UUID and takes a new version. A record that only moves in its file keeps its
version: the order of a file says nothing about the record.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from terreau.kernel.audit import Change
from terreau.kernel.clock import now
from terreau.kernel.dossier.changes import difference, own
from terreau.kernel.dossier.dumping import Dumper
from terreau.kernel.dossier.fields import Cited, Column, Doc, Inline, Key, Keys, Linked, Marker, Rows
from terreau.kernel.dossier.mapping import bound_fields, flat_fields, nested_records, tables_of
from terreau.kernel.dossier.problems import DossierRefused, Problem
from terreau.kernel.dossier.records import Node, Place, columns_of, for_column, show_both_faces
from terreau.kernel.dossier.refusals import in_words
from terreau.kernel.dossier.sections import Folder, Section
from terreau.kernel.dossier.writing import plain
from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.models import Citation, Link, Record
from terreau.kernel.pure.ids import uuid7

BATCH = 500
LINK = ("from_kind", "from_id", "role", "to_kind", "to_id")


@dataclass
class Stored:
    """What a load did: audit changes in order, and counts of records by outcome. moved: to another place, no more."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    moved: int = 0
    changes: list[Change] = field(default_factory=list)


class Storer:
    """Writes a folder into a territory that exists already. Progress is told to `tell(done, total)`."""

    def __init__(self, territory: Any, folder: Folder, tell: Callable[[int, int], None] | None = None) -> None:
        self.territory, self.folder, self.tell = territory, folder, tell or _silent
        self.pks: dict[tuple[str, str], UUID] = {}
        self.positions: dict[UUID, int | None] = {}
        self.before: dict[UUID, dict[str, Any]] = {}
        self.lists: dict[Place, set[UUID]] = defaultdict(set)
        self.tables = dict(pair for section in folder.documents for pair in tables_of(section.model, section.doc))
        self.file_of: dict[type[Any], str] = defaultdict(str)
        for section in folder.documents:
            self.file_of |= {model: f"{section.file}.yaml" for model, _doc in tables_of(section.model, section.doc)}
        self.linkable: dict[str, tuple[str, UUID]] = {}
        self.rows: dict[type[Any], list[Any]] = defaultdict(list)
        self.many: dict[type[Any], list[Any]] = defaultdict(list)
        self.citations: list[Citation] = []
        self.links: dict[tuple[str, UUID, str, str, UUID], int] = {}
        self.stored = Stored()

    def store(self) -> Stored:
        """Write what changed. Raises DossierRefused, or RuleBroken in the words of a constraint of the tables."""
        show_both_faces(self.folder)
        self._remember()
        nodes = self._nodes()
        changed = [
            node for node in nodes if node.is_new or node.before != node.after or node.pk not in self.lists[node.place]
        ]
        self.stored.unchanged = len(nodes) - len(changed)
        self._clear([node for node in changed if not node.is_new])
        for done, node in enumerate(changed, start=1):
            self._record(node)
            if done % BATCH == 0:
                self.tell(done, len(changed))
        self._move(nodes)
        self._write({node.pk: node for node in changed})
        self._keep_beside()
        self._delete(nodes)
        self.tell(len(changed), len(changed))
        return self.stored

    # --- What is there, what is to be -------------------------------------------------------------------------------

    def _remember(self) -> None:
        """Read the identity, place and document of all that the territory holds in the sections of the folder."""
        kinds = {model.KIND for model in self.tables} | set(linkable_kinds())
        for kind in sorted(kinds):
            rows = cast("Any", model_of(kind))._default_manager.filter(territory=self.territory)
            for pk, key, position in rows.values_list("pk", "key", "position"):
                self.pks[kind, key] = pk
                self.positions[pk] = position
                if kind in linkable_kinds():
                    self.linkable[key] = (kind, pk)
        if self.positions:
            dumper = Dumper(self.territory)
            for section in self.folder.documents:
                for record, document in dumper.documents(section):
                    self.lists[section.model, None].add(record.pk)
                    self._remember_one(record.pk, document, section.doc)

    def _remember_one(self, pk: UUID, document: dict[str, Any], doc: type[Doc]) -> None:
        self.before[pk] = own(document, doc)
        for nested in nested_records(doc):
            for item in document.get(nested.name, ()):
                inner = self.pks[nested.model.KIND, item["id"]]
                self.lists[nested.model, pk].add(inner)
                self._remember_one(inner, item, nested.doc)

    def _nodes(self) -> list[Node]:
        """Give an identity to every record of the folder, parents first. Raises DossierRefused."""
        nodes: list[Node] = []
        kinds = set(linkable_kinds())
        problems = []

        def add(
            section: Section, model: type[Any], doc: Doc, key: str, position: int, parent: tuple[str, UUID] | None
        ) -> None:
            pk = self.pks.setdefault((model.KIND, key), uuid7())
            nodes.append(
                Node(section, model, doc, key, position, pk, parent, self.before.get(pk), own(plain(doc), type(doc)))
            )
            if model.KIND in kinds:
                stored = self.linkable.setdefault(key, (model.KIND, pk))
                if stored[1] != pk:
                    problems.append(_taken(section, key, stored[0]))
            for nested in nested_records(type(doc)):
                for place, item in enumerate(getattr(doc, nested.name) or ()):
                    add(section, nested.model, item, item.id, place, (nested.parent, pk))

        for section, documents in self.folder.documents.items():
            for place, document in enumerate(documents):
                add(section, section.model, document, section.key_of(document, place), place, None)
        if problems:
            raise DossierRefused(problems)
        return nodes

    # --- Rows to write ----------------------------------------------------------------------------------------------

    def _clear(self, nodes: list[Node]) -> None:
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
            for bound in flat_fields(doc):
                match bound.marker:
                    case Rows(model=part, parent=parent) if not issubclass(part, Record):
                        rows: models.QuerySet[Any] = part._default_manager.filter(**{f"{parent}__in": some})
                        self._clear_around(part, bound.inner or Doc, list(rows.values_list("pk", flat=True)))
                        rows.delete()
                    case Keys(attr=attr):
                        relation = model._meta.get_field(attr)
                        getattr(model, attr).through._default_manager.filter(
                            **{f"{relation.m2m_field_name()}__in": some}
                        ).delete()

    def _record(self, node: Node) -> None:
        values = {"territory": self.territory, "key": node.key, "position": node.position}
        if node.parent:
            values[f"{node.parent[0]}_id"] = node.parent[1]
        row = self._row(node.model, node.doc, node.pk, values)
        self.rows[node.model].append(row)
        if node.before is None:
            self.stored.changes.append(Change("dossier.create", row))
        else:
            self.stored.changes.append(
                Change("dossier.update", row, difference(node.before, node.after, type(node.doc)))
            )

    def _row(self, model: type[Any], doc: Doc, pk: UUID, values: dict[str, Any]) -> Any:
        row = model(pk=pk, **values)
        self._fill(row, doc)
        return row

    def _fill(self, row: Any, doc: Doc) -> None:
        for bound in bound_fields(type(doc)):
            value = getattr(doc, bound.name)
            match bound.marker:
                case Column(attr=attr):
                    setattr(row, attr, for_column(type(row), attr, value))
                case Key(attr=attr, kind=kind):
                    setattr(row, f"{attr}_id", self.pks[kind, value] if value else None)
                case Inline():
                    self._fill(row, value) if value is not None else self._blank(row, bound.inner or Doc)
                case _:
                    self._hang(row, bound.marker, value if isinstance(value, list) else [value] if value else [])

    def _hang(self, row: Any, marker: Marker, values: list[Any]) -> None:
        """Note the rows of other tables that a key of a document makes. Disputes are linked from their own side."""
        match marker:
            case Keys(attr=attr, kind=kind):
                through = getattr(type(row), attr).through
                relation = type(row)._meta.get_field(attr)
                ours, theirs = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
                self.many[through] += [
                    through(**{ours: row.pk, theirs: self.pks[kind, key]}) for key in dict.fromkeys(values)
                ]
            case Rows(model=model, parent=parent) if not issubclass(model, Record):
                for place, item in enumerate(values):
                    self.rows[model].append(
                        self._row(model, item, uuid7(), {f"{parent}_id": row.pk, "position": place})
                    )
            case Cited():
                for place, citation in enumerate(values):
                    cited = Citation(territory=self.territory, kind=row.KIND, record_id=row.pk, position=place)
                    self._fill(cited, citation)
                    self.citations.append(cited)
            case Linked(role=role, kinds=kinds):
                for place, key in enumerate(values):
                    self.links.setdefault((row.KIND, row.pk, role, *self._target(key, kinds)), place)

    def _blank(self, row: Any, doc: type[Doc]) -> None:
        for bound in flat_fields(doc):
            if isinstance(bound.marker, Column):
                setattr(row, bound.marker.attr, for_column(type(row), bound.marker.attr, None))

    def _target(self, key: str, kinds: tuple[str, ...]) -> tuple[str, UUID]:
        return (
            next(((kind, self.pks[kind, key]) for kind in kinds if (kind, key) in self.pks), None) or self.linkable[key]
        )

    # --- Writing ----------------------------------------------------------------------------------------------------

    def _write(self, changed: dict[UUID, Node]) -> None:
        at = now()
        for model, rows in self.rows.items():
            old = [row for row in rows if row.pk in changed and not changed[row.pk].is_new]
            new = [row for row in rows if row.pk not in changed or changed[row.pk].is_new]
            self._create(model, new)
            for row in old:
                columns = {name: getattr(row, name) for name in columns_of(changed[row.pk])}
                with in_words(model, [row], self.file_of[model]):
                    model._default_manager.filter(pk=row.pk).update(
                        **columns, updated_at=at, version=models.F("version") + 1
                    )
            self.stored.created += len(new) if issubclass(model, Record) else 0
            self.stored.updated += len(old)
        for through, rows in self.many.items():
            self._create(through, rows)
        self._create(Citation, self.citations)
        places = self.links.items()
        self._create(
            Link,
            [
                Link(territory=self.territory, position=place, **dict(zip(LINK, link, strict=True)))
                for link, place in places
            ],
        )

    def _keep_beside(self) -> None:
        """Keep the files that the written rows name."""
        for section in self.folder.documents:
            if section.beside and self.folder.directory:
                section.beside.store(self.folder.directory, self.rows[section.model])

    def _create(self, model: type[Any], rows: list[Any]) -> None:
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            with in_words(model, some, self.file_of[model]):
                model._default_manager.bulk_create(some)

    def _move(self, nodes: list[Node]) -> None:
        """Write the new places of records that exist: no version, no event."""
        by_model: dict[type[Any], list[Any]] = defaultdict(list)
        for node in nodes:
            if not node.is_new and self.positions.get(node.pk) != node.position:
                by_model[node.model].append(node.model(pk=node.pk, position=node.position))
        for model, rows in by_model.items():
            model._default_manager.bulk_update(rows, ["position"], batch_size=BATCH)
            self.stored.moved += len(rows)

    def _delete(self, nodes: list[Node]) -> None:
        """Delete what whole lists no longer hold: lists without keys, and lists inside a record of the folder."""
        kept = {node.pk for node in nodes}
        keyed = {section.model for section in self.folder.documents if section.keyed}
        for (model, parent), pks in self.lists.items():
            if parent in kept or (parent is None and model not in keyed):
                self._delete_rows(model, pks - kept)

    def _delete_rows(self, model: type[Any], pks: set[UUID]) -> None:
        rows = list(model._default_manager.filter(pk__in=pks).order_by("position", "key")) if pks else []
        if not rows:
            return
        doc = self.tables[model]
        self._clear_around(model, doc, list(pks))
        Link.objects.filter(to_kind=model.KIND, to_id__in=pks).delete()
        self.stored.changes += [Change("dossier.delete", row, difference(self.before[row.pk], {}, doc)) for row in rows]
        self.stored.deleted += len(rows)
        try:
            model._default_manager.filter(pk__in=pks).delete()
        except ProtectedError as error:
            message = _(
                "« %(key)s » n'y est plus, et une autre fiche s'appuie dessus : la remettre, ou retirer ce qui s'appuie dessus."
            )
            raise DossierRefused(
                [Problem(self.file_of[model], 1, message % {"key": row.key}) for row in rows]
            ) from error


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def _taken(section: Section, key: str, kind: str) -> Problem:
    message = _(
        "l'identifiant « %(key)s » est déjà celui d'une autre fiche du territoire (%(kind)s) : en choisir un autre."
    )
    return Problem(f"{section.file}.yaml", 1, message % {"key": key, "kind": model_of(kind)._meta.verbose_name})
