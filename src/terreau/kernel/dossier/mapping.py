"""The markers of a document class, read once and turned into a list of bound fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from terreau.kernel.dossier.fields import Disputed, Doc, Inline, Key, Keys, Linked, Marker, RecordDoc, Rows
from terreau.kernel.models import Referable


@dataclass(frozen=True)
class Bound:
    """A field of a document: its name in files, its marker, its default, and the class of the documents inside it."""

    name: str
    marker: Marker
    default: Any
    required: bool
    inner: type[Doc] | None
    is_list: bool


@cache
def bound_fields(doc: type[Doc]) -> tuple[Bound, ...]:
    """Give the bound fields of a document class. Raises TypeError when a field has no marker."""
    found = []
    for name, info in doc.model_fields.items():
        markers = [item for item in info.metadata if isinstance(item, Marker)]
        if len(markers) != 1:
            message = f"{doc.__name__}.{name} needs one marker"
            raise TypeError(message)
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        inner, is_list = document_in(info.annotation)
        found.append(Bound(name, markers[0], default, info.is_required(), inner, is_list))
    return tuple(found)


@cache
def flat_fields(doc: type[Doc]) -> tuple[Bound, ...]:
    """Give the bound fields of a document class, those of its inline documents in the place of these."""
    found: list[Bound] = []
    for bound in bound_fields(doc):
        found += flat_fields(bound.inner) if isinstance(bound.marker, Inline) and bound.inner else [bound]
    return tuple(found)


@dataclass(frozen=True)
class Nested:
    """A list of records inside the document of another: its key, table, document, and way back to the parent."""

    name: str
    model: type[Referable]
    doc: type[Doc]
    parent: str


@cache
def nested_records(doc: type[Doc]) -> tuple[Nested, ...]:
    """Give the lists of records of their own that a document class holds."""
    return tuple(
        Nested(bound.name, bound.marker.model, bound.inner, bound.marker.parent)
        for bound in bound_fields(doc)
        if isinstance(bound.marker, Rows) and bound.inner and issubclass(bound.inner, RecordDoc)
    )


def tables_of(model: type[Any], doc: type[Doc]) -> Iterator[tuple[type[Any], type[Doc]]]:
    """Give the tables of records that a section fills, each with its document."""
    yield model, doc
    for nested in nested_records(doc):
        yield from tables_of(nested.model, nested.doc)


def document_in(annotation: Any) -> tuple[type[Doc] | None, bool]:
    """Look through optional and list to the document class, if any."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        rest = [item for item in args if item is not NoneType]
        return document_in(rest[0]) if len(rest) == 1 else (None, any(get_origin(item) is list for item in rest))
    if origin is list:
        return document_in(args[0])[0], True
    if hasattr(annotation, "__metadata__"):
        return document_in(annotation.__origin__)
    return (annotation, False) if isinstance(annotation, type) and issubclass(annotation, Doc) else (None, False)


@dataclass(frozen=True)
class Mention:
    """A key named somewhere in a document: its path, and the kinds that it may be (none: any linkable kind)."""

    path: tuple[str | int, ...]
    key: str
    kinds: tuple[str, ...]


def mentions(doc: Doc, path: tuple[str | int, ...] = ()) -> Iterator[Mention]:
    """Walk a document and give every key that it names, in order."""
    for bound in bound_fields(type(doc)):
        value = getattr(doc, bound.name)
        here = (*path, bound.name)
        found = [((*here, place), item) for place, item in enumerate(value or ())] if bound.is_list else [(here, value)]
        kinds = _named(bound.marker)
        for place, item in found:
            if isinstance(item, Doc):
                yield from mentions(item, place)
            elif item and kinds is not None:
                yield Mention(place, item, kinds)


def _named(marker: Marker) -> tuple[str, ...] | None:
    """Give the kinds that a field names (none in particular: empty), or None when it names nothing."""
    match marker:
        case Key(kind=kind) | Keys(kind=kind):
            return (kind,)
        case Disputed():
            return ("dispute",)
        case Linked(kinds=kinds):
            return kinds
        case _:
            return None
