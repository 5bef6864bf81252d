"""The index over `kernel.Entry`: which engine keeps it, how it is made, paused and healed.

Migration 0002 makes it. After that the database keeps it in step by itself, whoever writes the table. One thing can
break it on SQLite: a migration that alters `Entry` makes Django copy the table, and the triggers go with the old
one. `heal`, connected to post_migrate, sees it and makes them again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.kernel.search import postgresql, sqlite
from terreau.kernel.search.candidates import Engine

_ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    return cast("Engine", _ENGINES[connection.vendor])


def ensure_index(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing of the index and fill it again; nothing when it is whole. About 6 s for 200 000 entries."""
    with transaction.atomic(using=connection.alias):
        engine_of(connection).create(connection)


def drop_index(connection: BaseDatabaseWrapper) -> None:
    engine_of(connection).drop(connection)


def heal(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make the index whole if it was ever made. A receiver of post_migrate."""
    connection = connections[using]
    if connection.vendor in _ENGINES and engine_of(connection).exists(connection):
        ensure_index(connection)


@contextmanager
def paused_index(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Write many entries in one transaction without following each; the index is filled once, at the end.

    Worth it from some thousands of entries on SQLite. Rolled back as a whole when the block raises.
    """
    connection = connections[using]
    with transaction.atomic(using=using):
        engine_of(connection).pause(connection)
        yield
        engine_of(connection).create(connection)
