"""2. Search, beside the index alone and beside what one would write without an index."""

import random
import time
from pathlib import Path
from uuid import uuid4

from django.db import connection

from benchmarks import generate, instance
from benchmarks.measure import Row, share
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import VISITOR
from terreau.kernel.search.finding import find
from terreau.kernel.search.folding import fold
from terreau.kernel.search.index import paused_index
from terreau.territory.models import Territory

MOST_MS = 50
REAL = (
    "apes",
    "gedas",
    "ooscaar",
    "maison velo",
    "centre social",
    "valenciennes",
    "ptce",
    "épicerie solidaire",
    "insertion",
    "maisonduvelo",
)


def search(data: Path, quick: bool) -> list[Row]:
    """Find names, mistyped names and words of the text in three territories."""
    rows = compared("real territory", Territory.objects.get(slug=instance.TERRITORY), REAL)
    for count in (5000,) if quick else (5000, 200_000):
        territory = filled(count)
        rows += compared(f"{count} entries", territory, asked(territory))
    return rows


def filled(count: int) -> Territory:
    """Make a territory of entries only."""
    territory = Territory.objects.create(slug=f"t{count}", name=f"{count}")
    draw = random.Random(count)
    entries = (
        Entry(
            territory=territory, kind="organisation", record_id=uuid4(), key=f"o{at}", title=name, url=f"/t{count}/annuaire/o{at}/",
            names=fold(name), body=fold(generate.sentence(draw, 2)), weight=1,
        )
        for at, name in enumerate(generate.names(count))
    )  # fmt: skip
    with paused_index():
        Entry.objects.bulk_create(entries, batch_size=500)
    return territory


def asked(territory: Territory) -> list[str]:
    """Draw questions from the names: whole, beginnings, mistyped."""
    draw = random.Random(7)
    titles = list(Entry.objects.of(territory).order_by("pk").values_list("title", flat=True)[:2000])
    whole = draw.sample(titles, 6)
    return [
        *whole,
        *(title[: len(title) // 2] for title in draw.sample(titles, 6)),
        *(_mistyped(title, draw) for title in draw.sample(titles, 6)),
    ]


def compared(name: str, territory: Territory, questions: list[str] | tuple[str, ...]) -> list[Row]:
    spent = {
        kind: [_ms(run, territory, question) for question in questions]
        for kind, run in (("find", _find), ("FTS5 MATCH alone", _match), ("LIKE '%…%' scan", _like))
    }
    ours = spent.pop("find")
    worst = f"p95 {share(ours, 0.95):.1f} ms, {len(questions)} questions, exact, begun and mistyped"
    return [
        Row(
            f"find() on {name}",
            sum(ours) / len(ours),
            "ms",
            MOST_MS,
            {kind: sum(times) / len(times) for kind, times in spent.items()},
            worst,
        )
    ]


def _ms(run: object, territory: Territory, question: str) -> float:
    """Give the milliseconds of a second run: the first one fills the caches of the database."""
    for _ in range(2):
        start = time.perf_counter()
        run(territory, question)  # type: ignore[operator]
        spent = time.perf_counter() - start
    return 1000 * spent


def _find(territory: Territory, question: str) -> None:
    find(territory, question, VISITOR)


def _match(territory: Territory, question: str) -> None:
    words = " AND ".join(f'"{word}"*' for word in fold(question).split())
    _rows(
        "SELECT rowid FROM kernel_entry_words WHERE kernel_entry_words MATCH %s LIMIT 20",
        [f'scope : "__{territory.pk.hex}" AND names : ({words})'],
    )


def _like(territory: Territory, question: str) -> None:
    _rows(
        "SELECT id FROM kernel_entry WHERE territory_id = %s AND (names LIKE %s OR body LIKE %s)",
        [territory.pk.hex, *[f"%{fold(question)}%"] * 2],
    )


def _rows(sql: str, values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()


def _mistyped(title: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(title) - 1)
    return title[:at] + title[at + 1 :]
