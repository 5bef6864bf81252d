"""The benchmarks still run: in a reduced form, on what they invent."""

from pathlib import Path

import pytest
from benchmarks import addresses, generate
from benchmarks.cases import records, small
from benchmarks.measure import Row, read, table, written

from terreau.dossier import services as dossier


def test_the_generated_dossier_is_sound_and_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"

    generate.write(first, 40)
    generate.write(second, 40)

    assert dossier.check(first) == []
    assert dossier.fingerprint(first) == dossier.fingerprint(second)


def test_a_table_says_the_target_the_ratio_and_the_verdict() -> None:
    dear = Row("a page", 90.0, "ms", 60, {"nothing": 30.0})
    rate = Row("a rate", 50.0, "req/s", 40, {"nothing": 100.0}, faster_is_more=True)

    lines = table(read(written([dear, rate]))).splitlines()[2:]

    assert lines == [
        "| a page | ≤ 60 ms | 90 ms | 3 × nothing (30) | MISSES |",
        "| a rate | ≥ 40 req/s | 50 req/s | 2 × nothing (100) | holds |",
    ]


@pytest.mark.django_db
def test_a_small_territory_is_measured_and_every_address_of_its_organisations_is_found(tmp_path: Path) -> None:
    generate.write(tmp_path, 12)
    territory, _stored = dossier.load(tmp_path, by=records.SYSTEM)

    found = {address.path for address in addresses.pages(territory)}

    assert {f"/{generate.SLUG}/annuaire/o{at}/" for at in range(12)} <= found
    assert [row.what for row in small.audit_chain(tmp_path, quick=True)][-1] == "verify 1 000 events"
