"""New rows by the thousand, without the questions that `bulk_create` asks of every value."""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.kernel.fields import EdtfField

Read = Callable[[Any], Any]
_AS_THEY_ARE = (models.IntegerField, models.FloatField, models.BooleanField)


def insert_all(rows: Sequence[models.Model]) -> None:
    """Write rows of one model that are not in the tables yet, in one executemany. Call inside a transaction.

    As `bulk_create` does: derived columns are worked out, no `save` and no signal; rows know that they are written.
    Unlike it, a key that the database gives is not read back. Values are those of the columns, never expressions.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields = [
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField | models.BigAutoField)
    ]
    derived = [field for field in fields if isinstance(field, EdtfField)]
    for row in rows:
        for field in derived:
            field.pre_save(row, True)
    readers = [_reader(field, connection) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 -- names of our tables
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[read(row) for read in readers] for row in rows])
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _reader(field: Any, connection: BaseDatabaseWrapper) -> Read:
    """Give what reads the value of a field of a row as the database takes it."""
    read: Read = attrgetter(field.attname)
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, _AS_THEY_ARE):
        return read
    if isinstance(kind, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return read
        return lambda row: value.hex if isinstance(value := read(row), UUID) else value
    if (
        isinstance(kind, models.CharField | models.TextField)
        and not isinstance(kind, EdtfField)
        and type(kind).get_prep_value in _PLAIN
    ):
        # Choices are texts too, but psycopg would write the name of their member.
        return lambda row: value if type(value := read(row)) is str or value is None else str(value)
    if isinstance(kind, models.DateTimeField):
        return _same_instant(read, lambda value: kind.get_db_prep_save(value, connection))
    return lambda row: kind.get_db_prep_save(read(row), connection)


def _same_instant(read: Read, prepare: Callable[[Any], Any]) -> Read:
    """Prepare an instant once for the rows that share it: those of one import do."""
    last: list[tuple[datetime | None, Any]] = [(None, None)]

    def prepared(row: Any) -> Any:
        value = read(row)
        if value is None or value != last[0][0]:
            last[0] = (value, prepare(value))
        return last[0][1]

    return prepared


_PLAIN = frozenset({models.CharField.get_prep_value, models.TextField.get_prep_value})
