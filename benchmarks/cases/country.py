"""9. A country in one territory: search, list, map, beside the queries of the index and the queries alone."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from benchmarks import country, generate
from benchmarks.measure import Row, share
from terreau.directory.models import Organisation
from terreau.kernel.pure.actor import VISITOR
from terreau.kernel.search.candidates import Reach
from terreau.kernel.search.finding import find
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

SLUG = "pays"
FULL, QUICK = 1_500_000, 50_000
MOST_KB = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"
VIEW = (900, 600)
"""Pixels of a map on a desk."""
CLOCK = time.process_time if connection.vendor == "sqlite" else time.perf_counter
"""SQLite works in this process: its processor time is counted, so that other programs of the machine weigh less."""
TIMES = 2
"""Runs of each question, the fastest of which counts: other programs of the machine are not the house."""


def whole_country(data: Path, quick: bool) -> list[Row]:
    """Build the country, then measure it."""
    del data
    start = time.perf_counter()
    size = QUICK if quick else FULL
    territory = country.build(SLUG, size)
    built = Row(f"building {size} organisations", time.perf_counter() - start, "s")
    return [built, *measured(territory)]


def measured(territory: Territory) -> list[Row]:
    draw = random.Random(11)
    size = Organisation.objects.filter(territory=territory).count()
    sample = _sample(territory, draw, 40)
    return [*_searches(territory, sample, draw), *_pages(sample, size), *_maps(sample)]


def _sample(territory: Territory, draw: random.Random, count: int) -> list[Organisation]:
    """Draw organisations by their keys, without reading the others."""
    size = Organisation.objects.filter(territory=territory).count()
    keys = [f"o{draw.randrange(size)}" for _ in range(count)]
    return list(Organisation.objects.filter(territory=territory, key__in=keys).order_by("key"))


def _searches(territory: Territory, sample: Sequence[Organisation], draw: random.Random) -> Iterator[Row]:
    words = [max(fold(one.name).split(), key=len) for one in sample]
    asked = {
        "prefixes": ([word[: draw.randrange(3, 6)] for word in words], 50),
        "words": ([*words[::2], *(one.name for one in sample[1::2])], 50),
        "typos": ([_mistyped(one.name, draw) for one in sample], 100),
    }
    for kind, (texts, most) in asked.items():
        spent = [_fastest(lambda text=text: find(territory, text, VISITOR)) for text in texts]
        alone = sum(queries for _all, queries in spent) / len(spent)
        mean = sum(whole for whole, _queries in spent) / len(spent)
        note = f"p95 of {len(texts)}; mean {mean:.1f} ms"
        if kind == "typos":
            found = sum(_is_found(territory, text, one.name) for text, one in zip(texts, sample, strict=True))
            note += f"; recall {found / len(texts):.2f}"
        yield Row(f"search, {kind}", share([whole for whole, _queries in spent], 0.95), "ms", most, note=note)
        yield Row(f"search, {kind}, mean", mean, "ms", None, {"the queries of the index alone": alone})


def _is_found(territory: Territory, text: str, name: str) -> bool:
    return any(fold(hit.title) == fold(name) for hit in find(territory, text, VISITOR).hits)


def _mistyped(name: str, draw: random.Random) -> str:
    """Drop, double, change or swap a letter of the longest word."""
    word = max(name.split(), key=len)
    at = draw.randrange(1, len(word) - 1)
    wrong = draw.choice((
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + draw.choice(LETTERS) + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    ))  # fmt: skip
    return name.replace(word, wrong, 1)


def _pages(sample: Sequence[Organisation], size: int) -> Iterator[Row]:
    address = f"/{SLUG}/annuaire/"
    towns = [one.commune_code for one in sample[:8]]
    natures, scales, themes = list(country.SHARES), generate.SCALES, generate.THEMES
    groups: dict[str, list[Any]] = {
        "without any filter": [{}, {"page": 2}, {"page": 50}, {"tri": "recent"}],
        "one facet": [{"nature": natures[0]}, {"nature": natures[-1]}, {"echelle": scales[0]}, {"echelle": scales[-1]},
                      {"theme": themes[0]}, {"theme": themes[5]}],
        "two or three facets": [{"nature": natures[0], "theme": themes[1]}, {"nature": natures[-1], "echelle": scales[-1]},
                                {"nature": natures[1:3], "theme": themes[2], "echelle": scales[1]}, {"theme": themes[3], "echelle": scales[-1]}],
        "a commune": [{"commune": town} for town in towns],
        "a search": [{"q": one.name} for one in sample[:8]],
        "at a date": [{"le": "2000"}, {"le": "1975-06", "nature": natures[0]}, {"le": "1960-02", "page": 3},
                      {"le": "1975-06-15", "theme": themes[2], "echelle": scales[-1]}, {"le": "2000", "tri": "recent", "page": 100}],
    }  # fmt: skip
    client = Client(headers={"host": "localhost"})
    every: list[float] = []
    for kind, questions in groups.items():
        spent = [
            _fastest(lambda asked=asked: _get(client, f"{address}?{urlencode(asked, doseq=True)}"))
            for asked in questions
        ]
        times = [whole for whole, _queries in spent]
        every += times
        note = f"p95 of {len(times)}, of {size} organisations"
        yield Row(
            f"list, {kind}",
            share(times, 0.95),
            "ms",
            150,
            {},
            note,
        )
    yield Row("list, all of them", share(every, 0.95), "ms", 150, note=f"p95 of {len(every)}")


def _maps(sample: Sequence[Organisation]) -> Iterator[Row]:
    client = Client(headers={"host": "localhost"})
    weights: list[int] = []
    for kind, filters in (
        ("", {}),
        (", one nature", {"nature": "association"}),
        (", one theme", {"theme": generate.THEMES[0]}),
    ):
        times: dict[int, list[float]] = {}
        for zoom in range(4, 19, 1):
            for one in sample[:3]:
                wide, tall = (pixels * 360 / (512 * 2**zoom) for pixels in VIEW)
                centre = one.longitude or 0.0, one.latitude or 0.0
                box = (centre[0] - wide / 2, centre[1] - tall / 3, centre[0] + wide / 2, centre[1] + tall / 3)
                asked = {"bbox": ",".join(f"{side:.4f}" for side in box), "zoom": zoom, **filters}
                spent, _queries = _fastest(
                    lambda asked=asked: weights.append(_get(client, f"/{SLUG}/annuaire/carte.json?{urlencode(asked)}"))
                )
                times.setdefault(zoom, []).append(spent)
        every = [spent for some in times.values() for spent in some]
        slowest = max(times, key=lambda zoom: max(times[zoom]))
        note = (
            f"p95 of {len(every)} windows, zooms 4 to 18; the slowest at zoom {slowest}: {max(times[slowest]):.0f} ms"
        )
        yield Row(f"map{kind}", share(every, 0.95), "ms", 100, note=note)
    yield Row("map, the heaviest answer", max(weights) / 1000, "kB", MOST_KB)


def _get(client: Client, address: str) -> int:
    response = client.get(address)
    if response.status_code != 200:  # noqa: PLR2004 -- found
        raise RuntimeError(f"{address}: {response.status_code}")
    return len(response.content)


def _fastest(run: Callable[[], object]) -> tuple[float, float]:
    """Give the milliseconds of the fastest of TIMES runs, in all and in the queries of the index alone."""
    spent = []
    for _ in range(TIMES):
        with _timed_queries() as queries:
            start = CLOCK()
            run()
            spent.append((1000 * (CLOCK() - start), 1000 * sum(queries)))
    return min(spent)


@contextmanager
def _timed_queries() -> Iterator[list[float]]:
    """Time the queries of the index, rows brought back included."""
    spent: list[float] = []
    rows = Reach.rows

    def timed(self: Reach, *arguments: Any) -> Any:
        start = CLOCK()
        try:
            return rows(self, *arguments)
        finally:
            spent.append(CLOCK() - start)

    with patch.object(Reach, "rows", timed):
        yield spent
