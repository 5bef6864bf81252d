from decimal import Decimal

import pytest
from django.utils import translation

from terreau.observatory.models import Figure
from terreau.observatory.pure.areas import is_key
from terreau.observatory.pure.scales import share_of, top_of
from terreau.observatory.units import unit_words, value_words


def figure(**fields):
    numbers = {name: Decimal(value) for name, value in fields.items() if name.startswith("value")}
    return Figure(**fields | numbers)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "7892", "unit": "emplois"}, "7\u00a0892 emplois"),
        ({"value": "10.3000", "unit": "%"}, "10,3 %"),
        ({"value": "263.5", "unit": "km2"}, "263,5 km²"),
        ({"value": "10000", "unit": "EUR"}, "10\u00a0000 €"),
        ({"value": "0.1234", "unit": "%"}, "0,1234 %"),
        ({"value": "1", "unit": "structures"}, "1 structure"),
        ({"value": "0", "unit": "etablissements"}, "0 établissement"),
        ({"value": "2", "unit": "filieres"}, "2 filières"),
        ({"value": "20", "unit": "personnes", "is_approximate": True}, "environ 20 personnes"),
        ({"value_min": "300", "value_max": "400", "unit": "associations"}, "300 à 400 associations"),
        ({"value_min": "300", "unit": "associations"}, "au moins 300 associations"),
        ({"value_max": "400", "unit": "associations"}, "au plus 400 associations"),
        ({"value": "3", "unit": "jardins_partages"}, "3 jardins partages"),
        ({"unit": "personnes"}, "non connu"),
    ],
)
def test_a_value_is_written_the_french_way(fields, words):
    with translation.override("fr"):
        one = figure(**fields)
        assert f"{value_words(one)} {unit_words(one)}".strip() == words


@pytest.mark.parametrize(("value", "grammatical"), [("1", 1), ("1.5", 1), ("2", 2), ("0", 1)])
def test_the_french_plural_starts_at_two(value, grammatical):
    with translation.override("fr"):
        assert unit_words(figure(value=value, unit="annees")) == ("année" if grammatical == 1 else "années")


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("cavm", True),
        ("ev-salon-2023", True),
        ("Hauts-de-France", False),
        ("Île-de-France", False),
        ("val d'Oise", False),
    ],
)
def test_a_record_and_a_place_are_told_apart(area, expected):
    assert is_key(area) is expected


@pytest.mark.parametrize(
    ("values", "top"),
    [
        (["12", "9", "7.1"], "12"),
        (["30", "20"], "30"),
        (["0.13"], "0.15"),
        (["192075"], "200000"),
        (["0"], "1"),
        ([], "1"),
        (["99.5"], "100"),
    ],
)
def test_an_axis_ends_on_a_round_number_that_holds_every_value(values, top):
    assert top_of([Decimal(value) for value in values]) == Decimal(top)


def test_bars_are_measured_from_zero():
    assert share_of(Decimal(6), Decimal(12)) == 2 * share_of(Decimal(3), Decimal(12)) == 0.5
