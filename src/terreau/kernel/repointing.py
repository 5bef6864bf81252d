"""Everything that points to a record, in any app: found by the schema, pointed elsewhere, put back as it was.

A merge moves what names several records to one; a handover may move what names an organisation to another. Nobody
lists the tables: foreign keys (those of many-to-many relations too) come from Django's own schema, and generic
references from a convention: two columns `kind` and `record_id`, or `<word>_kind` and `<word>_id`; `record_id` alone
where the table below does not know the one above (a UUID is that of one record in the whole house).

Each gesture is a `Step`, plain enough to be kept as JSON: undone in reverse order, the rows are byte for byte what
they were. Call inside a transaction, under a lock.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Literal, cast
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from terreau.kernel.kinds import models_by_kind
from terreau.kernel.models import AuditEvent, Entry, Fact, FactActor, Record, Referable

Table = type[models.Model]
Ref = tuple[str, UUID]
Keep = Callable[[Table, str, Any], bool]

NOT_MOVED: frozenset[Table] = frozenset({Entry, Fact, FactActor, AuditEvent})
"""Told again from the records, or written once and for all: what they point to is never changed by hand."""


@dataclass(frozen=True)
class Pointer:
    """Columns that may point to a record. kind: the column that says which table, empty when there is none.

    column: as the database has it (`organisation_id`, `to_id`).
    """

    table: Table
    column: str
    kind: str = ""

    def rows(self, record: Referable) -> models.QuerySet[Any]:
        """Give the rows that point to a record through these columns. Not run yet."""
        wanted = {self.column: record.pk} | ({self.kind: record.KIND} if self.kind else {})
        return self.table._base_manager.filter(**wanted)


@dataclass(frozen=True)
class Step:
    """What was done to one row, as plain values.

    did: "moved" (column, old → new), "aside" (taken out; old: the whole row) or "made" (a new row, taken out at undo).
    table: its label ("directory.tie"); row: its primary key, as text.
    """

    did: Literal["moved", "aside", "made"]
    table: str
    row: str
    column: str = ""
    old: Any = None
    new: Any = None

    @property
    def model(self) -> Table:
        return apps.get_model(self.table)


@dataclass(frozen=True)
class Obstacle:
    """Why a step cannot be undone: someone pointed the row elsewhere since ("changed"), or it is no more ("gone")."""

    step: Step
    why: Literal["changed", "gone"]


@cache
def pointers(table: type[Referable]) -> tuple[Pointer, ...]:
    """Give every column of the house that may point to a record of a table, in a fixed order."""
    fields: list[Any] = table._meta.get_fields(include_hidden=True)
    found = {
        Pointer(field.related_model, field.field.attname)
        for field in fields
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    }
    found = {pointer for pointer in found if pointer.table not in NOT_MOVED and not pointer.table._meta.proxy}
    return tuple(sorted({*found, *generic_pointers()}, key=lambda one: (one.table._meta.label_lower, one.column)))


@cache
def generic_pointers() -> tuple[Pointer, ...]:
    """Give the columns that point by UUID, with a kind or alone, in every app: those of the convention."""
    found = []
    for table in apps.get_models():
        names = {field.attname: field for field in table._meta.concrete_fields if field.model is table}
        for column, field in names.items():
            if table in NOT_MOVED or not column.endswith("_id") or not isinstance(field, models.UUIDField):
                continue
            kind = f"{column.removesuffix('id').removesuffix('record_')}kind"
            if kind in names or column == "record_id":
                found.append(Pointer(table, column, kind if kind in names else ""))
    return tuple(found)


def repoint(
    origin: Referable, heir: Referable, *, leave: Collection[Table] = (), keep: Keep = lambda *_: True
) -> Iterator[Step]:
    """Make what points to `origin` point to `heir`, and tell each step.

    What the database then refuses (twice the same identifier, a tie from an organisation to itself) is set aside: taken
    out, with all that hangs on it. So is a link that would name its own record. A record whose column moves gets a new
    version, so that a form opened before is noticed.
    leave: tables that their app sees to; keep: told (table, column, row), whether a row follows.
    One query for each column, and one for each row moved.
    """
    for pointer in pointers(type(origin)):
        if pointer.table in leave:
            continue
        for row in list(pointer.rows(origin).order_by("pk")):
            if keep(pointer.table, pointer.column, row):
                yield from _move(pointer, row, origin, heir)


def _move(pointer: Pointer, row: Any, origin: Referable, heir: Referable) -> Iterator[Step]:
    if _names_itself(pointer, row, heir):
        yield from set_aside(row)
        return
    changes: dict[str, Any] = {pointer.column: heir.pk}
    if isinstance(row, Record):
        changes["version"] = row.version + 1
    try:
        with transaction.atomic():
            pointer.table._base_manager.filter(pk=row.pk).update(**changes)
    except IntegrityError:
        yield from set_aside(row)
        return
    yield from (
        Step(
            "moved",
            pointer.table._meta.label_lower,
            str(row.pk),
            column,
            plain(row, column),
            value if column == "version" else str(value),
        )
        for column, value in changes.items()
    )


def _names_itself(pointer: Pointer, row: Any, heir: Referable) -> bool:
    """Whether a generic reference between two records would have the same at both ends."""
    ends = [other for other in generic_pointers() if other.table is pointer.table and other.kind and other != pointer]
    return bool(pointer.kind) and any(
        (getattr(row, end.kind), getattr(row, end.column)) == (heir.KIND, heir.pk) for end in ends
    )


def set_aside(row: Any) -> Iterator[Step]:
    """Take a row out, with all that hangs on it, deepest first."""
    if isinstance(row, Referable):
        for pointer in pointers(type(row)):
            for hanging in list(pointer.rows(row).order_by("pk")):
                yield from set_aside(hanging)
    step = Step("aside", row._meta.label_lower, str(row.pk), old=content(row))
    type(row)._base_manager.filter(pk=row.pk).delete()
    yield step


def change(row: Any, **columns: Any) -> list[Step]:
    """Write some columns of a row, and tell it. The row in memory stays as it was."""
    after = copy(row)
    for column, value in columns.items():
        setattr(after, column, value)
    type(row)._base_manager.filter(pk=row.pk).update(**columns)
    return [
        Step("moved", row._meta.label_lower, str(row.pk), column, plain(row, column), plain(after, column))
        for column in columns
    ]


def make(row: Any) -> Step:
    """Save a new row, and tell it."""
    row.save(force_insert=True)
    return Step("made", row._meta.label_lower, str(row.pk))


# Undoing


def obstacles(steps: Iterable[Step]) -> list[Obstacle]:
    """Give what stands in the way of undoing: rows that were deleted or pointed elsewhere since. One query a table."""
    steps = list(steps)
    out = {(step.table, step.row) for step in steps if step.did != "moved"}
    moved = [
        step for step in steps if step.did == "moved" and step.column != "version" and (step.table, step.row) not in out
    ]
    by_table: dict[str, set[str]] = defaultdict(set)
    for step in moved:
        by_table[step.table].add(step.row)
    rows = {
        (table, str(row.pk)): row
        for table, pks in by_table.items()
        for row in apps.get_model(table)._base_manager.filter(pk__in=pks)
    }
    last: dict[tuple[str, str, str], Step] = {(step.table, step.row, step.column): step for step in moved}
    found = []
    for (table, pk, column), step in last.items():
        row = rows.get((table, pk))
        if row is None:
            found.append(Obstacle(step, "gone"))
        elif plain(row, column) != step.new:
            found.append(Obstacle(step, "changed"))
    return found


def undo(steps: Iterable[Step]) -> None:
    """Undo steps, given in the order in which they were done. Call `obstacles` first.

    The version of a record goes back too when nobody saved it since; else it goes on, and the columns alone go back.
    Raises IntegrityError when a row that was set aside no longer has its place.
    """
    for (table, pk, did), together in groupby(reversed(list(steps)), lambda step: (step.table, step.row, step.did)):
        model = apps.get_model(table)
        rows = model._base_manager.filter(pk=pk)
        if did == "moved":
            _put_back(model, rows, list(together))
            continue
        for step in together:
            if did == "made":
                rows.delete()
            else:
                _restored(model, step.old).save_base(raw=True, force_insert=True)


def _put_back(model: Table, rows: models.QuerySet[Any], steps: list[Step]) -> None:
    """Put the columns of a row back, at once: a constraint may bear on several. What was done first counts last."""
    values: dict[str, Any] = {}
    for step in steps:
        if step.column == "version":
            if not rows.filter(version=step.new).update(version=step.old):
                rows.update(version=models.F("version") + 1)
        else:
            field: Any = model._meta.get_field(step.column)
            values[step.column] = _value(field, step.old)
    if values:
        rows.update(**values)


# Rows as plain values


def content(row: Any) -> dict[str, Any]:
    """Write a row as plain values, column by column, without losing a digit."""
    return {field.attname: plain(row, field.attname) for field in row._meta.concrete_fields}


def plain(row: Any, column: str) -> Any:
    """Write the value of a column as JSON takes it."""
    field = row._meta.get_field(column)
    value = getattr(row, field.attname)
    if value is None or isinstance(field, models.JSONField) or type(value) in {bool, int, float, str}:
        return value
    return str(value) if field.is_relation else field.value_to_string(row)


def _value(field: Any, written: Any) -> Any:
    while field.is_relation:
        field = field.target_field
    return written if isinstance(field, models.JSONField) else field.to_python(written)


def _restored(table: Table, written: dict[str, Any]) -> models.Model:
    fields = {field.attname: field for field in table._meta.concrete_fields}
    return table(**{name: _value(fields[name], value) for name, value in written.items() if name in fields})


# Whom it concerns


def touched(steps: Iterable[Step]) -> list[Record]:
    """Give the records that steps changed: moved rows themselves, or the records that they belong to or join.

    A row that was taken out still names its records. For `facts.refresh`. One query a table.
    """
    refs: set[tuple[Table, Any]] = set()
    rows: dict[Table, set[str]] = defaultdict(set)
    for step in steps:
        if step.did == "aside":
            refs |= set(_named(_restored(step.model, step.old)))
        rows[step.model].add(step.row)
    for table, pks in rows.items():
        for row in table._base_manager.filter(pk__in=pks):
            refs |= set(_named(row))
    wanted: dict[Table, set[Any]] = defaultdict(set)
    for table, pk in refs:
        wanted[table].add(pk)
    return [row for table, pks in wanted.items() if issubclass(table, Record) for row in _with_gone(table, pks)]


def tellers_of(refs: Collection[Ref]) -> list[Record]:
    """Give the records whose facts name some records. One query, and one for each kind."""
    told = FactActor.objects.filter(Q(*[Q(kind=kind, record_id=pk) for kind, pk in refs], _connector=Q.OR)).values_list(
        "fact__kind", "fact__record_id"
    )
    wanted: dict[str, set[Any]] = defaultdict(set)
    for kind, pk in told if refs else ():
        wanted[kind].add(pk)
    return [
        cast("Record", row)
        for kind, pks in wanted.items()
        for row in models_by_kind()[kind]._base_manager.filter(pk__in=pks)
    ]


def _named(row: Any) -> Iterator[tuple[Table, Any]]:
    """Give the records that a row is, belongs to or joins."""
    if isinstance(row, Record):
        yield type(row), row.pk
    for field in row._meta.concrete_fields:
        if field.is_relation and issubclass(field.related_model, Record) and (pk := getattr(row, field.attname)):
            yield field.related_model, pk
    for pointer in generic_pointers():
        known = pointer.kind and pointer.table is type(row)
        table = models_by_kind().get(getattr(row, pointer.kind)) if known else None
        if table is not None:
            yield table, getattr(row, pointer.column)


def _with_gone(table: type[Record], pks: set[Any]) -> Iterator[Record]:
    """Give the rows of a table, and an empty record for each that is no more: `facts.refresh` takes its rows away."""
    found = {row.pk: row for row in table._base_manager.filter(pk__in=pks)}
    for pk in pks:
        if pk not in found:
            found[pk] = table()
            found[pk].pk = pk
        yield found[pk]
