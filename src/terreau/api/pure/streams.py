"""JSON written as it comes, so that a whole directory never stands in memory."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")

TOGETHER = 100
"""Items that travel in one piece: a piece each would cost more than it holds."""


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def envelope(head: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    """Write an object: the members of `head`, then the list `name` of the items, as they come."""
    opening = "".join(f"{written(key)}:{written(value)}," for key, value in head.items())
    yield f"{{{opening}{written(name)}:["
    first = True
    for piece in pieces(items):
        yield ("" if first else ",") + ",".join(map(written, piece))
        first = False
    yield "]}"


def pieces(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut in pieces of TOGETHER."""
    rest = iter(items)
    while piece := list(islice(rest, TOGETHER)):
        yield piece
