"""The engine of SQLite: two contentless FTS5 tables that triggers keep in step with `kernel_entry`.

`kernel_entry_words` holds words, whose beginnings are looked for, and tokens that begin with an underscore,
which folded text never has: `_maison_du_velo` (a whole name), `__<hex>` and `__kind_<kind>` (where to look).
`kernel_entry_trigrams` holds three-letter runs of the names, with a space on each side, for mistyped words.

Contentless tables read nothing back from `kernel_entry`, so a trigger says what to forget with the old values.
Django rebuilds a table of SQLite when its columns change, and the triggers vanish with the old one: `index.heal`
makes them again after every `migrate`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.kernel.search.candidates import MOST_EXACT, MOST_MISTYPED, MOST_NAMED, MOST_TOLD, Candidate, Reach, Stage
from terreau.kernel.search.question import SHORTEST_PREFIX, Question

_TABLES = {
    "kernel_entry_words": (
        "fts5(scope, exact, names, body, content='', columnsize=0, detail='column', prefix='3', tokenize=\"unicode61 tokenchars '_'\")"
    ),
    "kernel_entry_trigrams": "fts5(names, content='', columnsize=0, detail='none', tokenize='trigram')",
    "kernel_entry_trigrams_count": "fts5vocab('kernel_entry_trigrams', 'row')",
}
_WORDS = "'__' || {row}territory_id || ' __kind_' || {row}kind, '_' || replace(replace({row}names, ' ', '_'), char(10), ' _'), {row}names, {row}body"
_TRIGRAMS = "' ' || replace({row}names, char(10), ' ') || ' '"
_ADD = (
    "INSERT INTO kernel_entry_words(rowid, scope, exact, names, body) "  # noqa: S608 -- no value from outside
    "VALUES (new.id, " + _WORDS.format(row="new.") + "); "
    "INSERT INTO kernel_entry_trigrams(rowid, names) VALUES (new.id, " + _TRIGRAMS.format(row="new.") + ");"
)
_FORGET = (
    "INSERT INTO kernel_entry_words(kernel_entry_words, rowid, scope, exact, names, body) "
    "VALUES ('delete', old.id, " + _WORDS.format(row="old.") + "); "
    "INSERT INTO kernel_entry_trigrams(kernel_entry_trigrams, rowid, names) "
    "VALUES ('delete', old.id, " + _TRIGRAMS.format(row="old.") + ");"
)
_CHANGED = " OR ".join(
    f"old.{column} IS NOT new.{column}" for column in ("id", "territory_id", "kind", "names", "body")
)
_TRIGGERS = {
    "kernel_entry_added": f"AFTER INSERT ON kernel_entry BEGIN {_ADD} END",
    "kernel_entry_removed": f"AFTER DELETE ON kernel_entry BEGIN {_FORGET} END",
    "kernel_entry_changed": f"AFTER UPDATE ON kernel_entry WHEN {_CHANGED} BEGIN {_FORGET} {_ADD} END",
}
_FILL = (
    "INSERT INTO kernel_entry_words(kernel_entry_words) VALUES ('delete-all')",
    "INSERT INTO kernel_entry_trigrams(kernel_entry_trigrams) VALUES ('delete-all')",
    f"INSERT INTO kernel_entry_words(rowid, scope, exact, names, body) SELECT id, {_WORDS.format(row='')} FROM kernel_entry",  # noqa: S608 -- no value from outside
    f"INSERT INTO kernel_entry_trigrams(rowid, names) SELECT id, {_TRIGRAMS.format(row='')} FROM kernel_entry",  # noqa: S608 -- no value from outside
)

_SHORT = 6
"""Letters under which two neighbours swapped may leave one trigram only."""
MOST_COUNTED = 32
"""Trigrams of a query that are counted to choose the rarest."""
MOST_TRIGRAMS = 8
MOST_OCCURRENCES = 60_000
"""Rows that the chosen trigrams may hold together: what is read at most to count them."""


def create(connection: BaseDatabaseWrapper) -> None:
    present = _present(connection)
    if present >= {*_TABLES, *_TRIGGERS}:
        return
    with connection.cursor() as cursor:
        for name, definition in _TABLES.items():
            if name not in present:
                cursor.execute(f"CREATE VIRTUAL TABLE {name} USING {definition}")
        for statement in _FILL:
            cursor.execute(statement)
        for name, definition in _TRIGGERS.items():
            if name not in present:
                cursor.execute(f"CREATE TRIGGER {name} {definition}")


def drop(connection: BaseDatabaseWrapper) -> None:
    pause(connection)
    with connection.cursor() as cursor:
        for name in reversed(_TABLES):
            cursor.execute(f"DROP TABLE IF EXISTS {name}")


def exists(connection: BaseDatabaseWrapper) -> bool:
    return not _present(connection).isdisjoint(_TABLES)


def pause(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name in _TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def by_words(reach: Reach, question: Question) -> list[Candidate]:
    allowed, params = reach.as_sql()
    scope = f'scope : "__{reach.territory.hex}" AND '
    if reach.kinds:
        kinds = [f'"__kind_{kind}"' for kind in reach.kinds if kind.isidentifier()]
        if not kinds:
            return []
        scope += f"scope : ({' OR '.join(kinds)}) AND "
    asked = [
        (
            Stage.EXACT,
            MOST_EXACT,
            "exact : (" + " OR ".join(f'"_{name.replace(" ", "_")}"' for name in question.exact_names) + ")",
        )
    ]
    words = " AND ".join(f'"{word}"' + ("*" if len(word) >= SHORTEST_PREFIX else "") for word in question.words)
    asked.append((Stage.NAMED, MOST_NAMED, f"names : ({words})"))
    if question.is_searchable:
        asked.append((Stage.TOLD, MOST_TOLD, f"{{names body}} : ({words}) NOT names : ({words})"))
    # CROSS JOIN: the index first, then each row by its number; the planner would sometimes scan the table.
    one = (
        "SELECT * FROM (SELECT found.*, {stage} FROM kernel_entry_words AS words CROSS JOIN ({allowed}) AS found "
        "ON found.id = words.rowid WHERE kernel_entry_words MATCH %s LIMIT {most})"
    )
    sql = " UNION ALL ".join(one.format(stage=int(stage), allowed=allowed, most=most) for stage, most, _ in asked)
    every = tuple(value for _, _, match in asked for value in (*params, f"{scope}({match})"))
    return [Candidate(pk, weight, names, Stage(stage)) for pk, weight, names, stage in reach.rows(sql, every)]


def by_likeness(reach: Reach, question: Question) -> list[Candidate]:
    chosen = _rarest(reach, trigrams(question)[:MOST_COUNTED])
    if not chosen:
        return []
    allowed, params = reach.as_sql()
    each = " UNION ALL ".join(
        ["SELECT rowid FROM kernel_entry_trigrams WHERE kernel_entry_trigrams MATCH %s"] * len(chosen)
    )
    least = 1 if len(question.words) == 1 and len(question.words[0]) < _SHORT else 2
    sql = (
        f"SELECT found.* FROM (SELECT rowid AS entry, count(*) AS shared FROM ({each}) GROUP BY rowid HAVING count(*) >= %s) AS counted "  # noqa: S608 -- no value from outside
        f"CROSS JOIN ({allowed}) AS found ON found.id = counted.entry ORDER BY counted.shared DESC, length(found.names), found.id LIMIT %s"
    )
    values = (*(f'"{trigram}"' for trigram in chosen), least, *params, MOST_MISTYPED)
    return [Candidate(pk, weight, names, Stage.MISTYPED) for pk, weight, names in reach.rows(sql, values)]


def trigrams(question: Question) -> list[str]:
    """Give the three-letter runs of the words, each word between two spaces."""
    padded = [f" {word} " for word in question.words]
    return list(dict.fromkeys(word[at : at + 3] for word in padded for at in range(len(word) - 2)))


def _rarest(reach: Reach, wanted: list[str]) -> list[str]:
    """Keep the rarest trigrams that exist, as many as may be counted at a bounded cost. One query."""
    if not wanted:
        return []
    holes = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT term, doc FROM kernel_entry_trigrams_count WHERE term IN ({holes}) ORDER BY doc, term"  # noqa: S608 -- no value from outside
    chosen: list[str] = []
    occurrences = 0
    for term, count in reach.rows(sql, tuple(wanted))[:MOST_TRIGRAMS]:
        occurrences += count
        if chosen and occurrences > MOST_OCCURRENCES:
            break
        chosen.append(term)
    return chosen


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    names = [*_TABLES, *_TRIGGERS]
    with connection.cursor() as cursor:
        holes = ", ".join(["%s"] * len(names))
        cursor.execute(f"SELECT name FROM sqlite_master WHERE name IN ({holes})", names)  # noqa: S608 -- no value from outside
        return {name for (name,) in cursor.fetchall()}
