"""From the tables to plain documents, shaped as `writing.plain` gives them, in a fixed number of queries per table."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.db.models import F, QuerySet

from terreau.kernel.dossier.fields import (
    CitationDoc,
    Cited,
    Column,
    Disputed,
    Doc,
    Inline,
    Key,
    Keys,
    Linked,
    Marker,
    Rows,
)
from terreau.kernel.dossier.mapping import Bound, bound_fields, flat_fields
from terreau.kernel.dossier.sections import Section, root
from terreau.kernel.dossier.writing import ordered
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Citation, Link, Record


class Dumper:
    """Reads one territory. Everything is included, whatever its visibility: the caller checks who may dump."""

    def __init__(self, territory: Any) -> None:
        self.territory = territory
        self._keys: dict[str, dict[UUID, str]] = {}

    def documents(self, section: Section) -> list[tuple[Any, dict[str, Any]]]:
        """Give (record, plain document) for each record of a section, in dossier order."""
        rows: QuerySet[Any] = section.model._default_manager.filter(**self._all(section.model, ""))
        rows = rows.order_by(F("position").asc(nulls_last=True), "key")
        return self._documents(rows, section.doc)

    def root_document(self) -> dict[str, Any]:
        doc, model = root()
        return self._documents(model._default_manager.filter(pk=self.territory.pk), doc)[0][1]

    def _documents(self, rows: QuerySet[Any] | Iterable[Any], doc: type[Doc]) -> list[tuple[Any, dict[str, Any]]]:
        records = list(rows)
        inside = self._inside(records, doc)
        return [(record, self._plain(record, doc, inside)) for record in records]

    def _inside(self, records: list[Any], doc: type[Doc]) -> dict[Marker, dict[UUID, Any]]:
        """Fetch what hangs on the records, field by field."""
        found: dict[Marker, dict[UUID, Any]] = {}
        if not records:
            return found
        for bound in flat_fields(doc):
            match bound.marker:
                case Rows(model=model, parent=parent):
                    rows: QuerySet[Any] = model._default_manager.filter(**self._all(model, parent))
                    rows = rows.order_by(
                        F("position").asc(nulls_last=True), "key" if issubclass(model, Record) else "pk"
                    )
                    by_parent: dict[UUID, list[Any]] = defaultdict(list)
                    for row, plain in self._documents(rows, bound.inner or Doc):
                        by_parent[getattr(row, f"{parent}_id")].append(plain)
                    found[bound.marker] = dict(by_parent)
                case Keys(attr=attr, kind=kind):
                    found[bound.marker] = self._many(type(records[0]), attr, self.keys_of(kind))
        return found

    def _all(self, model: type[Any], parent: str) -> dict[str, Any]:
        """Filter the rows of a table by territory: one query for all parents at once."""
        return {"territory": self.territory} if issubclass(model, Record) else {f"{parent}__territory": self.territory}

    def _many(self, model: type[Any], attr: str, keys: dict[UUID, str]) -> dict[UUID, list[str]]:
        source, target = _ends(model, attr)
        pairs = getattr(model, attr).through._default_manager.filter(**{f"{source}__territory": self.territory})
        found: dict[UUID, list[str]] = defaultdict(list)
        for left, right in pairs.order_by("pk").values_list(f"{source}_id", f"{target}_id"):
            found[left].append(keys[right])
        return dict(found)

    def _plain(self, record: Any, doc: type[Doc], inside: dict[Marker, dict[UUID, Any]]) -> dict[str, Any]:
        bounds = bound_fields(doc)
        return ordered({bound.name: self._value(record, bound, inside) for bound in bounds}, bounds)

    def _value(self, record: Any, bound: Bound, inside: dict[Marker, dict[UUID, Any]]) -> Any:
        match bound.marker:
            case Column(attr=attr, derived_when=derived):
                return None if derived and getattr(record, derived[0]) == derived[1] else getattr(record, attr)
            case Key(attr=attr, kind=kind):
                pk = getattr(record, f"{attr}_id")
                return self.keys_of(kind)[pk] if pk else None
            case Inline():
                return self._plain(record, bound.inner or Doc, inside)
            case Linked(role=role):
                keys = self.links.get((record.KIND, record.pk, role), [])
                return keys if bound.is_list else next(iter(keys), None)
            case Cited() | Disputed():
                found = self.citations if isinstance(bound.marker, Cited) else self.disputes
                return found.get((record.KIND, record.pk), [])
            case Rows() | Keys():
                return inside.get(bound.marker, {}).get(record.pk, [])

    def keys_of(self, kind: str) -> dict[UUID, str]:
        if kind not in self._keys:
            self._keys[kind] = dict(
                cast("Any", model_of(kind))._default_manager.filter(territory=self.territory).values_list("pk", "key")
            )
        return self._keys[kind]

    @cached_property
    def citations(self) -> dict[tuple[str, UUID], list[dict[str, Any]]]:
        found: dict[tuple[str, UUID], list[dict[str, Any]]] = defaultdict(list)
        for citation in Citation.objects.filter(territory=self.territory).order_by("position", "pk"):
            found[citation.kind, citation.record_id].append(self._plain(citation, CitationDoc, {}))
        return dict(found)

    @cached_property
    def _links(self) -> list[Link]:
        return list(Link.objects.filter(territory=self.territory).order_by("position", "pk"))

    @cached_property
    def links(self) -> dict[tuple[str, UUID, str], list[str]]:
        found: dict[tuple[str, UUID, str], list[str]] = defaultdict(list)
        for link in self._links:
            found[link.from_kind, link.from_id, link.role].append(self.keys_of(link.to_kind)[link.to_id])
        return dict(found)

    @cached_property
    def disputes(self) -> dict[tuple[str, UUID], list[str]]:
        keys = self.keys_of("dispute")
        found: dict[tuple[str, UUID], list[str]] = defaultdict(list)
        for link in self._links:
            if link.from_kind == "dispute" and link.role == "object":
                found[link.to_kind, link.to_id].append(keys[link.from_id])
        return {record: sorted(disputes) for record, disputes in found.items()}


def _ends(model: type[Any], attr: str) -> tuple[str, str]:
    """Give the names of the two foreign keys of a many-to-many relation, ours first."""
    relation = model._meta.get_field(attr)
    return relation.m2m_field_name(), relation.m2m_reverse_field_name()
