"""What the tables cannot hold, told before anything is written: long texts, numbers out of range, wrong addresses."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from terreau.kernel.dossier.fields import Cited, Column, Doc, Inline, Rows
from terreau.kernel.dossier.mapping import Bound, bound_fields
from terreau.kernel.models import Citation
from terreau.kernel.pure.edtf import Edtf

Path_ = tuple[str | int, ...]


def beyond_limits(document: Doc, model: type[Any], path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Give (path, message) for each value that the columns of `model` refuse, nested documents included."""
    for bound in bound_fields(type(document)):
        value = getattr(document, bound.name)
        here = (*path, bound.name)
        if value is None or value == "":
            continue
        if isinstance(bound.marker, Column):
            yield from ((here, message) for message in _refusals(model, bound.marker.attr, value))
        elif inner_model := _table(bound, model):
            items = enumerate(value) if bound.is_list else [(None, value)]
            for place, item in items:
                yield from beyond_limits(item, inner_model, here if place is None else (*here, place))


def _table(bound: Bound, model: type[Any]) -> type[Any] | None:
    match bound.marker:
        case Rows(model=inner):
            return inner
        case Inline():
            return model
        case Cited():
            return Citation
        case _:
            return None


def _refusals(model: type[Any], attr: str, value: Any) -> list[str]:
    column = model._meta.get_field(attr)
    try:
        column.run_validators(value.text if isinstance(value, Edtf) else column.to_python(value))
    except ValidationError as error:
        return list(error.messages)
    return []
