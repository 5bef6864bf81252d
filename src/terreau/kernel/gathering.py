"""Rows of several small tables in one query, for pages that tell much about little.

A page of a plan or of governance reads ten tables of a few rows each. Read one by one, they cost more in going back
and forth than in reading. Here the rows go side by side in a union, every column as text, and come back as models.
"""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from terreau.kernel.components import SourceLine
from terreau.kernel.models import Record, Referable
from terreau.kernel.references import Ref

UNREAD = frozenset({"created_at", "updated_at"})
Row = TypeVar("Row")


def together(territory: Any, *tables: QuerySet[Any]) -> tuple[list[Any], ...]:
    """Read tables in one query: the rows of each as a list of models, in the order of the dossier.

    territory: whose records these are; it is set on them, so that an address costs no query.
    tables: unordered and unsliced; instants of creation and change are not read, nor are columns that a table defers.
    """
    fields = [_fields(rows) for rows in tables]
    width = max(map(len, fields))
    nothing = Cast(Value(None), TextField())
    parts = []
    for place, (rows, own) in enumerate(zip(tables, fields, strict=True)):
        texts = [Cast(F(field.attname), TextField()) for field in own]
        parts.append(rows.order_by().values_list(Value(place), *texts, *[nothing] * (width - len(own))))
    found: tuple[list[Any], ...] = tuple([] for _ in tables)
    for place, *texts in parts[0].union(*parts[1:], all=True):
        found[place].append(_made(tables[place], fields[place], texts, territory))
    for made in found:
        made.sort(key=_dossier_order)
    return found


def by(name: str, rows: Iterable[Row]) -> dict[Hashable, list[Row]]:
    """Sort rows into lists by the value of an attribute ("plan_id"); a value that no row has gives an empty list."""
    read = attrgetter(name)
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        found[read(row)].append(row)
    return found


def by_source(citations: Mapping[Ref, Sequence[SourceLine]]) -> dict[Ref, list[SourceLine]]:
    """Say each source once for a record, with all its pages: « p. 16, p. 18-19 ».

    A citation that has something of its own to say (a stated value, a lesser certainty) keeps its line.
    """
    return {ref: _once(lines) for ref, lines in citations.items()}


def _once(lines: Sequence[SourceLine]) -> list[SourceLine]:
    found: dict[Hashable, SourceLine] = {}
    for place, line in enumerate(lines):
        key: Hashable = place if line.stated or line.certainty else (line.title, line.url)
        known = found.get(key)
        pages = filter(None, dict.fromkeys((known.locator, line.locator))) if known else [line.locator]
        found[key] = replace(line, locator=", ".join(pages))
    return list(found.values())


def _fields(rows: QuerySet[Any]) -> list[Any]:
    named, is_deferred = rows.query.deferred_loading
    unread = UNREAD | named if is_deferred else UNREAD
    return [field for field in rows.model._meta.concrete_fields if field.name not in unread]


def _made(rows: QuerySet[Any], fields: list[Any], texts: list[str | None], territory: Any) -> Any:
    values = [_value(field, text) for field, text in zip(fields, texts, strict=False)]
    row = rows.model.from_db(rows.db, [field.attname for field in fields], values)
    if isinstance(row, Record):
        row.territory = territory
    return row


def _value(field: Any, text: str | None) -> Any:
    while field.is_relation:
        field = field.target_field
    if text is None:
        return None
    if isinstance(field, models.BooleanField):
        return text in {"1", "t", "true"}
    return json.loads(text) if isinstance(field, models.JSONField) else field.to_python(text)


def _dossier_order(row: Any) -> tuple[bool, int, str]:
    position = row.position if isinstance(row, Referable) else row.pk  # type: ignore[attr-defined]
    return position is None, position or 0, str(getattr(row, "key", row.pk))
