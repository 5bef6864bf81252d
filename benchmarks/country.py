"""An invented country in one territory, written straight into the tables: the same size always gives the same rows.

Its communes are as unequal as real ones (a law of Zipf: one town of twenty has half of the organisations), and names
are drawn from common words, invented proper names and names of towns, so that words are frequent and rare as in life.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from benchmarks import generate
from terreau.directory.models import Nature, Organisation
from terreau.directory.pure.cells import cell_of
from terreau.directory.services import tallies
from terreau.kernel.models import Entry
from terreau.kernel.search.folding import fold
from terreau.kernel.search.index import paused_index
from terreau.territory.models import Scale, Territory, Theme

BATCH = 20_000
FIRST_PK = 0x0190_0000_0000_7000_8000_0000_0000_0000
"""Identifiers that grow, as those of the house do."""
TOWNS = 35_000
SYLLABLES = (
    "bar",
    "cel",
    "dor",
    "fan",
    "gui",
    "hau",
    "lan",
    "mer",
    "nor",
    "pal",
    "que",
    "ris",
    "sau",
    "tir",
    "val",
    "ves",
    "zan",
    "bou",
    "cha",
    "lier",
)
KNOWN_TO_THE_DAY, ENDED = 2 / 3, 1 / 3
SHARES = {
    "association": 0.55,
    "entreprise": 0.25,
    "reseau": 0.08,
    "collectivite": 0.06,
    "enseignement": 0.05,
    "groupement_employeurs": 0.01,
}


class Country:
    """The words and towns that organisations are drawn from."""

    def __init__(self, territory: Territory, size: int) -> None:
        self.territory, self.size = territory, size
        self.draw, self.lives = random.Random(size), random.Random(size + 1)
        make = {"territory": territory}
        self.natures = [
            Nature.objects.create(key=key, name=key.replace("_", " ").capitalize(), **make) for key in SHARES
        ]
        self.scales = [
            Scale.objects.create(key=key, name=key, rank=rank, **make) for rank, key in enumerate(generate.SCALES)
        ]
        self.themes = [Theme.objects.create(key=key, name=key.capitalize(), **make) for key in generate.THEMES]
        self.towns = [
            (f"{1 + at % 95:02}{at // 95:03}", f"{self.proper()}-{self.proper()}", self.draw.uniform(-4, 8), self.draw.uniform(42.5, 50.8))
            for at in range(min(TOWNS, size // 20 + 5))
        ]  # fmt: skip
        self.weights = list(accumulate(1 / (rank + 1) ** 0.9 for rank in range(len(self.towns))))
        self.shares = list(accumulate(SHARES.values()))

    def proper(self) -> str:
        return "".join(self.draw.choice(SYLLABLES) for _ in range(self.draw.choice((2, 2, 3)))).capitalize()

    def name(self, town: str) -> str:
        draw = self.draw
        what = draw.choice((draw.choice(generate.SECOND), f"de {self.proper()}", f"{self.proper()} {self.proper()}"))
        return " ".join(
            filter(None, (draw.choice(generate.FIRST), what, draw.choice(("", town, draw.choice(generate.THIRD)))))
        )

    def life(self, year: int) -> dict[str, Any]:
        """Draw a life: most starts are known to the day, as in a register, others by year; one in three has ended."""
        draw = self.lives
        day = date(year, 1, 1) + timedelta(days=draw.randrange(365))
        exact = draw.random() < KNOWN_TO_THE_DAY
        end = draw.randrange(year + 1, 2027) if draw.random() < ENDED else None
        return {
            "start": str(day if exact else year),
            "start_earliest": str(day) if exact else f"{year}-01-01",
            "start_latest": str(day) if exact else f"{year}-12-31",
            "end": str(end or ""),
            "end_earliest": f"{end}-01-01" if end else None,
            "end_latest": f"{end}-12-31" if end else None,
        }

    def rows(self) -> Iterator[tuple[dict[str, Any], list[UUID], dict[str, Any]]]:
        """Give each organisation, its themes and its entry, as values of columns that differ from the usual ones."""
        draw = self.draw
        for at in range(self.size):
            code, town, east, north = self.towns[bisect(self.weights, draw.uniform(0, self.weights[-1]))]
            longitude, latitude = east + draw.gauss(0, 0.04), north + draw.gauss(0, 0.03)
            nature = self.natures[bisect(self.shares, draw.uniform(0, self.shares[-1] - 1e-9))]
            name, summary = self.name(town), generate.sentence(draw, 2)
            life = self.life(draw.randrange(1960, 2026))
            pk = UUID(int=FIRST_PK + (at << 64) + draw.getrandbits(62))
            themes = draw.sample(self.themes, draw.choice((1, 1, 2)))
            organisation = {
                "id": pk, "key": f"o{at}", "name": name, "name_folded": fold(name)[:80], "nature": nature.pk,
                "scale": self.scales[min(len(self.scales) - 1, int(draw.expovariate(1.5)))].pk, "commune": town, "commune_code": code,
                "longitude": longitude, "latitude": latitude, "point_origin": "adresse", "cell": cell_of(longitude, latitude),
                "summary": summary, **life,
            }  # fmt: skip
            body = fold(f"{summary} {town} {' '.join(theme.name for theme in themes)}")
            entry = {
                "record_id": pk, "key": f"o{at}", "title": name, "names": fold(name), "body": body, "subtitle": f"{nature.name} · {town}",
                "url": f"/{self.territory.slug}/annuaire/o{at}/", "weight": 0, "kind": Organisation.KIND,
            }  # fmt: skip
            yield organisation, [theme.pk for theme in themes], entry


def build(slug: str, size: int) -> Territory:
    """Make the country, search index and tallies included; indexes are made last, all at once."""
    territory = Territory.objects.create(slug=slug, name=slug)
    country = Country(territory, size)
    tallies.drop(connection)
    with connection.cursor() as cursor:
        for pragma in (
            ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -1500000")
            if connection.vendor == "sqlite"
            else ()
        ):
            cursor.execute(f"PRAGMA {pragma}")
    with paused_index():
        with connection.schema_editor() as editor:
            for index in Organisation._meta.indexes:
                editor.remove_index(Organisation, index)
        rows = country.rows()
        while chunk := list(islice(rows, BATCH)):
            _insert(
                Organisation,
                Organisation(territory=territory),
                [organisation for organisation, _themes, _entry in chunk],
            )
            links = [{"organisation": one["id"], "theme": theme} for one, themes, _entry in chunk for theme in themes]
            through = Organisation.themes.through
            _insert(through, through(), links)
            _insert(Entry, Entry(territory=territory), [entry for _organisation, _themes, entry in chunk])
        with connection.schema_editor() as editor:
            for index in Organisation._meta.indexes:
                editor.add_index(Organisation, index)
    tallies.ensure(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return territory


def _insert(model: type[Model], usual: Model, rows: list[dict[str, Any]]) -> None:
    """Write rows that differ from a usual one, without making an object of each."""
    fields = [field for field in model._meta.concrete_fields if field.name != "id" or "id" in rows[0]]
    varying = [field for field in fields if field.name in rows[0]]
    fixed = [field for field in fields if field.name not in rows[0]]
    names = ", ".join(connection.ops.quote_name(field.column) for field in (*fixed, *varying))
    values = [field.get_db_prep_save(field.pre_save(usual, True), connection) for field in fixed]
    as_stored = [
        (lambda value: value.hex)
        if connection.vendor == "sqlite" and isinstance(rows[0][field.name], UUID)
        else (lambda value: value)
        for field in varying
    ]
    holes = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({holes})",  # noqa: S608 -- no value from outside
            [
                (*values, *(stored(row[field.name]) for stored, field in zip(as_stored, varying, strict=True)))
                for row in rows
            ],
        )
