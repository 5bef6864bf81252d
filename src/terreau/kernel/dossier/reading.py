"""YAML read with the line of every value, so that a problem can be shown where it is."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

import yaml

from terreau.kernel.dossier.problems import (
    Problem,
    alias,
    duplicate_key,
    key_not_text,
    not_readable,
    not_storable,
    not_utf8,
    not_yaml,
)

Path_ = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class Parsed:
    """The content of a file, the line of each path in it (1 for the first), and what was wrong while reading."""

    content: Any
    lines: dict[Path_, int]
    problems: list[Problem]

    def line_of(self, path: Path_) -> int:
        """Give the line of a path, or of the closest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(path: Path) -> Parsed:
    """Read one file. Never raises on its content: what cannot be read comes back as problems."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return Parsed(None, {}, [not_utf8(path.name, error)])
    except OSError as error:
        return Parsed(None, {}, [not_readable(path.name, error)])
    try:
        node = _node(text)
    except (yaml.YAMLError, RecursionError) as error:
        return Parsed(None, {}, [not_yaml(path.name, error)])
    builder = _Builder(path.name)
    return Parsed(builder.build(node, ()) if node else None, builder.lines, builder.problems)


def _node(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return cast("yaml.Node | None", loader.get_single_node())
    finally:
        loader.dispose()


class _Builder:
    """Turns YAML nodes into plain values, noting the line of each, and what a dossier does not admit."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path_) -> Any:
        line = self.lines[path] = node.start_mark.line + 1
        if id(node) in self.seen:
            # PyYAML gives one node for all the places that name it: never built twice, since it may hold itself.
            self.problems.append(alias(self.file, line))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, place)) for place, item in enumerate(node.value)]
        if not _is_storable(node.value):
            self.problems.append(not_storable(self.file, line, node.value))
            return None
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or not _is_storable(key):
                self.problems.append(key_not_text(self.file, line))
            elif key in found:
                self.problems.append(duplicate_key(self.file, line, key))
            else:
                found[key] = self.build(value_node, (*path, key))
                self.lines[*path, key] = line
        return found


def _is_storable(text: str) -> bool:
    """Whether both databases can hold a text: neither a null character nor half of a pair."""
    return not _UNSTORABLE.search(text)


def _scalar(node: yaml.Node) -> Any:
    """Read numbers and yes/no where they are plain; leave dates as texts, since EDTF is not a YAML date."""
    value = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool" if value.lower() in _BOOLEANS:
            return _BOOLEANS[value.lower()]
        case "int" if value.lstrip("-").isdigit() and str(int(value)) == value:
            return int(value)
        case "float":
            try:
                return Decimal(value)
            except InvalidOperation:
                return value
        case _:
            return value
