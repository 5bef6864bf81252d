import csv
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from terreau.directory.enums import IdentifierScheme
from terreau.directory.pure.identifiers import (
    EXAMPLES,
    LARGE,
    Code,
    normalise,
    problem_with,
    problems_among,
)
from terreau.geography.pure.codes import has_luhn_key, is_siren, is_siret

SAMPLES = next(
    (found for above in Path(__file__).resolve().parents if (found := above / "shared" / "data" / "samples").is_dir()),
    None,
)

digits = st.text("0123456789", min_size=8, max_size=8)
noise = st.sampled_from([" ", "\u00a0", "\u202f", ".", "-", "'", "\u200b", "  "])


def keyed(number: str) -> str:
    return next(number + key for key in "0123456789" if has_luhn_key(number + key))


def code_of(scheme: str, value: str) -> Code | None:
    problem = problem_with(scheme, value)
    return problem.code if problem else None


@given(digits, st.integers(1, 990))
def test_a_number_with_its_keys_is_taken_and_one_wrong_digit_is_seen(start, branch):
    siren = keyed(start)
    siret = keyed(f"{siren}{branch:04}")
    assume(siren not in EXAMPLES | set(LARGE) and len(set(siren)) > 1 and not siren.endswith("0000000", 0, 8))
    wrong = siret[:-1] + str((int(siret[-1]) + 1) % 10)

    assert problem_with("siren", siren) is None
    assert problem_with("siret", siret) is None
    assert code_of("siret", wrong) == Code.KEY


@given(digits, st.lists(noise, min_size=9, max_size=9))
def test_what_people_put_in_a_number_changes_nothing(start, spaces):
    siren = keyed(start)
    written = "".join(space + digit for space, digit in zip(spaces, siren, strict=True))

    assert normalise("siren", written) == siren


@given(st.sampled_from([*IdentifierScheme.values]), st.text())
def test_any_text_is_normalised_once_for_all_and_judged_without_falling(scheme, text):
    once = normalise(scheme, text)
    problem = problem_with(scheme, text)

    assert normalise(scheme, once) == once
    if problem:
        assert problem.said_in("fr") != problem.said_in("en")
        assert "{" not in problem.fr.replace(once[:60], "")


@pytest.mark.parametrize(
    ("scheme", "value", "code"),
    [
        ("siret", "732 829 320 00074", Code.EXAMPLE),
        ("siret", "12345678900000", Code.EXAMPLE),
        ("siret", "12345678200010", Code.EXAMPLE),
        ("siret", "10000000900012", Code.EXAMPLE),
        ("siret", "00000000000000", Code.EXAMPLE),
        ("siret", "11111111111111", Code.EXAMPLE),
        ("siren", "999999999", Code.EXAMPLE),
        ("siret", "35600082800018", Code.DEFAULT),
        ("siret", "35600000000048", Code.LARGE_BODY),
        ("siret", "35600000049837", Code.LARGE_BODY),
        ("siret", "35600000049838", Code.KEY),
        ("siret", "13002526500013", Code.LARGE_BODY),
        ("siret", "24590116099912", Code.MADE_UP_BRANCH),
        ("siret", "245901160", Code.LENGTH),
        ("siret", "7,3282932E+13", Code.SPREADSHEET),
        ("siret", "١٢٣٤٥٦٧٨٩٠١٢٣٤", Code.LENGTH),
        ("siret", " \u00a0", Code.EMPTY),
        ("siren", "245901160.0", None),
        ("rna", "w595 001 234", None),
        ("rna", "W9G2001932", None),
        ("rna", "0913012577", None),
        ("rna", "751P00122544", None),
        ("rna", "063P1999-12345", None),
        ("rna", "W000000000", Code.EXAMPLE),
        ("rna", "W59500123", Code.FORM),
        ("data_inclusion", "dora--AidantsConnect:2024-47BXY", None),
        ("data_inclusion", "dora-17", Code.FORM),
        ("wikidata", "https://www.wikidata.org/wiki/Q83686", None),
        ("wikidata", "q83686", None),
        ("wikidata", "P31", Code.FORM),
        ("gogocarto", "10kw", None),
    ],
)
def test_each_number_is_taken_or_told_why(scheme, value, code):
    assert code_of(scheme, value) == code


def test_the_true_number_of_a_large_body_is_doubted_and_not_refused():
    problem = problem_with("siret", "35600000000048")

    assert problem is not None
    assert problem.refuses is False
    assert "La Poste" in problem.fr
    assert all(is_siren(siren) for siren in LARGE)


def test_a_siret_of_another_unit_than_the_siren_is_seen_where_it_is():
    found = list(problems_among([("siren", "245901160"), ("rna", "W595001234"), ("siret", "13002526500013")]))

    assert [(place, problem.code) for place, problem in found] == [(2, Code.LARGE_BODY), (2, Code.OTHER_UNIT)]
    assert "245901160" in found[1][1].fr


def test_a_siret_of_one_of_two_successive_units_holds():
    siret = next(f"2459011600{n:04}" for n in range(10_000) if is_siret(f"2459011600{n:04}"))

    assert list(problems_among([("siren", "200042190"), ("siren", "245901160"), ("siret", siret)])) == []


def test_real_numbers_are_taken():
    if SAMPLES is None:
        pytest.skip("the real rows are not beside this checkout")
    with (SAMPLES / "siae_hainaut_cambresis.csv").open(encoding="utf-8") as file:
        sirets = [row["siret"] for row in csv.DictReader(file)]
    with (SAMPLES / "rna_associations.csv").open(encoding="utf-8") as file:
        numbers = [row["id_association"] for row in csv.DictReader(file)]

    assert sirets
    assert [value for value in sirets if problem_with("siret", value)] == []
    assert [value for value in numbers if problem_with("rna", value)] == []
