import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.kernel.search.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Chez l’Œuf", "chez l oeuf"),
        ("Gédas", "gedas"),
        ("A.P.E.S.", "apes"),
        ("l'A.P.E.S. Hauts-de-France", "l apes hauts de france"),
        ("acteur·ices", "acteurices"),
        ("Titre · sous-titre", "titre sous titre"),
        ("Douai–Valenciennes", "douai valenciennes"),
        ("Løgstør", "logstor"),
        ("Valen\u00adciennes", "valenciennes"),
        ("Straße n° 2", "strasse n 2"),
        ("", ""),
        ("  …!? ", ""),
    ],
)
def test_names_are_folded_as_people_type_them(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_folded_text_holds_only_words_and_single_spaces(text):
    assert all(word.isascii() and word.isalnum() for word in fold(text).split(" ") if fold(text))
