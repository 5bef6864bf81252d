"""What an engine answers, and what it is asked: the same for both databases."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from terreau.kernel.search.question import Question

MOST_EXACT = 200
MOST_NAMED = 1000
MOST_TOLD = 500
"""Rows that an engine gives for each stage; beyond, a query says too little for an order to mean anything."""
MOST_MISTYPED = 200
"""Rows that are compared letter by letter."""


class Stage(IntEnum):
    """How a row was found, the closest first."""

    EXACT = 0
    NAMED = 1
    MISTYPED = 2
    TOLD = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of `kernel.Entry` that the reader may see and that answers the question. names: as in the table."""

    pk: int
    weight: int
    names: str
    stage: Stage


@dataclass(frozen=True)
class Reach:
    """Where to look. visible: what the reader may see of the territory and kinds; nothing else leaves the database."""

    territory: UUID
    kinds: tuple[str, ...]
    visible: QuerySet[Any]

    def as_sql(self) -> tuple[str, tuple[Any, ...]]:
        """Write the visible rows as a subquery with the columns of a candidate: id, weight, names."""
        sql, params = (
            self.visible.order_by().values_list("id", "weight", "names").query.get_compiler(self.visible.db).as_sql()
        )
        return sql, tuple(params)

    def rows(self, sql: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with connections[self.visible.db].cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())


class Engine(Protocol):
    """An index in one database."""

    def create(self, connection: BaseDatabaseWrapper) -> None:
        """Make what is missing of the index, and fill it. Does nothing when it is whole."""

    def drop(self, connection: BaseDatabaseWrapper) -> None: ...

    def exists(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether the index was ever made, whole or not."""

    def pause(self, connection: BaseDatabaseWrapper) -> None:
        """Stop following the table, until `create`."""

    def by_words(self, reach: Reach, question: Question) -> list[Candidate]:
        """Rows of the stages EXACT, NAMED and TOLD; a row may come several times, closest stage first. One query."""

    def by_likeness(self, reach: Reach, question: Question) -> list[Candidate]:
        """Rows whose names share letters with the question, the likeliest first, at most MOST_MISTYPED. Two queries."""
