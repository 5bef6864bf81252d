"""3. A large dossier in and out. 4. Its reading again."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import connections

from benchmarks import generate
from benchmarks.measure import Row, Timed, timed
from terreau.directory.models import Tally
from terreau.dossier import services as dossier
from terreau.kernel import facts
from terreau.kernel.pure.actor import SYSTEM

ORGANISATIONS = 5000
QUICK = 250
MOST_S = 60


def large_dossier(data: Path, quick: bool) -> list[Row]:
    """Load a generated dossier, load it again, read it again, dump it."""
    size = QUICK if quick else ORGANISATIONS
    folder = data / "generated"
    records = generate.write(folder, size)
    with timed() as first:
        territory, stored = dossier.load(folder, by=SYSTEM)
    with timed() as parsing:
        parse(folder)
    bare = insert_again(data, territory)
    with timed() as second:
        _territory, again = dossier.load(folder, by=SYSTEM)
    with timed() as reading:
        facts.rebuild(territory)
    with timed() as iterating:
        iterated = iterate(territory)
    with timed() as dumping:
        dossier.dump(territory, data / "dumped", by=SYSTEM)
    if again.created or again.updated:
        raise RuntimeError(f"the second load wrote {again.created + again.updated} records")
    target = None if quick else MOST_S
    parsed = {"parsing the YAML": parsing.seconds}
    return [
        Row(f"load of {size} organisations", first.seconds, "s", target, {**parsed, "bulk_create of the same rows": bare.seconds}, f"{stored.created} records of {records} declared, {processor(first)}"),
        Row("second load, nothing changed", second.seconds, "s", target, parsed, processor(second)),
        Row("reindex", reading.seconds, "s", None, {"iterating over the same records": iterating.seconds}, f"{iterated} records, {processor(reading)}"),
        Row("dump", dumping.seconds, "s", None, parsed, processor(dumping)),
    ]  # fmt: skip


def processor(spent: Timed) -> str:
    return f"{spent.processor:.1f} s of processor"


def parse(folder: Path) -> None:
    """Read the files as plain YAML, as anyone would."""
    for path in sorted(folder.glob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- a safe loader, in C when there is one


def iterate(territory: Any) -> int:
    """Read the records that are reindexed, without telling anything."""
    return sum(
        1
        for teller in facts.tellers()
        for _row in teller.model._default_manager.filter(territory=territory).iterator(chunk_size=1000)
    )


def insert_again(data: Path, territory: Any) -> Timed:
    """Write every row of the territory's database into an empty one with the same tables, with Django's bulk_create."""
    rows = {model: list(model._default_manager.all()) for model in ours()}
    connections.settings["bare"] = {**connections.settings["default"], "NAME": str(data / "empty.sqlite3")}
    wire = connections["bare"]
    with wire.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
    with timed() as spent:
        for model, found in rows.items():
            model._default_manager.using("bare").bulk_create(found, batch_size=500)
    wire.close()
    return spent


def ours() -> Iterable[Any]:
    """Give the models of the house that hold rows, those of many-to-many relations included, tallies apart.

    Triggers write the tallies again as the organisations come.
    """
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("terreau.")
        and model._meta.managed
        and model is not Tally
        and model._default_manager.exists()
        and model._meta.app_label != "geography"
    ]
