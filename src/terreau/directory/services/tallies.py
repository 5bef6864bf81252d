"""The triggers that keep `Tally` and `YearTally` in step with the organisations and their themes, on both databases.

SQLite has one writer at a time: each row of a tally is kept at its sum. On PostgreSQL writers would wait for one
another on the row of the whole territory, so each statement adds rows that say the difference; `refill` joins them.
Django rebuilds a table of SQLite when its columns change, and the triggers vanish with the old one: `heal`, connected
to post_migrate, makes them again. Two transactions of PostgreSQL that change the nature and the themes of one
organisation at the same moment may leave a tally one off, until the next `refill`.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.directory.models import Organisation, Tally, YearTally
from terreau.directory.pure.cells import LEVEL

_THEMES = (
    "(SELECT NULL AS theme_id UNION ALL "
    "SELECT link.theme_id FROM directory_organisation_themes AS link WHERE link.organisation_id = {row}.id)"
)
_KIND = "visibility, is_archived, nature_id, scale_id, theme_id"
_KIND_OF = "{row}.visibility, {row}.archived_on IS NOT NULL, {row}.nature_id, {row}.scale_id, {theme}"


@dataclass(frozen=True)
class _Sheet:
    """One table of tallies, in the common words of both databases; `year(…)` is written as each says it.

    key, sums: its columns. slices: rows, called `slice`, in each of which an organisation may count. key_of, sums_of:
    what it counts as, and for how much. holds: whether it counts in the slice. watched: columns that are followed.
    """

    table: str
    key: str
    sums: tuple[str, ...]
    slices: str
    key_of: str
    sums_of: str
    holds: str
    watched: tuple[str, ...]

    @property
    def into(self) -> str:
        return f"INSERT INTO {self.table}({self.columns}) "

    @property
    def columns(self) -> str:
        return f"{self.key}, {', '.join(self.sums)}"

    @property
    def once(self) -> str:
        """What no two rows of SQLite share; NULL is a value like another."""
        return re.sub(r"\b(scale_id|theme_id)\b", r"ifnull(\1, '')", self.key)

    def counted(self, row: str, theme: str, sign: int) -> str:
        return f"{self.key_of}, {self.sums_of}".format(row=row, theme=theme, sign=sign)


_TILES = _Sheet(
    table="directory_tally",
    key="territory_id, level, theme_id, cell, visibility, is_archived, nature_id, scale_id",
    sums=("count", "longitude_sum", "latitude_sum"),
    slices=" UNION ALL ".join(f"SELECT {level} AS level" for level in Tally.LEVELS),
    key_of=(
        "{row}.territory_id, slice.level, {theme}, CASE slice.level WHEN 0 THEN 0 ELSE {row}.cell >> "
        f"(2 * ({LEVEL} - slice.level)) END, "
        "{row}.visibility, {row}.archived_on IS NOT NULL, {row}.nature_id, {row}.scale_id"
    ),
    sums_of="{sign}, {sign} * coalesce({row}.longitude, 0), {sign} * coalesce({row}.latitude, 0)",
    holds="(slice.level = 0 OR {row}.cell IS NOT NULL)",
    watched=("territory_id", "visibility", "archived_on", "nature_id", "scale_id", "cell", "longitude", "latitude"),
)
_YEARS = _Sheet(
    table="directory_yeartally",
    key=f"territory_id, is_end, year, {_KIND}",
    sums=("count",),
    slices="SELECT FALSE AS is_end UNION ALL SELECT TRUE",
    key_of=(
        "{row}.territory_id, slice.is_end, "
        f"CASE WHEN slice.is_end THEN year({{row}}.end_latest) ELSE year({{row}}.start_earliest) END, {_KIND_OF}"
    ),
    sums_of="{sign}",
    holds="CASE WHEN slice.is_end THEN {row}.end_latest IS NOT NULL ELSE {row}.start_earliest IS NOT NULL END",
    watched=("territory_id", "visibility", "archived_on", "nature_id", "scale_id", "start_earliest", "end_latest"),
)
_SHEETS = (_TILES, _YEARS)


def _upsert(sheet: _Sheet) -> str:
    added = ", ".join(f"{column} = {column} + excluded.{column}" for column in sheet.sums)
    return f" ON CONFLICT({sheet.once}) DO UPDATE SET {added}; "


def _of_organisation(sheet: _Sheet, row: str, sign: int) -> str:
    counted = sheet.counted(row, "borne.theme_id", sign)
    themes, holds = _THEMES.format(row=row), sheet.holds.format(row=row)
    return (
        f"{sheet.into}SELECT {counted} FROM ({sheet.slices}) AS slice, {themes} AS borne "  # noqa: S608 -- no value from outside
        f"WHERE {holds}{_upsert(sheet)}"
    )


def _of_theme(sheet: _Sheet, link: str, sign: int) -> str:
    counted = sheet.counted("one", f"{link}.theme_id", sign)
    return (
        f"{sheet.into}SELECT {counted} FROM directory_organisation AS one, ({sheet.slices}) AS slice "  # noqa: S608 -- no value from outside
        f"WHERE one.id = {link}.organisation_id AND {sheet.holds.format(row='one')}{_upsert(sheet)}"
    )


def _on_sqlite(sheet: _Sheet) -> dict[str, str]:
    """Give the triggers of a table: name → definition."""
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in sheet.watched)
    added, removed = _of_organisation(sheet, "new", 1), _of_organisation(sheet, "old", -1)
    themed, unthemed = _of_theme(sheet, "new", 1), _of_theme(sheet, "old", -1)
    return {
        f"{sheet.table}_added": f"AFTER INSERT ON directory_organisation BEGIN {added}END",
        f"{sheet.table}_removed": f"AFTER DELETE ON directory_organisation BEGIN {removed}END",
        f"{sheet.table}_changed": f"AFTER UPDATE ON directory_organisation WHEN {changed} BEGIN {removed}{added}END",
        f"{sheet.table}_themed": f"AFTER INSERT ON directory_organisation_themes BEGIN {themed}END",
        f"{sheet.table}_unthemed": f"AFTER DELETE ON directory_organisation_themes BEGIN {unthemed}END",
        f"{sheet.table}_rethemed": f"AFTER UPDATE ON directory_organisation_themes BEGIN {unthemed}{themed}END",
    }


def _difference(sheet: _Sheet, *parts: str) -> str:
    """Add up what a statement changed, and write what is not nothing."""
    every = " UNION ALL ".join(parts)
    sums = [f"sum({column})" for column in sheet.sums]
    return (
        f"{sheet.into}SELECT {sheet.key}, {', '.join(sums)} FROM ({every}) "  # noqa: S608 -- no value from outside
        f"AS told({sheet.columns}) GROUP BY {sheet.key} HAVING {' OR '.join(f'{one} <> 0' for one in sums)};"
    )


def _organisations_in(sheet: _Sheet, table: str, sign: int) -> str:
    counted = sheet.counted("one", "borne.theme_id", sign)
    return (
        f"SELECT {counted} FROM {table} AS one CROSS JOIN ({sheet.slices}) AS slice "  # noqa: S608 -- no value from outside
        f"CROSS JOIN LATERAL {_THEMES.format(row='one')} AS borne WHERE {sheet.holds.format(row='one')}"
    )


def _themes_in(sheet: _Sheet, table: str, sign: int) -> str:
    counted = sheet.counted("one", "link.theme_id", sign)
    return (
        f"SELECT {counted} FROM {table} AS link JOIN directory_organisation AS one ON one.id = link.organisation_id "  # noqa: S608 -- no value from outside
        f"CROSS JOIN ({sheet.slices}) AS slice WHERE {sheet.holds.format(row='one')}"
    )


_FRESH, _GONE = "REFERENCING NEW TABLE AS fresh", "REFERENCING OLD TABLE AS gone"
_BOTH = "REFERENCING OLD TABLE AS gone NEW TABLE AS fresh"
_POSTGRESQL = (
    ("added", f"INSERT ON directory_organisation {_FRESH}", _organisations_in, (("fresh", 1),)),
    ("removed", f"DELETE ON directory_organisation {_GONE}", _organisations_in, (("gone", -1),)),
    ("changed", f"UPDATE ON directory_organisation {_BOTH}", _organisations_in, (("gone", -1), ("fresh", 1))),
    ("themed", f"INSERT ON directory_organisation_themes {_FRESH}", _themes_in, (("fresh", 1),)),
    ("unthemed", f"DELETE ON directory_organisation_themes {_GONE}", _themes_in, (("gone", -1),)),
    ("rethemed", f"UPDATE ON directory_organisation_themes {_BOTH}", _themes_in, (("gone", -1), ("fresh", 1))),
)
_NAMES = [f"{sheet.table}_{name}" for sheet in _SHEETS for name, *_definition in _POSTGRESQL]


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing, and count everything again if one was; nothing when they are all there."""
    if len(_present(connection)) == len(_NAMES):
        return
    with transaction.atomic(using=connection.alias):
        drop(connection)
        with connection.cursor() as cursor:
            for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
                cursor.execute(statement)
        refill(connection)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Stop following, until `ensure`: for a load of millions of rows."""
    with connection.cursor() as cursor:
        for name in _present(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP FUNCTION {name} CASCADE")


def refill(connection: BaseDatabaseWrapper) -> None:
    """Count everything again. About a minute for 1.5 million organisations."""
    every = (
        "(SELECT id AS organisation_id, NULL AS theme_id FROM directory_organisation "
        "UNION ALL SELECT organisation_id, theme_id FROM directory_organisation_themes)"
    )
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for sheet in _SHEETS:
            told = (
                f"SELECT {sheet.counted('one', 'borne.theme_id', 1)} FROM {every} AS borne "  # noqa: S608 -- no value from outside
                "JOIN directory_organisation AS one ON one.id = borne.organisation_id "
                f"CROSS JOIN ({sheet.slices}) AS slice WHERE {sheet.holds.format(row='one')}"
            )
            sums = ", ".join(f"sum({column})" for column in sheet.sums)
            cursor.execute(f"DELETE FROM {sheet.table}")  # noqa: S608 -- no value from outside
            cursor.execute(
                _said(
                    f"WITH told({sheet.columns}) AS ({told}) {sheet.into}SELECT {sheet.key}, {sums} FROM told "  # noqa: S608 -- no value from outside
                    f"GROUP BY {sheet.key}",
                    connection.vendor,
                )
            )


def heal(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make the tallies follow the organisations, once both tables are there. A receiver of post_migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    themed = Organisation.themes.through
    if {model._meta.db_table for model in (Tally, YearTally, Organisation, themed)} <= tables:
        ensure(connection)


def _sqlite() -> list[str]:
    statements = []
    for sheet in _SHEETS:
        statements.append(f"CREATE UNIQUE INDEX IF NOT EXISTS {sheet.table}_once ON {sheet.table}({sheet.once})")
        statements += [
            _said(f"CREATE TRIGGER {name} {definition}", "sqlite") for name, definition in _on_sqlite(sheet).items()
        ]
    return statements


def _postgresql() -> list[str]:
    statements = []
    for sheet in _SHEETS:
        for verb, when, rows_in, parts in _POSTGRESQL:
            name = f"{sheet.table}_{verb}"
            body = _said(_difference(sheet, *(rows_in(sheet, table, sign) for table, sign in parts)), "postgresql")
            statements += [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {when} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
            ]
    return statements


def _said(sql: str, vendor: str) -> str:
    """Write in the words of one database what is common to both."""
    if vendor == "sqlite":
        return re.sub(r"\byear\(([a-z_.]+)\)", r"CAST(substr(\1, 1, 4) AS integer)", sql)
    return re.sub(r"\byear\(([a-z_.]+)\)", r"extract(year FROM \1)::smallint", sql).replace(
        "NULL AS theme_id", "NULL::uuid AS theme_id"
    )


def _present(connection: BaseDatabaseWrapper) -> list[str]:
    holes = ", ".join(["%s"] * len(_NAMES))
    asked = (
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN ({holes})"  # noqa: S608 -- no value from outside
        if connection.vendor == "sqlite"
        else f"SELECT DISTINCT tgname FROM pg_trigger WHERE tgname IN ({holes})"  # noqa: S608 -- no value from outside
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, _NAMES)
        return [name for (name,) in cursor.fetchall()]
