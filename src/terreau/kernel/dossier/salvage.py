"""What can still be read of a file with problems, so that all the problems of a dossier are told at once."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from terreau.kernel.dossier.fields import Doc
from terreau.kernel.dossier.mapping import document_in


def salvaged(model: type[Doc], content: Any) -> Doc:
    """Make a document from whatever fits; what does not is None, or empty in the place of a list.

    Lists keep their places. The result is only for looking at other problems: it is never stored.
    """
    given = content if isinstance(content, Mapping) else {}
    return model.model_construct(**{name: _value(model, name, given) for name in model.model_fields})


def _value(model: type[Doc], name: str, given: Mapping[str, Any]) -> Any:
    info = model.model_fields[name]
    inner, is_list = document_in(info.annotation)
    if name not in given:
        return None if info.is_required() else info.get_default(call_default_factory=True)
    value = given[name]
    if inner and is_list:
        return [salvaged(inner, item) for item in value] if isinstance(value, list) else []
    if inner:
        return salvaged(inner, value) if isinstance(value, Mapping) else None
    try:
        return _adapter(model, name).validate_python(value)
    except ValidationError:
        return [] if is_list else None


@cache
def _adapter(model: type[Doc], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotation: Any = info.annotation
    return TypeAdapter(Annotated[annotation, *info.metadata] if info.metadata else annotation)
