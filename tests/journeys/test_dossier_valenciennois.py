"""The Valenciennois, fact by fact: the bundled demonstration, and its first files when they lie beside the checkout."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.utils import translation

from terreau.agenda.models import Event
from terreau.dossier import services as dossier
from terreau.kernel.models import Citation, Dispute, Gap, Link, Record
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Territory

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo" / "valenciennois"
SHARED = (
    [Path(os.environ["TERREAU_SHARED"])]
    if os.environ.get("TERREAU_SHARED")
    else [above / "shared" for above in ROOT.parents]
)
BESIDE = next(
    (path / "valenciennois" for path in SHARED if (path / "valenciennois" / "territoire.yaml").is_file()), None
)
FOLDERS = [DEMO, *([BESIDE] if BESIDE else [])]
UNSAID = {"", "~", "null", "false", "etablie", "publique", "exacte"}
"""Nothing at all, and defaults that files may leave unsaid."""


def content_of(directory: Path) -> dict[str, Any]:
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for path in sorted(directory.glob("*.yaml"))
    }


def facts_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give every value with its path; an item of a list is told by its identifier, or as an item."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from facts_of(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from facts_of(inner, (*path, inner.get("id", "item") if isinstance(inner, dict) else "item"))
    elif value not in UNSAID:
        yield (*path, " ".join(value.split()))


@pytest.fixture(params=FOLDERS, ids=lambda path: path.parent.name)
def loaded(request) -> tuple[Path, Territory]:
    return request.param, dossier.load(request.param, by=SYSTEM)[0]


def test_every_fact_of_the_files_is_in_the_dossier_that_is_written(loaded, tmp_path):
    directory, territory = loaded
    dossier.dump(territory, tmp_path / "out", by=SYSTEM)

    said, written = Counter(facts_of(content_of(directory))), Counter(facts_of(content_of(tmp_path / "out")))

    lost = {fact: count for fact, count in (said - written).items() if not is_shared(fact, written)}
    assert lost == {}
    assert sum(said.values()) > 5000


def is_shared(fact: tuple[str, ...], written: Counter[tuple[str, ...]]) -> bool:
    """Tell whether a value that each record repeats is written once at the head of its file, or the other way round."""
    file, *_path, key, value = fact
    return key in {"source", "apporteur"} and (
        (file, key, value) in written or any(known[0] == file and known[-2:] == (key, value) for known in written)
    )


def test_what_is_written_is_stable_to_the_byte(loaded, tmp_path):
    _directory, territory = loaded
    dossier.dump(territory, tmp_path / "first", by=SYSTEM)
    with translation.override("en"):
        assert dossier.load(tmp_path / "first", by=SYSTEM)[1].changes == []
        dossier.dump(territory, tmp_path / "second", by=SYSTEM)

    assert {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()
    }


def test_every_identifier_becomes_a_record(loaded):
    directory, territory = loaded
    keys = Counter(fact[-1] for fact in facts_of(content_of(directory)) if fact[-2] == "id")
    known: Counter[str] = Counter()
    for model in records():
        known.update(model._default_manager.filter(territory=territory).values_list("key", flat=True))

    assert keys - known - Counter([territory.slug]) == Counter()


def records() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]


def test_the_territory_counts_what_its_sources_count(loaded):
    _directory, territory = loaded
    counts = {model.KIND: model._default_manager.filter(territory=territory).count() for model in records()}

    expected = {
        "organisation": 66, "milestone": 117, "testimony": 58, "figure": 59, "person": 37, "tie": 89, "role": 64,
    }  # fmt: skip
    assert {kind: counts[kind] for kind in expected} == expected
    assert (Dispute.objects.of(territory).count(), Gap.objects.of(territory).count()) == (62, 17)
    assert Event.objects.of(territory).exists()


def test_nobody_is_named(loaded):
    directory, _territory = loaded
    people = content_of(directory)["fonctions"]["personnes"]

    assert people
    assert [person for person in people if "nom" in person] == []


def test_no_reference_is_left_hanging(loaded):
    _directory, territory = loaded
    known = {
        (model.KIND, pk)
        for model in records()
        for pk in model._default_manager.filter(territory=territory).values_list("pk", flat=True)
    }

    links = Link.objects.filter(territory=territory).values_list("to_kind", "to_id")
    assert [link for link in links if link not in known] == []
    assert Citation.objects.filter(territory=territory).count() > 500
