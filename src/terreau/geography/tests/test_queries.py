import pytest

from terreau.geography import queries
from terreau.geography.services import load_code
from terreau.geography.tests import cog_sample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _communes(tmp_path):
    load_code(folder=cog_sample.write(tmp_path / "cog"))


def codes(found):
    return [commune.code for commune in found]


@pytest.mark.parametrize("members", [["59606"], ["59606", "59544", "02001"]])
def test_a_perimeter_costs_one_query_whatever_its_size(members, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {commune.department.code for commune in queries.communes_of([], members)} <= {"59", "02"}


def test_a_perimeter_adds_communes_to_intercommunalities_without_repeating_any():
    assert codes(queries.communes_of(["245901160"], ["59606", "59070", "00000"])) == ["59006", "59544", "59606"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("st saulve", ["59544"]),
        ("SAINT-SAULVE", ["59544"]),
        ("oree", ["59006"]),
        ("a", ["2A004", "02001"]),
        ("2a004", ["2A004"]),
        ("59300", ["2A004", "59606", "59544", "59006"]),
        ("02301", ["02001"]),
        ("bermeries", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_communes_are_found_however_people_write_them(text, found):
    assert codes(queries.search_communes(text)) == found


def test_a_search_can_stay_in_a_department():
    assert codes(queries.search_communes("a", department="02")) == ["02001"]


@pytest.mark.parametrize("text", ["valenciennes", "METROPOLE", "245 901 160"])
def test_an_intercommunality_is_found_by_name_or_siren(text):
    assert [found.siren for found in queries.search_intercommunalities(text)] == ["245901160"]


def test_an_unknown_code_is_nothing():
    assert (queries.commune("99999"), queries.current_commune("99999"), queries.intercommunality("1")) == (
        None,
        None,
        None,
    )


def test_communes_without_a_point_are_left_out_of_the_map():
    communes = list(queries.communes_of(["245901160"]))
    communes[0].longitude, communes[0].latitude = 3.5, 50.3
    dots = queries.places(communes, captions={communes[0].code: "Ici"})
    assert [(place.code, place.caption) for place in dots] == [(communes[0].code, "Ici")]


def test_communes_of_a_postal_code():
    assert codes(queries.communes_with_postal_code("02300")) == ["02001"]


def test_several_intercommunalities_are_listed_by_name():
    found = queries.intercommunalities(["200043321", "245901160"])
    assert [one.name for one in found] == ["CA Valenciennes Métropole", "CC du Pays de Mormal"]
