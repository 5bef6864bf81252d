"""The engine of PostgreSQL: GIN indexes over expressions of `kernel_entry`, which the database keeps in step by itself.

The extension pg_trgm compares letters; the text configuration `simple` takes folded words as they are.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.kernel.search.candidates import MOST_EXACT, MOST_MISTYPED, MOST_NAMED, MOST_TOLD, Candidate, Reach, Stage
from terreau.kernel.search.question import SHORTEST_PREFIX, Question

# Bounded: an entry of an index may hold 2 712 bytes, and the words of a text 1 MB.
_EXACT = r"string_to_array(left({row}names, 2500), E'\n')"
_NAMES = "to_tsvector('simple', left({row}names, 100000))"
_TEXT = "to_tsvector('simple', left({row}names || ' ' || {row}body, 200000))"
_INDEXES = {
    "kernel_entry_exact": _EXACT.format(row=""),
    "kernel_entry_names": _NAMES.format(row=""),
    "kernel_entry_text": _TEXT.format(row=""),
    "kernel_entry_trigrams": "names gin_trgm_ops",
}
_LEAST_LIKENESS = 0.25
"""Share of the trigrams of the question to find side by side in a name: a swap in six letters leaves 0.28."""


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the extension and the indexes. Raises ImproperlyConfigured when the role may not make the extension."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if not cursor.fetchone():
            try:
                cursor.execute("CREATE EXTENSION pg_trgm")
            except DatabaseError as error:
                message = (
                    "Terreau's search needs the PostgreSQL extension pg_trgm, and this database role may not create it. "
                    f'Ask an administrator to run, once: psql -d {connection.settings_dict["NAME"]} -c "CREATE EXTENSION pg_trgm" '
                    "(package postgresql-contrib), then migrate again."
                )
                raise ImproperlyConfigured(message) from error
        missing = _INDEXES.keys() - _present(connection)
        if missing:
            # A table with deferred checks pending may not be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in sorted(missing):
                cursor.execute(f"CREATE INDEX {name} ON kernel_entry USING gin ({_INDEXES[name]})")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop the indexes; the extension stays, others may use it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP INDEX IF EXISTS {', '.join(_INDEXES)}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def exists(connection: BaseDatabaseWrapper) -> bool:
    return bool(_present(connection))


def pause(connection: BaseDatabaseWrapper) -> None:
    """Do nothing: GIN indexes gather their changes, and dropping them would lock readers out."""


def by_words(reach: Reach, question: Question) -> list[Candidate]:
    allowed, params = reach.as_sql()
    words = " & ".join(f"'{word}'" + (":*" if len(word) >= SHORTEST_PREFIX else "") for word in question.words)
    named, told = _NAMES.format(row="entry."), _TEXT.format(row="entry.")
    asked: list[tuple[Stage, int, str, tuple[Any, ...]]] = [
        (Stage.EXACT, MOST_EXACT, f"{_EXACT.format(row='entry.')} && %s", (list(question.exact_names),)),
        (Stage.NAMED, MOST_NAMED, f"{named} @@ to_tsquery('simple', %s)", (words,)),
    ]
    if question.is_searchable:
        asked.append(
            (
                Stage.TOLD,
                MOST_TOLD,
                f"{told} @@ to_tsquery('simple', %s) AND NOT {named} @@ to_tsquery('simple', %s)",
                (words, words),
            )
        )
    one = (
        "(SELECT found.*, {stage} FROM kernel_entry AS entry JOIN ({allowed}) AS found ON found.id = entry.id "
        "WHERE {match} LIMIT {most})"
    )
    sql = " UNION ALL ".join(
        one.format(stage=int(stage), allowed=allowed, match=match, most=most) for stage, most, match, _ in asked
    )
    every = tuple(value for _, _, _, values in asked for value in (*params, *values))
    found = sorted(reach.rows(sql, every), key=lambda row: row[3])
    return [Candidate(pk, weight, names, Stage(stage)) for pk, weight, names, stage in found]


def by_likeness(reach: Reach, question: Question) -> list[Candidate]:
    allowed, params = reach.as_sql()
    wanted = " ".join(question.words)
    # The operator that the index serves reads its threshold from the session, and nowhere else.
    reach.rows("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", (str(_LEAST_LIKENESS),))
    sql = (
        f"SELECT found.* FROM kernel_entry AS entry JOIN ({allowed}) AS found ON found.id = entry.id "  # noqa: S608 -- no value from outside
        "WHERE entry.names %%> %s ORDER BY word_similarity(%s, entry.names) DESC, length(entry.names), entry.id LIMIT %s"
    )
    values = (*params, wanted, wanted, MOST_MISTYPED)
    return [Candidate(pk, weight, names, Stage.MISTYPED) for pk, weight, names in reach.rows(sql, values)]


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname = ANY(%s)",
            [list(_INDEXES)],
        )
        return {name for (name,) in cursor.fetchall()}
