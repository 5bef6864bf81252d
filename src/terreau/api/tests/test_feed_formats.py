"""Whatever an organisation holds, what is told of it is taken by the parsers of others."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from data_inclusion.schema.v1 import Structure
from hypothesis import given
from hypothesis import strategies as st

from terreau.api.pure import data_inclusion, gogocarto
from terreau.api.pure.listed import Listed, Point, Publisher, Word
from terreau.api.pure.streams import envelope
from terreau.kernel.pure.csv_lines import guarded

SAMPLES = next(
    (found for above in Path(__file__).resolve().parents if (found := above / "shared" / "data" / "samples").is_dir()),
    None,
)
PUBLISHER = Publisher("Valenciennois", "valenciennois", "https://terreau.example.org")
WHEN = dt.datetime(2024, 5, 1, 23, 30, tzinfo=dt.UTC)

words = st.builds(Word, st.just("cle"), st.text(min_size=1, max_size=20))
points = st.builds(
    Point, st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(["", "adresse", "commune", "donnee"])
)
organisations = st.builds(
    Listed,
    key=st.just("velo"),
    path=st.just("/valenciennois/annuaire/velo/"),
    name=st.text(max_size=300).filter(lambda name: len(data_inclusion.sayable_name(name)) >= 3),
    other_names=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    is_anonymous=st.just(False),
    nature=st.none() | words,
    nature_is_deduced=st.booleans(),
    scale=st.none() | words,
    themes=st.lists(words, max_size=2).map(tuple),
    numbers=st.lists(
        st.tuples(st.sampled_from(["siren", "siret", "rna"]), st.text("0123456789 W.", max_size=16)), max_size=3
    ).map(tuple),
    start=st.just("2014"),
    end=st.just(""),
    address=st.text(max_size=40),
    postcode=st.text(max_size=10),
    commune=st.text(max_size=20),
    commune_code=st.text(max_size=5),
    point=st.none() | points,
    summary=st.text(max_size=40),
    description=st.text(max_size=40) | st.just("é" * 10_001),
    activities=st.lists(st.text(max_size=10), max_size=2).map(tuple),
    email=st.text(max_size=20)
    | st.emails()
    | st.from_regex(r"[a-z.]{1,8}@[a-z-]{1,6}\.(test|local|fr|org)", fullmatch=True),
    telephone=st.text("0123456789+ ().-/", max_size=20),
    site=st.text(max_size=20) | st.from_regex(r"https?://[a-z.:/@%é-]{0,20}", fullmatch=True),
    created_at=st.just(WHEN),
    updated_at=st.just(WHEN),
    confirmed_on=st.none(),
)


def told(**fields):
    given_: dict[str, Any] = {
        "key": "velo", "path": "/v/", "name": "Vélo", "other_names": (), "is_anonymous": False, "nature": None, "nature_is_deduced": False, "scale": None, "themes": (), "numbers": (),
        "start": "", "end": "", "address": "", "postcode": "", "commune": "", "commune_code": "", "point": None, "summary": "",
        "description": "", "activities": (), "email": "", "telephone": "", "site": "", "created_at": WHEN, "updated_at": WHEN,
        "confirmed_on": None,
    }  # fmt: skip
    return data_inclusion.structure(Listed(**given_ | fields), PUBLISHER)


@given(organisations)
def test_whatever_it_holds_a_structure_is_valid_for_the_states_own_package(one):
    written = data_inclusion.structure(one, PUBLISHER)

    Structure.model_validate_json(json.dumps(written), context={"ignore_warnings": False})


def test_a_structure_says_all_the_fields_of_the_schema_and_no_other():
    assert set(told()) == set(Structure.model_fields)


@pytest.mark.parametrize(
    ("field", "given_", "name", "written"),
    [
        ("name", "Vélo & Cie.", "nom", "Vélo & Cie"),
        ("name", "é" * 200, "nom", "é" * 149 + "…"),
        ("description", "Rien", "description", None),
        ("telephone", "03.27.00.00.00", "telephone", "+33327000000"),
        ("telephone", "+33 (0)3 27 00 00 00", "telephone", "+33327000000"),
        ("telephone", "00 32 65 00 00 00", "telephone", "+3265000000"),
        ("telephone", "03 27 00 00 00 / 06 00 00 00 00", "telephone", None),
        ("telephone", "115", "telephone", None),
        ("email", "accueil@velo.example.org", "courriel", "accueil@velo.example.org"),
        ("email", "accueil@velo.test", "courriel", None),
        ("site", "https://velo.example.org", "site_web", "https://velo.example.org"),
        ("site", "velo.example.org", "site_web", None),
        ("postcode", "59300", "code_postal", "59300"),
        ("postcode", "B-7000", "code_postal", None),
        ("commune_code", "2A004", "code_insee", "2A004"),
        ("numbers", (("siret", "732 829 320 00074"),), "siret", None),
        ("numbers", (("siret", "356 000 000 00048"),), "siret", "35600000000048"),
        ("point", Point(3.5, 50.3, "commune"), "longitude", None),
        ("point", Point(3.5, 50.3, "adresse"), "longitude", 3.5),
        ("updated_at", WHEN, "date_maj", "2024-05-01"),
    ],
)
def test_what_does_not_fit_is_trimmed_or_left_out(field, given_, name, written):
    assert told(**{field: given_})[name] == written


@given(organisations)
def test_every_element_has_the_shape_that_maps_read(one):
    element = gogocarto.element(one, PUBLISHER, {})

    assert isinstance(element["id"], str)
    assert isinstance(element["name"], str)
    assert all(isinstance(label, str) for label in element["categories"])
    assert all(isinstance(value, float) for value in element.get("geo", {}).values())
    assert None not in element.values()


def test_our_elements_have_the_members_of_real_ones():
    if SAMPLES is None:
        pytest.skip("the real elements are not beside this checkout")
    real = json.loads((SAMPLES / "gogocarto_elements_complets.json").read_text(encoding="utf-8"))
    compact = json.loads((SAMPLES / "gogocarto_elements_compacts.json").read_text(encoding="utf-8"))
    one = Listed(
        "velo", "/v/", "Vélo", (), False, Word("a", "A"), False, None, (Word("m", "M"),), (), "", "", "3 place d'Armes", "59300", "Valenciennes",
        "59606", Point(3.5, 50.3), "Court", "Long", (), "a@example.org", "03 27 00 00 00", "https://example.org", WHEN, WHEN, None,
    )  # fmt: skip
    ours = gogocarto.element(one, PUBLISHER, {})
    unlike_ours = {"status", "moderationState", "commitment", "openHoursMoreInfos", "taxonomy", "image", "email"}

    for element in real["data"]:
        known = set(element) - unlike_ours
        assert known <= set(ours)
        assert all(type(ours[name]) is type(element[name]) for name in known if element[name] is not None)
    line = gogocarto.compact(one, {})
    assert line
    assert [type(part) for part in line] == [type(part) for part in compact["data"][0]]


@given(st.lists(st.dictionaries(st.text(), st.text(), max_size=2), max_size=250))
def test_what_is_written_as_it_comes_is_the_same_json(items):
    assert json.loads("".join(envelope({"a": 1, "é": [None]}, "items", items))) == {"a": 1, "é": [None], "items": items}


@given(st.text())
def test_no_cell_is_a_formula(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
