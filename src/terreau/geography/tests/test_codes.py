import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.geography.pure import codes
from terreau.geography.pure.names import fold


def keyed(digits: str) -> str:
    """Complete digits with their Luhn key, found by trying the ten."""
    return next(digits + key for key in "0123456789" if codes.has_luhn_key(digits + key))


@given(st.text("0123456789", min_size=8, max_size=8))
def test_a_single_wrong_digit_is_always_seen(digits):
    siren = keyed(digits)
    wrong = [
        siren[:rank] + other + siren[rank + 1 :] for rank in range(9) for other in "0123456789" if other != siren[rank]
    ]
    assert codes.is_siren(siren)
    assert not any(codes.is_siren(text) for text in wrong)


@pytest.mark.parametrize(
    ("siret", "valid"),
    [
        ("24590116000042", codes.has_luhn_key("24590116000042")),
        ("35600000000048", True),  # head office of La Poste: an ordinary key
        ("35600000049837", True),  # a post office: its digits sum to a multiple of 5
        ("35600000049838", False),
        ("3560000004983", False),
        ("not a siret nr", False),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤", False),
    ],
)
def test_a_siret_is_known_by_its_key(siret, valid):
    assert codes.is_siret(siret) is valid


def test_the_territory_has_a_valid_siren():
    assert codes.is_siren("245901160")


@pytest.mark.parametrize("code", ["59606", "01001", "2A004", "2B033", "97411", "97801", "98818", "95690"])
def test_commune_codes_of_the_mainland_corsica_and_overseas_are_recognised(code):
    assert codes.is_commune_code(code)


@pytest.mark.parametrize(
    "code", ["5960", "596060", "2C004", "20004", "96001", "97901", "98501", "00001", "59 06", "2a004", ""]
)
def test_other_texts_are_not_commune_codes(code):
    assert not codes.is_commune_code(code)


def test_the_department_is_read_from_the_commune_code():
    assert [codes.department_of(code) for code in ("59606", "2A004", "97411", "98818")] == ["59", "2A", "974", "988"]


def test_rna_numbers_with_letters_exist_but_are_not_published():
    assert [codes.is_rna(text) for text in ("W596001234", "W9G2001932", "W59600123", "0913012577")] == [
        True,
        True,
        False,
        False,
    ]
    assert [codes.is_published_rna(text) for text in ("W596001234", "W9G2001932")] == [True, False]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("St-Saulve", "saint saulve"),
        ("SAINT  SAULVE", "saint saulve"),
        ("Condé-sur-l'Escaut", "conde sur l escaut"),
        ("Œuilly", "oeuilly"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
    ],
)
def test_a_name_is_folded_for_searching(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
