"""The triggers that keep `directory.Tally` in step with the organisations and their themes, on both databases.

SQLite has one writer at a time: each row of the table is kept at its sum. On PostgreSQL writers would wait for one
another on the row of the whole territory, so each statement adds rows that say the difference; `refill` joins them.
Django rebuilds a table of SQLite when its columns change, and the triggers vanish with the old one: `heal`, connected
to post_migrate, makes them again. Two transactions of PostgreSQL that change the nature and the themes of one
organisation at the same moment may leave a tally one off, until the next `refill`.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.directory.models import Organisation, Tally
from terreau.directory.pure.cells import LEVEL

_KEY = "territory_id, level, cell, visibility, is_archived, nature_id, scale_id, theme_id"
_INTO = f"INSERT INTO directory_tally({_KEY}, count, longitude_sum, latitude_sum) "
_LEVELS = " UNION ALL ".join(f"SELECT {level} AS level" for level in Tally.LEVELS)
_THEMES = (
    "(SELECT NULL AS theme_id UNION ALL "
    "SELECT link.theme_id FROM directory_organisation_themes AS link WHERE link.organisation_id = {row}.id)"
)
_COUNTED = (
    "{row}.territory_id, tile.level, CASE tile.level WHEN 0 THEN 0 ELSE {row}.cell >> "
    f"(2 * ({LEVEL} - tile.level)) END, "
    "{row}.visibility, {row}.archived_on IS NOT NULL, {row}.nature_id, {row}.scale_id, {theme}, "
    "{sign}, {sign} * coalesce({row}.longitude, 0), {sign} * coalesce({row}.latitude, 0)"
)
_PLACED = "(tile.level = 0 OR {row}.cell IS NOT NULL)"
_WATCHED = ("territory_id", "visibility", "archived_on", "nature_id", "scale_id", "cell", "longitude", "latitude")

_UNIQUE = (
    "CREATE UNIQUE INDEX IF NOT EXISTS directory_tally_once ON directory_tally(territory_id, level, ifnull(theme_id, ''), "
    "cell, visibility, is_archived, nature_id, ifnull(scale_id, ''))"
)
_UPSERT = (
    " ON CONFLICT(territory_id, level, ifnull(theme_id, ''), cell, visibility, is_archived, nature_id, ifnull(scale_id, '')) "
    "DO UPDATE SET count = count + excluded.count, longitude_sum = longitude_sum + excluded.longitude_sum, "
    "latitude_sum = latitude_sum + excluded.latitude_sum; "
)


def _of_organisation(row: str, sign: int) -> str:
    counted = _COUNTED.format(row=row, theme="borne.theme_id", sign=sign)
    themes, placed = _THEMES.format(row=row), _PLACED.format(row=row)
    return f"{_INTO}SELECT {counted} FROM ({_LEVELS}) AS tile, {themes} AS borne WHERE {placed}{_UPSERT}"  # noqa: S608 -- no value from outside


def _of_theme(link: str, sign: int) -> str:
    counted = _COUNTED.format(row="one", theme=f"{link}.theme_id", sign=sign)
    placed = _PLACED.format(row="one")
    return (
        f"{_INTO}SELECT {counted} FROM directory_organisation AS one, ({_LEVELS}) AS tile "  # noqa: S608 -- no value from outside
        f"WHERE one.id = {link}.organisation_id AND {placed}{_UPSERT}"
    )


_CHANGED = " OR ".join(f"old.{column} IS NOT new.{column}" for column in _WATCHED)
_SQLITE = {
    "directory_tally_added": f"AFTER INSERT ON directory_organisation BEGIN {_of_organisation('new', 1)}END",
    "directory_tally_removed": f"AFTER DELETE ON directory_organisation BEGIN {_of_organisation('old', -1)}END",
    "directory_tally_changed": (
        f"AFTER UPDATE ON directory_organisation WHEN {_CHANGED} BEGIN "
        f"{_of_organisation('old', -1)}{_of_organisation('new', 1)}END"
    ),
    "directory_tally_themed": f"AFTER INSERT ON directory_organisation_themes BEGIN {_of_theme('new', 1)}END",
    "directory_tally_unthemed": f"AFTER DELETE ON directory_organisation_themes BEGIN {_of_theme('old', -1)}END",
    "directory_tally_rethemed": (
        f"AFTER UPDATE ON directory_organisation_themes BEGIN {_of_theme('old', -1)}{_of_theme('new', 1)}END"
    ),
}


def _difference(*parts: str) -> str:
    """Add up what a statement changed, and write what is not nothing."""
    every = " UNION ALL ".join(parts)
    return (
        f"{_INTO}SELECT {_KEY}, sum(count), sum(longitude_sum), sum(latitude_sum) FROM ({every}) "  # noqa: S608 -- no value from outside
        f"AS told({_KEY}, count, longitude_sum, latitude_sum) GROUP BY {_KEY} "
        "HAVING sum(count) <> 0 OR sum(longitude_sum) <> 0 OR sum(latitude_sum) <> 0;"
    )


def _organisations_in(table: str, sign: int) -> str:
    counted = _COUNTED.format(row="one", theme="borne.theme_id", sign=sign)
    themes, placed = _THEMES.format(row="one"), _PLACED.format(row="one")
    return (
        f"SELECT {counted} FROM {table} AS one CROSS JOIN ({_LEVELS}) AS tile "  # noqa: S608 -- no value from outside
        f"CROSS JOIN LATERAL {themes} AS borne WHERE {placed}"
    )


def _themes_in(table: str, sign: int) -> str:
    counted = _COUNTED.format(row="one", theme="link.theme_id", sign=sign)
    placed = _PLACED.format(row="one")
    return (
        f"SELECT {counted} FROM {table} AS link JOIN directory_organisation AS one ON one.id = link.organisation_id "  # noqa: S608 -- no value from outside
        f"CROSS JOIN ({_LEVELS}) AS tile WHERE {placed}"
    )


_FRESH, _GONE = "REFERENCING NEW TABLE AS fresh", "REFERENCING OLD TABLE AS gone"
_BOTH = "REFERENCING OLD TABLE AS gone NEW TABLE AS fresh"
_POSTGRESQL = {
    f"directory_tally_{name}": (when, table, what)
    for name, when, table, what in (
        ("added", f"INSERT ON directory_organisation {_FRESH}", _organisations_in, (("fresh", 1),)),
        ("removed", f"DELETE ON directory_organisation {_GONE}", _organisations_in, (("gone", -1),)),
        ("changed", f"UPDATE ON directory_organisation {_BOTH}", _organisations_in, (("gone", -1), ("fresh", 1))),
        ("themed", f"INSERT ON directory_organisation_themes {_FRESH}", _themes_in, (("fresh", 1),)),
        ("unthemed", f"DELETE ON directory_organisation_themes {_GONE}", _themes_in, (("gone", -1),)),
        ("rethemed", f"UPDATE ON directory_organisation_themes {_BOTH}", _themes_in, (("gone", -1), ("fresh", 1))),
    )
}


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing, and count everything again if one was; nothing when they are all there."""
    if len(_present(connection)) == len(_SQLITE):
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
    counted = _COUNTED.format(row="one", theme="borne.theme_id", sign=1)
    every = (
        "(SELECT id AS organisation_id, NULL AS theme_id FROM directory_organisation "
        "UNION ALL SELECT organisation_id, theme_id FROM directory_organisation_themes)"
    )
    if connection.vendor == "postgresql":
        every = every.replace("NULL AS", "NULL::uuid AS")
    columns = f"{_KEY}, count, longitude_sum, latitude_sum"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_tally")
        cursor.execute(
            f"WITH told({columns}) AS (SELECT {counted} FROM {every} AS borne "  # noqa: S608 -- no value from outside
            f"JOIN directory_organisation AS one ON one.id = borne.organisation_id CROSS JOIN ({_LEVELS}) AS tile "
            f"WHERE {_PLACED.format(row='one')}) "
            f"{_INTO}SELECT {_KEY}, sum(count), sum(longitude_sum), sum(latitude_sum) FROM told GROUP BY {_KEY}"
        )


def heal(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make the tallies follow the organisations, once both tables are there. A receiver of post_migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if {Tally._meta.db_table, Organisation._meta.db_table, Organisation.themes.through._meta.db_table} <= tables:
        ensure(connection)


def _sqlite() -> list[str]:
    return [_UNIQUE, *(f"CREATE TRIGGER {name} {definition}" for name, definition in _SQLITE.items())]


def _postgresql() -> list[str]:
    statements = []
    for name, (when, rows_in, parts) in _POSTGRESQL.items():
        body = _difference(*(rows_in(table, sign) for table, sign in parts))
        body = body.replace("SELECT NULL AS theme_id", "SELECT NULL::uuid AS theme_id")
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$",
            f"CREATE TRIGGER {name} AFTER {when} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ]
    return statements


def _present(connection: BaseDatabaseWrapper) -> list[str]:
    names = list(_SQLITE)
    holes = ", ".join(["%s"] * len(names))
    asked = (
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN ({holes})"  # noqa: S608 -- no value from outside
        if connection.vendor == "sqlite"
        else f"SELECT DISTINCT tgname FROM pg_trigger WHERE tgname IN ({holes})"  # noqa: S608 -- no value from outside
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, names)
        return [name for (name,) in cursor.fetchall()]
