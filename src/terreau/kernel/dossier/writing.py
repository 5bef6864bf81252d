"""Documents as plain values in canonical order, and plain values as YAML."""

from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from terreau.kernel.dossier.fields import Column, Doc
from terreau.kernel.dossier.mapping import Bound, bound_fields
from terreau.kernel.pure.edtf import Edtf

FLOW = 150
"""Characters under which an object or a list is written on one line."""
LAST = ("note", "sources", "contradictions", "drapeaux", "visibilite")


def plain(document: Doc) -> dict[str, Any]:
    """Give a document as plain values, without what equals its default, keys in canonical order.

    Two documents that say the same thing give equal plain values: loading compares them to know what changed.
    """
    return ordered(
        {bound.name: getattr(document, bound.name) for bound in bound_fields(type(document))},
        bound_fields(type(document)),
    )


def ordered(values: dict[str, Any], bounds: tuple[Bound, ...]) -> dict[str, Any]:
    found = {}
    for bound in sorted(bounds, key=lambda bound: LAST.index(bound.name) if bound.name in LAST else -1):
        value = simple(values.get(bound.name))
        if value in (None, "", [], {}) or _goes_without_saying(bound, value):
            continue
        found[bound.name] = int(value) if bound.name == "page" and _is_number(value) else value
    return found


def _is_number(page: str) -> bool:
    """Whether a page reads the same as a number: 12 does, 012 and ² do not."""
    return page.isascii() and page.isdigit() and str(int(page)) == page


def _goes_without_saying(bound: Bound, value: Any) -> bool:
    """Whether a value is the default that nobody needs to read: false, or one that its column keeps quiet about."""
    quiet = isinstance(bound.marker, Column) and bound.marker.quiet
    return not bound.required and value == simple(bound.default) and (quiet or not value)


def simple(value: Any) -> Any:
    """Turn a value of a document into what YAML writes."""
    match value:
        case Doc():
            return plain(value)
        case list() | tuple():
            return [simple(item) for item in value]
        case Edtf():
            return value.text
        case Enum():
            return str(value.value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else value.normalize()
        case _:
            return value


class _Block(dict[str, Any]):
    """An object written one key a line, however short."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _is_short(value: Any) -> bool:
    """Whether a value reads well on one line, in braces or brackets."""
    inside = list(value.values()) if isinstance(value, dict) else value
    return (
        all(not isinstance(item, dict) and (not isinstance(item, list) or _is_short(item)) for item in inside)
        and len(str(value)) < FLOW
    )


def _mapping(dumper: Any, value: dict[str, Any]) -> Any:
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", value.items(), flow_style=not isinstance(value, _Block) and _is_short(value)
    )


def _sequence(dumper: Any, value: list[Any]) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_is_short(value))


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(_Block, _mapping)
_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:f}"))


def to_yaml(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=150))


def _indented(item: dict[str, Any]) -> str:
    """Write one record of a list, its first key after the dash."""
    first, *rest = to_yaml(item).rstrip("\n").split("\n")
    return "\n".join([f"- {first}", *(f"  {line}" if line else "" for line in rest)])


def file_text(about: str, content: dict[str, Any]) -> str:
    """Write a file: a comment that says what it holds, then each key; a blank line between the records of a list."""
    blocks = [f"# {line}" for line in about.splitlines() if line]
    for key, value in content.items():
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            blocks.append(f"\n{key}:")
            roomy = not all(map(_is_short, value))
            items = [f"- {to_yaml(item).rstrip()}" if _is_short(item) else _indented(item) for item in value]
            blocks.append(("\n\n" if roomy else "\n").join(items))
        else:
            blocks.append(to_yaml(_Block({key: value})).rstrip("\n"))
    return "\n".join(blocks) + "\n"
