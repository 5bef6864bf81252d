"""JSON as interfaces of data give it: a list somewhere near the top, read item by item."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from terreau.opendata.pure.limits import MOST_COLUMNS, SAMPLE
from terreau.opendata.pure.problems import Unreadable
from terreau.opendata.pure.tables import Numbered, Opened

LISTS = ("data", "items", "results", "@graph", "unitesLegales", "etablissements", "elements", "structures", "features")
"""Names under which an answer keeps its items."""
COMPACT = ("id", "name", "latitude", "longitude", "categories", "status", "moderationState")
"""Places of a compact GoGoCarto element (standards.md, section 6)."""
BLOCK = 256 * 1024
WHOLE = 30 * 1024 * 1024
"""Bytes of an answer that holds no list at its top: read whole."""
BLANK = re.compile(r"[\s,]*")
BLANKS = " \t\r\n"


def open_json(path: Path) -> Opened:
    """Recognise a JSON file; columns are the keys of its first items, nested ones with a point. Raises Unreadable."""
    columns: dict[str, None] = {}

    def rows() -> Iterator[Numbered]:
        for number, item in enumerate(items(path), start=1):
            if isinstance(item, list):
                item = dict(zip(COMPACT, item, strict=False))  # noqa: PLW2901 -- the same element, spelt out
            yield number, dict(flat(item)) if isinstance(item, dict) else {"": str(item)}

    empty = True
    for number, cells in rows():
        empty = False
        columns |= dict.fromkeys(cells)
        if number >= SAMPLE:
            break
    if empty:
        raise Unreadable("empty")
    if len(columns) > MOST_COLUMNS:
        raise Unreadable("columns", count=len(columns), most=MOST_COLUMNS)
    return Opened("json", tuple(columns), rows, "utf-8")


def flat(item: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Give the leaves of an item with their path: {"geo": {"latitude": 1}} gives "geo.latitude". Lists stay lists."""
    for key, value in item.items():
        if isinstance(value, dict) and value:
            yield from flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def items(path: Path) -> Iterator[Any]:
    """Give the items of the list, one in memory at a time. Raises Unreadable, with the rank of the broken one."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from _Stream(file).items()
    except _NoListError:
        yield from _whole(path)
    except UnicodeDecodeError as error:
        raise Unreadable("not_text") from error


class _NoListError(Exception):
    pass


class _Stream:
    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.text = ""
        self.at = 0
        self.ended = False
        self.decoder = json.JSONDecoder()

    def items(self) -> Iterator[Any]:
        opening = self._peek()
        if opening == "{":
            self.at += 1
            self._to_list()
        elif opening != "[":
            raise Unreadable("broken_json", row=1)
        self.at += 1
        number = 0
        while self._peek() != "]":
            number += 1
            yield self._value(number)

    def _to_list(self) -> None:
        """Go to the list among the keys of an object, reading what comes before it."""
        while True:
            if self._peek() != '"':
                raise _NoListError
            key = self._value(0)
            if self._peek() != ":":
                raise _NoListError
            self.at += 1
            if self._peek() == "[" and key in LISTS:
                return
            self._value(0)

    def _peek(self) -> str:
        while True:
            match = BLANK.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                return ""

    def _value(self, number: int) -> Any:
        tries = 1
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                # Twice as much each time: a large item costs twice its length, not its square.
                if not self._read_more(tries):
                    raise Unreadable("broken_json", row=number) from error
                tries *= 2
            except RecursionError as error:
                raise Unreadable("broken_json", row=number) from error
            else:
                if end == len(self.text) and not isinstance(value, (dict, list, str)) and self._more():
                    continue
                self.at = end
                return value

    def _read_more(self, blocks: int) -> bool:
        return sum(self._more() for _block in range(blocks)) > 0

    def _more(self) -> bool:
        if self.ended:
            return False
        block = self.file.read(BLOCK)
        self.ended = not block
        self.text, self.at = self.text[self.at :] + block, 0
        return bool(block)


def _whole(path: Path) -> Iterator[Any]:
    """Give the answers of an object without a list: itself, or those that it holds, without their envelope `data`."""
    if path.stat().st_size > WHOLE:
        raise Unreadable("no_list")
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable("broken_json", row=1) from error
    held = content.values()
    if content and all(isinstance(value, dict) and isinstance(value.get("data"), dict) for value in held):
        yield from (value["data"] for value in held)
    elif isinstance(content.get("data"), dict):
        yield content["data"]
    else:
        yield content
