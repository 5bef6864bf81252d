"""Words without markup, keys, linked data: rules over plain data."""

import pytest

from terreau.directory.pure import schema_org
from terreau.directory.pure.keys import LONGEST, RESERVED, free_key, key_of
from terreau.directory.pure.plain_text import one_line, paragraphs
from terreau.directory.urls import urlpatterns


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("FLAC", "FLAC"),
        ("R&D, a < b et c > d", "R&D, a < b et c > d"),
        ("<b>Caf&eacute;</b> <script>alert(1)</script>solidaire", "Café solidaire"),
        ("deux\nlignes\tet  des\u0007 espaces", "deux lignes et des espaces"),
        ("<img src=x onerror=alert(1)>Le lieu", "Le lieu"),
        ("<!-- caché -->Vu", "Vu"),
        ("<b></b>", ""),
    ],
)
def test_a_name_is_kept_without_markup(written, kept):
    assert one_line(written) == kept


def test_paragraphs_stay_apart():
    assert paragraphs("<p>Un</p><p>Deux<br>lignes</p>") == "Un\n\nDeux\nlignes"
    assert paragraphs("Un\r\n \r\n\r\nDeux\nlignes  ") == "Un\n\nDeux\nlignes"


@pytest.mark.parametrize(
    ("name", "key"), [("Chez l'Œuf", "chez-l-oeuf"), ("!!!", "fiche"), ("A" * 300, "a" * LONGEST), ("L'été 2024", "l-ete-2024")]
)  # fmt: skip
def test_a_key_is_made_of_a_name(name, key):
    assert key_of(name) == key


def test_a_taken_or_reserved_key_gets_a_number_and_stays_short_enough():
    assert free_key("flac", {"flac", "flac-2"}) == "flac-3"
    assert free_key("ajouter", set()) == "ajouter-2"
    long = "a" * LONGEST
    assert free_key(long, {long}) == "a" * (LONGEST - 2) + "-2"


def test_no_key_hides_an_address_of_the_site():
    fixed = set()
    for pattern in urlpatterns:
        room, _slash, rest = str(pattern.pattern).partition("/")
        word = rest.split("/")[0]
        if room in {"annuaire", "initiatives"} and word and "<" not in word and "." not in word:
            fixed.add(word)
    assert fixed >= {"ajouter"}
    assert fixed <= RESERVED


@pytest.mark.parametrize(
    ("edtf", "iso"),
    [
        ("2001", "2001"),
        ("2001-05", "2001-05"),
        ("2001-05-03", "2001-05-03"),
        ("2001~", ""),
        ("200X", ""),
        ("..", ""),
        ("2001/2003", ""),
    ],
)
def test_only_a_certain_date_travels(edtf, iso):
    assert schema_org.iso_date(edtf) == iso


def test_linked_data_has_no_empty_property():
    data = schema_org.organisation(schema_org.Described(name="FLAC", url="https://exemple.fr/flac/"))
    assert data == {
        "@context": "https://schema.org", "@type": "Organization", "@id": "https://exemple.fr/flac/", "url": "https://exemple.fr/flac/",
        "name": "FLAC", "subjectOf": {"@type": "WebPage", "@id": "https://exemple.fr/flac/"},
    }  # fmt: skip
