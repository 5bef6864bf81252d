"""Tiles of the map, and where organisations are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from terreau.accounts.testing import TerritoryFactory
from terreau.directory.enums import PointOrigin
from terreau.directory.models import Organisation
from terreau.directory.pure.cells import (
    LEVEL,
    Window,
    cell_of,
    cells_over,
    corner_of,
    count_over,
    parent_of,
    range_of,
    ranges_over,
)  # fmt: skip
from terreau.directory.services import locate, place
from terreau.directory.tests.factories import OrganisationFactory
from terreau.geography.models import Commune, Department, Region
from terreau.kernel.testing import QueryCounter
from terreau.territory.models import Perimeter, PerimeterCommune

longitudes = some.floats(-180, 179.999)
latitudes = some.floats(-85, 85)
levels = some.integers(0, LEVEL)


@given(longitudes, latitudes, levels)
def test_a_coarser_tile_is_a_prefix(longitude, latitude, level):
    cell = cell_of(longitude, latitude)
    assert parent_of(cell, level) == cell_of(longitude, latitude, level)
    first, last = range_of(parent_of(cell, level), level)
    assert first <= cell <= last


@given(longitudes, latitudes, levels)
def test_a_point_is_right_and_below_the_corner_of_its_tile(longitude, latitude, level):
    west, north = corner_of(cell_of(longitude, latitude, level), level)
    assert west <= longitude + 1e-9
    assert latitude <= north + 1e-9
    assert longitude - west <= 360 / 2**level + 1e-9


@given(longitudes, latitudes, longitudes, latitudes, some.floats(0, 1), some.floats(0, 1), levels)
def test_the_ranges_of_a_window_hold_every_point_of_it(west, south, east, north, across, up, level):
    south, north = sorted((south, north))
    width = (east - west) % 360
    window = Window(west, south, west + width, north)
    longitude = (west + width * across + 180) % 360 - 180
    cell = cell_of(longitude, south + (north - south) * up, level)
    ranges = ranges_over(window, of=level)
    assert any(first <= cell <= last for first, last in ranges)
    assert all(one[1] + 1 < other[0] for one, other in pairwise(ranges))
    if count_over(window, level) < 2000:
        assert cell in set(cells_over(window, level))


def test_the_tile_of_valenciennes_is_the_one_that_maps_ask_for():
    # https://tile.openstreetmap.org/10/522/345.png
    west, north = corner_of(cell_of(3.5233, 50.3570, 10), 10)
    assert (round((west + 180) / 360 * 2**10), round(north, 3)) == (522, 50.513)


@pytest.fixture
def north(db):
    """Four communes of the official code, two of one name, one in the perimeter."""
    region = Region.objects.create(code="32", name="Hauts-de-France")
    far = Region.objects.create(code="11", name="Île-de-France")
    for code, name, postal, department, longitude in (
        ("59606", "Valenciennes", "59300", ("59", region), 3.52),
        ("59350", "Lille", "59000 59160", ("59", region), 3.06),
        ("93066", "Saint-Denis", "93200", ("93", far), 2.36),
        ("97411", "Saint-Denis", "97400", ("974", far), 55.45),
    ):
        Department.objects.get_or_create(code=department[0], defaults={"name": department[0], "region": department[1]})
        Commune.objects.create(
            code=code, name=name, department_id=department[0], postal_codes=postal, longitude=longitude, latitude=50
        )
    territory = TerritoryFactory.create(slug="nord", name="Nord")
    perimeter = Perimeter.objects.create(territory=territory, key="perimetre")
    PerimeterCommune.objects.create(
        perimeter=perimeter, code="59153", name="Condé-sur-l'Escaut", longitude="3.61", latitude="50.45"
    )
    return territory


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"commune": "Condé-sur-Escaut"}, "59153"),
        ({"commune": "LILLE CEDEX 9"}, "59350"),
        ({"commune": "Saint-Denis"}, ""),
        ({"commune": "St-Denis", "postcode": "97400"}, "97411"),
        ({"commune": "Nulle-Part"}, ""),
        ({"commune": "", "commune_code": "59606"}, "59606"),
        ({"commune": "Valenciennes cedex", "commune_code": "59606"}, "59606"),
        ({"commune": "Lille", "commune_code": "59606"}, "59350"),
        ({"commune": "Saint-Denis", "commune_code": "59606"}, ""),
        ({"commune": "Ailleurs", "commune_code": "01004"}, "01004"),
        ({"commune": ""}, ""),
    ],
)
def test_a_commune_gets_its_code_and_nothing_is_guessed(north, said, code):
    organisation = Organisation(territory=north, **said)
    locate(north, [organisation])
    assert organisation.commune_code == code
    assert organisation.commune == said["commune"]


def test_the_point_is_that_of_the_commune_until_a_better_one_is_given(north):
    organisation = Organisation(territory=north, commune="Condé-sur-Escaut")
    locate(north, [organisation])
    assert (organisation.longitude, organisation.point_origin) == (3.61, PointOrigin.COMMUNE)
    assert organisation.cell == cell_of(3.61, 50.45)

    organisation.commune = "Lille"
    locate(north, [organisation])
    assert organisation.longitude == 3.06

    organisation.longitude, organisation.latitude, organisation.point_origin = 3.0, 50.6, PointOrigin.ADDRESS
    organisation.commune = "Nulle-Part"
    locate(north, [organisation])
    assert (organisation.longitude, organisation.point_origin, organisation.commune_code) == (3.0, "adresse", "")
    assert organisation.cell == cell_of(3.0, 50.6)


def test_what_is_placed_by_its_commune_loses_its_point_with_it(north):
    organisation = Organisation(territory=north, commune="Lille")
    locate(north, [organisation])
    organisation.commune = "Nulle-Part"
    locate(north, [organisation])
    assert (organisation.longitude, organisation.latitude, organisation.point_origin, organisation.cell) == (
        None,
        None,
        "",
        None,
    )


def test_the_rows_of_a_territory_are_placed_once(north):
    for _ in range(3):
        OrganisationFactory(territory=north, commune="Lille")
    OrganisationFactory(territory=north, commune="Nulle-Part")
    assert (place(north), place(north)) == (3, 0)
    assert Organisation.objects.filter(point_origin="commune", cell__isnull=False, version=1).count() == 3


@pytest.mark.parametrize("size", [1, 3])
def test_placing_costs_the_same_for_one_or_three(size, north, queries: QueryCounter):
    rows = [Organisation(territory=north, commune=name) for name in ("Lille", "Valenciennes", "Nulle-Part")[:size]]
    with queries(2):
        locate(north, rows)
