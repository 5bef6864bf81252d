"""What the search for duplicates says of real records: the Valenciennois, and rows of public registers when at hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from terreau.directory.models import Organisation
from terreau.duplicates import services
from terreau.duplicates.models import Candidate
from terreau.duplicates.pure.matching import pairs
from terreau.duplicates.pure.profiles import Profile
from terreau.kernel.pure.actor import SYSTEM

SAMPLES = next(
    (found for above in Path(__file__).resolve().parents if (found := above / "shared" / "data" / "samples").is_dir()),
    None,
)


@pytest.mark.django_db
def test_no_two_organisations_of_the_valenciennois_are_taken_for_one(real_valenciennois):
    done = services.search(real_valenciennois, by=SYSTEM)

    assert done.compared > 50
    assert [str(pair) for pair in Candidate.objects.all()] == []


@pytest.mark.django_db
def test_an_organisation_of_the_valenciennois_met_again_under_any_of_its_names_is_recognised(real_valenciennois):
    organisations = Organisation.objects.of(real_valenciennois).filter(is_anonymous=False).prefetch_related("names")
    rows = [
        Profile(f"{one.key}-{place}", (f"Association {name.upper()}",), commune=one.commune)
        for one in organisations
        for place, name in enumerate([one.name, *[row.name for row in one.names.all() if row.sort != "sigle"]])
    ]

    found = services.propose_for(real_valenciennois, rows)

    known = [row for row in rows if any(str(row.id).startswith(f"{one.key}-") for one in found.get(row.id, []))]
    assert len(known) / len(rows) >= 0.95


def rows_of(name: str) -> Iterator[dict[str, str]]:
    if SAMPLES is None:
        pytest.skip("the rows of public registers are not beside this checkout")
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def siae(name: str) -> list[Profile]:
    return [
        Profile(
            row["siret"], (row["nom"],), frozenset({("siret", row["siret"])}), commune=row["ville"], address=row["adresse"],
            postcode=row["code_postal"],
        )
        for row in rows_of(name)
    ]  # fmt: skip


def test_the_rows_of_a_register_with_numbers_are_all_different():
    assert list(pairs([*siae("siae_hainaut_cambresis.csv"), *siae("siae_nord_hors_hainaut.csv")])) == []


def test_439_associations_with_nearly_one_name_are_told_apart():
    associations = [
        Profile(
            row["id_association"],
            (row["titre"],),
            frozenset({("rna", row["id_association"])}),
            commune=row["adresse_libelle_commune"],
            commune_code=row["adresse_code_insee"],
        )
        for row in rows_of("rna_associations.csv")
    ]

    assert list(pairs(associations)) == []


def test_a_register_read_again_without_its_numbers_is_recognised():
    known = siae("siae_nord_hors_hainaut.csv")
    again = [
        Profile(f"again {one.id}", (one.names[0].lower(),), commune=one.commune, address=one.address) for one in known
    ]

    found = {(pair.first, pair.second) for pair in pairs([*known, *again])}

    recognised = [one for one in known if (one.id, f"again {one.id}") in found]
    assert len(recognised) == len(known)
