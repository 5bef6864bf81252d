"""New rows by the thousand, without the questions that Django asks of every value.

A statement writes as many rows as it may hold. On SQLite each statement that fires a trigger ends with a savepoint,
where FTS5 writes what it gathered: one row a statement costs ten times more. On PostgreSQL the triggers of the tallies
fire once a statement.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from terreau.kernel.fields import EdtfField, NameField

Row = TypeVar("Row", bound=models.Model)
Values = list[Any]
Prepare = Callable[[Values], Values]
_AS_THEY_ARE = (models.IntegerField, models.FloatField, models.BooleanField)
MOST_PARAMETERS = 60_000
"""Values of one statement, where the database sets no lower bound: PostgreSQL counts them on 16 bits."""
MOST_ROWS = 1000
"""Rows of one statement: beyond, nothing is gained."""


def new_row(model: type[Row], columns: dict[str, Any]) -> Row:
    """Make a row in memory, not written. columns: as stored (`nature_id`) → value; the others get their defaults.

    What `model(**columns)` gives, sooner: no signal, no descriptor; a name that is no column is not seen.
    """
    constants, made = _defaults(model)
    row = model.__new__(model)
    row._state = ModelState()
    values = row.__dict__
    values.update(constants)
    for name, make in made:
        if name not in columns:
            values[name] = make()
    values.update(columns)
    return row


@lru_cache(maxsize=256)
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """Give the defaults of the columns: those that are one value for all rows, and what makes the others."""
    constants: dict[str, Any] = {}
    made: list[tuple[str, Callable[[], Any]]] = []
    for field in model._meta.concrete_fields:
        if field.has_default() and callable(field.default):
            made.append((field.attname, field.default))
        else:
            constants[field.attname] = field.get_default()
    return constants, made


def insert_all(rows: Sequence[models.Model], *, keys: bool = False) -> None:
    """Write rows of one model that are not in the tables yet, MOST_ROWS a statement at most. Call inside a transaction.

    As `bulk_create` does: derived columns are worked out, no `save` and no signal; rows know that they are written.
    keys: read back the keys that the database gives. Values are those of the columns, never expressions.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    if keys and not connection.features.can_return_rows_from_bulk_insert:
        model._default_manager.bulk_create(rows, batch_size=500)
        return
    fields = [
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField | models.BigAutoField)
    ]
    _derive(fields, rows)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 -- names of our tables
    back = f" RETURNING {quote(model._meta.pk.column or '')}" if keys else ""
    one = f"({', '.join(['%s'] * len(fields))})"
    most = max(1, min(MOST_ROWS, _most_parameters(connection) // len(fields)))
    preparing = [(field.attname, _preparing(field, connection)) for field in fields]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            held = [row.__dict__ for row in some]
            values = zip(*(prepare([row[name] for row in held]) for name, prepare in preparing), strict=True)
            cursor.execute(into + ", ".join([one] * len(some)) + back, list(chain.from_iterable(values)))
            if back:
                for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                    row.pk = key
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _derive(fields: Iterable[Any], rows: Iterable[models.Model]) -> None:
    """Work out the columns that follow another."""
    for field in fields:
        if isinstance(field, EdtfField):
            nothing = dict.fromkeys((f"{field.name}_earliest", f"{field.name}_latest"))
            for row in rows:
                if row.__dict__[field.attname] is None:
                    row.__dict__.update(nothing)
                else:
                    field.pre_save(row, True)
        elif isinstance(field, NameField):
            for row in rows:
                field.pre_save(row, True)


def _most_parameters(connection: BaseDatabaseWrapper) -> int:
    if connection.vendor != "sqlite":
        return MOST_PARAMETERS
    most: int = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    return min(MOST_PARAMETERS, most)


def _preparing(field: Any, connection: BaseDatabaseWrapper) -> Prepare:  # noqa: PLR0911 -- one sort of column after another
    """Give what makes of the values of one column those that the database takes."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, _AS_THEY_ARE):
        return _same
    if isinstance(kind, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return _same
        return lambda values: [value.hex if isinstance(value, UUID) else value for value in values]
    if isinstance(kind, EdtfField):
        return lambda values: [value.text if value else "" for value in values]
    if isinstance(kind, models.CharField | models.TextField) and type(kind).get_prep_value in _PLAIN:
        return _texts
    if isinstance(kind, models.DateField):
        return lambda values: _each_once(values, lambda value: kind.get_db_prep_save(value, connection))
    if isinstance(kind, models.JSONField):
        empty = {sort: kind.get_db_prep_save(sort(), connection) for sort in (list, dict)}
        return lambda values: [
            empty[type(value)] if not value and type(value) in empty else kind.get_db_prep_save(value, connection)
            for value in values
        ]
    return lambda values: [kind.get_db_prep_save(value, connection) for value in values]


def _same(values: Values) -> Values:
    return values


def _texts(values: Values) -> Values:
    """Write choices too as the texts that they are: psycopg would write the name of their member."""
    return [value if type(value) is str or value is None else str(value) for value in values]


def _each_once(values: Values, prepare: Callable[[Any], Any]) -> Values:
    """Prepare a value once for all the rows that bear it: those of one import share their instants."""
    known: dict[Any, Any] = {None: None}
    for value in values:
        if value not in known:
            known[value] = prepare(value)
    return [known[value] for value in values]


_PLAIN = frozenset({models.CharField.get_prep_value, models.TextField.get_prep_value})
