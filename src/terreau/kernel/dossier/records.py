"""The records that a folder makes: their documents, places and identities, before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models.fields import NOT_PROVIDED

from terreau.kernel.dossier.checking import all_documents
from terreau.kernel.dossier.fields import Column, Disputed, Doc, Key
from terreau.kernel.dossier.mapping import bound_fields, flat_fields
from terreau.kernel.dossier.sections import Folder, Section

Place = tuple[type[Any], UUID | None]
"""Where a list lies: the table of its records, and the record that they lie in (None: the territory)."""


@dataclass
class Node:
    """A record to be: its document, its place, its identity, and what it was before (None: it is new)."""

    section: Section
    model: type[Any]
    doc: Doc
    key: str
    position: int
    pk: UUID
    parent: tuple[str, UUID] | None
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def place(self) -> Place:
        return self.model, self.parent[1] if self.parent else None


def columns_of(node: Node) -> Iterator[str]:
    """Give the columns that a document speaks of: what it knows nothing of is left as it is in the table."""
    yield "position"
    if node.parent:
        yield f"{node.parent[0]}_id"
    for bound in flat_fields(type(node.doc)):
        match bound.marker:
            case Column(attr=attr):
                yield attr
            case Key(attr=attr):
                yield f"{attr}_id"


def for_column(model: type[Any], attr: str, value: Any) -> Any:
    """Texts are never null in the tables: what is not said is empty there, or the column's own default."""
    if value is not None:
        return value
    column = model._meta.get_field(attr)
    if column.null:
        return None
    return "" if column.default is NOT_PROVIDED else column.get_default()


def show_both_faces(folder: Folder) -> None:
    """Write each dispute on both faces: in its `objets`, and in the `contradictions` of what it bears on."""
    disputes = {document.id: document for document in folder.of("contradictions")}
    faces: dict[str, tuple[Doc, str]] = {}
    for _section, _place, _path, document, _model in all_documents(folder):
        for bound in bound_fields(type(document)):
            if isinstance(bound.marker, Disputed):
                faces[str(document.id)] = (document, bound.name)  # type: ignore[attr-defined]
    for key, (document, name) in faces.items():
        for dispute in getattr(document, name) or ():
            if key not in disputes[dispute].objets:
                disputes[dispute].objets.append(key)
    for dispute in disputes.values():
        for key in dispute.objets:
            if key in faces:
                document, name = faces[key]
                setattr(document, name, sorted({*(getattr(document, name) or ()), dispute.id}))
