"""The description of the interface in the reader's language, for machines (OpenAPI) and for people (one page)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terreau.api.operations import ROOT, api


@dataclass(frozen=True)
class ParameterLine:
    """One parameter of an operation, in words. is_in_path: part of the address, else after the question mark."""

    name: str
    type: str
    description: str
    is_in_path: bool
    is_required: bool


@dataclass(frozen=True)
class FieldLine:
    """One field of an answer. shape: name of the shape that it holds, empty for plain values."""

    name: str
    type: str
    description: str
    shape: str


@dataclass(frozen=True)
class Shape:
    name: str
    description: str
    fields: Sequence[FieldLine]


@dataclass(frozen=True)
class OperationLine:
    """One operation. example: an address that answers, empty when nothing is published yet; answer: its shape."""

    id: str
    path: str
    summary: str
    description: str
    parameters: Sequence[ParameterLine]
    example: str
    answer: str


@dataclass(frozen=True)
class ApiPage:
    description: str
    operations: Sequence[OperationLine]
    shapes: Sequence[Shape]


def schema() -> dict[str, Any]:
    """Give the OpenAPI document in the active language, without the titles that only repeat the names.

    It is the same until the process ends: made once for each language, and not to be changed by who reads it.
    """
    return _schema_in(get_language())


@cache
def _schema_in(language: str) -> dict[str, Any]:
    """Make it in the active language, whose name only tells the documents apart."""
    document = api.get_openapi_schema(path_prefix=ROOT)
    told = _translated(document)
    told["info"]["title"] = api.title
    for methods in told["paths"].values():
        for status, response in methods["get"]["responses"].items():
            response["description"] = _answers()[status]
    return told


def page(territory: str, organisation: str) -> ApiPage:
    """Give the same in words. territory, organisation: keys for the examples, empty when there is none."""
    document = schema()
    operations = [
        _operation(path, methods["get"], territory, organisation) for path, methods in document["paths"].items()
    ]
    shapes = [
        Shape(name, shape.get("description", ""), list(_fields(shape, document)))
        for name, shape in document["components"]["schemas"].items()
        if "properties" in shape
    ]
    return ApiPage(document["info"]["description"], operations, shapes)


def _answers() -> dict[int, str]:
    """Say what each status means here."""
    return {
        200: _("La réponse."),
        403: _("La règle ne l'ouvre pas à qui demande."),
        404: _("Rien de visible ne se trouve là."),
        422: _("Un paramètre ne convient pas."),
    }


def _translated(node: Any) -> Any:
    if isinstance(node, list):
        return [_translated(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {}
    for key, value in node.items():
        if isinstance(value, str) and key == "title":
            continue
        if isinstance(value, str) and key in {"description", "summary"}:
            if "enum" in node:  # the docstring of a class
                continue
            told[key] = _(value) if value else value
        else:
            told[key] = _translated(value)
    return told


def _operation(path: str, details: dict[str, Any], territory: str, organisation: str) -> OperationLine:
    parameters = [
        ParameterLine(
            name=found["name"],
            type=_words(found["schema"], {}),
            description=found.get("description", ""),
            is_in_path=found["in"] == "path",
            is_required=found["required"],
        )
        for found in details["parameters"]
    ]
    example = path.replace("{territoire}", territory).replace("{cle}", organisation)
    if any(parameter.is_required and not parameter.is_in_path for parameter in parameters):
        example += f"?q={organisation}"
    return OperationLine(
        id=details["operationId"],
        path=path,
        summary=details["summary"],
        description=details.get("description", ""),
        parameters=parameters,
        example=example if territory and organisation else "",
        answer=_shape_in(details["responses"][200]["content"]["application/json"]["schema"]),
    )


def _fields(shape: dict[str, Any], document: dict[str, Any]) -> Iterator[FieldLine]:
    known = document["components"]["schemas"]
    for name, details in shape["properties"].items():
        yield FieldLine(name, _words(details, known), details.get("description", ""), _shape_in(details, known))


def _shape_in(details: dict[str, Any], known: dict[str, Any] | None = None) -> str:
    """Look through null and lists to the name of a shape with fields."""
    if "$ref" in details:
        name = details["$ref"].rpartition("/")[2]
        return name if known is None or "properties" in known[name] else ""
    inside = details.get("anyOf", []) + ([details["items"]] if "items" in details else [])
    return next((name for item in inside if (name := _shape_in(item, known))), "")


def _words(details: dict[str, Any], known: dict[str, Any]) -> str:
    """Say a type in words."""
    if "$ref" in details:
        target = known[details["$ref"].rpartition("/")[2]]
        return _words(target, known)
    if "anyOf" in details:
        kinds = [_words(item, known) for item in details["anyOf"] if item.get("type") != "null"]
        words = _(" ou ").join(dict.fromkeys(kinds))
        return _("%(type)s, ou null") % {"type": words} if len(kinds) < len(details["anyOf"]) else words
    if "enum" in details:
        return _("un mot parmi : %(words)s") % {"words": ", ".join(details["enum"])}
    if details.get("type") == "array":
        if _shape_in(details["items"], known):
            return _("liste")
        return _("liste : %(type)s") % {"type": _words(details["items"], known)}
    return {
        "date": _("jour (AAAA-MM-JJ)"),
        "uri": _("adresse"),
        "edtf": _("date EDTF"),
        "integer": _("nombre entier"),
        "number": _("nombre"),
        "boolean": _("vrai ou faux"),
        "object": _("objet"),
        "string": _("texte"),
    }[details["format"] if details.get("format") in {"date", "uri", "edtf"} else details["type"]]
