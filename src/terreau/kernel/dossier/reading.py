"""YAML read with the line of every value, so that a problem can be shown where it is."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from terreau.kernel.dossier.problems import Problem, duplicate_key, not_utf8, not_yaml

Path_ = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return Parsed(None, {}, [not_yaml(path.name, error)])
    finally:
        loader.dispose()
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []
    content = _build(node, (), lines, problems, path.name) if node else None
    return Parsed(content, lines, problems)


def _build(node: yaml.Node, path: Path_, lines: dict[Path_, int], problems: list[Problem], file: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                problems.append(duplicate_key(file, key_node.start_mark.line + 1, key))
                continue
            found[key] = _build(value_node, (*path, key), lines, problems, file)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, place), lines, problems, file) for place, item in enumerate(node.value)]
    return _scalar(node)


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
