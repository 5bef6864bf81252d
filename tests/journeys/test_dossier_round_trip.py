"""Whatever a dossier says comes back, and what comes back is stable to the byte."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from terreau.dossier import services as dossier
from terreau.kernel import dossier as d
from terreau.kernel import facts
from terreau.kernel.dossier.reading import read
from terreau.kernel.models import Entry, Fact
from terreau.kernel.pure.actor import SYSTEM
from terreau.kernel.testing.strategies import ODD_TEXTS, dossiers
from terreau.territory.models import Territory

pytestmark = pytest.mark.django_db


class Undone(Exception):
    pass


@given(files=dossiers())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_territory_comes_back_whole_and_stable(files):
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        given_files, first, second = here / "given", here / "first", here / "second"
        given_files.mkdir()
        for file, content in files.items():
            named = content if file == "territoire" else {"territoire": "essai", **content}
            (given_files / f"{file}.yaml").write_text(yaml.safe_dump(named, allow_unicode=True), encoding="utf-8")
        assert [str(problem) for problem in dossier.check(given_files)] == []

        write_through(given_files, first)
        write_through(first, second)

        assert {path.name: path.read_bytes() for path in first.iterdir()} == {
            path.name: path.read_bytes() for path in second.iterdir()
        }
        said, kept = facts_of(given_files), facts_of(first)
        assert said - kept == Counter()


def write_through(directory: Path, out: Path) -> None:
    """Load into an instance without the territory, write it, and undo."""
    with pytest.raises(Undone), transaction.atomic():  # noqa: PT012 -- the end of the block undoes it
        assert not Territory.objects.filter(slug="essai").exists()
        territory, _stored = dossier.load(directory, by=SYSTEM)
        dossier.dump(territory, out, by=SYSTEM)
        assert dossier.load(out, by=SYSTEM)[1].changes == []
        raise Undone


def facts_of(directory: Path) -> Counter[tuple[Any, ...]]:
    """Count every (path, value) that the files of a folder say; an item of a list is told by its identifier."""
    found: Counter[tuple[Any, ...]] = Counter()
    for path in directory.glob("*.yaml"):
        found.update(walk(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), (path.stem,)))
    return found


def walk(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "territoire":
                yield from walk(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from walk(inner, (*path, inner.get("id", place) if isinstance(inner, dict) else "item"))
    elif not goes_without_saying(path[-1], value):
        yield (*path, value)


def goes_without_saying(key: str, value: str) -> bool:
    """Tell whether files leave a value unsaid, as the default of its key."""
    return (key, value) in {
        ("certitude", "etablie"),
        ("visibilite", "publique"),
        ("visibilite", "privee"),
        ("anonyme", "false"),
        ("poids", "1"),
    }


def test_a_file_written_with_every_odd_text_reads_back_as_it_was(tmp_path):
    content = {
        "textes": [{"id": f"t{number}", "texte": text} for number, text in enumerate(ODD_TEXTS)],
        "liste": list(ODD_TEXTS),
    }
    path = tmp_path / "textes.yaml"
    path.write_text(d.file_text("Essai", content), encoding="utf-8", newline="")

    assert read(path).content == content


def test_what_is_rebuilt_equals_what_was_lived(tmp_path):
    source = Path(__file__).resolve().parents[2] / "demo" / "valenciennois"
    territory, _stored = dossier.load(source, by=SYSTEM)
    lived = read_model(territory)
    facts.rebuild(territory)

    assert read_model(territory) == lived


def read_model(territory: Territory) -> list[Counter[tuple[Any, ...]]]:
    """Give the rows of the read model without their numbers."""
    names = [field.attname for field in Entry._meta.concrete_fields if field.attname != "id"]
    entries = Counter(Entry.objects.of(territory).values_list(*names))
    told = Counter(
        (
            *(str(getattr(fact, field.attname)) for field in Fact._meta.concrete_fields if field.attname != "id"),
            tuple(fact.actors.order_by("position").values_list("kind", "record_id", "position")),
        )
        for fact in Fact.objects.of(territory).prefetch_related("actors")
    )
    return [entries, told]
