"""What the map of the directory is drawn from."""

import pytest

from terreau.directory.models import Organisation
from terreau.directory.pure.cells import cell_of
from terreau.directory.pure.families import family_of
from terreau.directory.tests.factories import OrganisationFactory, ThemeFactory, told
from terreau.geography.models import Shape
from terreau.kernel.enums import Visibility
from terreau.territory.models import Perimeter, PerimeterCommune

MAP = "/valenciennois/annuaire/carte.json"
AROUND = "bbox=3.4,50.2,3.7,50.5"


def put(territory, longitude=3.52, latitude=50.36, **said) -> Organisation:
    """Make an organisation with a point."""
    cell = cell_of(longitude, latitude)
    return told(OrganisationFactory(territory=territory, longitude=longitude, latitude=latitude, cell=cell, **said))


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    found = response.json()
    return found["total"], [feature["properties"] for feature in found["features"]]


def test_one_organisation_is_a_point_with_its_name_and_page(visitor, valenciennois):
    put(valenciennois, name="Chez Oscaar", key="chez-oscaar", commune="Anzin", point_origin="adresse")
    total, features = shown(visitor, f"{MAP}?{AROUND}&zoom=11")
    assert total == 1
    assert features == [
        {"kind": "one", "commune": "Anzin", "is_town": False, "name": "Chez Oscaar", "nature": "Association",
         "url": "/valenciennois/annuaire/chez-oscaar/", "family": "acteur"}
    ]  # fmt: skip


def test_those_of_one_point_are_one_place_that_names_them(visitor, valenciennois):
    for name in ("Une", "Deux"):
        put(valenciennois, name=name, point_origin="commune")
    total, (place,) = shown(visitor, MAP)
    assert (total, place["kind"], place["count"], place["is_town"]) == (2, "place", 2, True)
    assert [one["name"] for one in place["names"]] == ["Deux", "Une"]


@pytest.mark.parametrize("asked", ["", "&theme=velo", "&le=2020", "&q=structure", "&commune=Anzin", "&nature=inconnue"])
def test_far_away_they_are_groups_and_the_list_counts_the_same(asked, visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.queries.mapping.MOST_POINTS", 3)
    theme = ThemeFactory.create(territory=valenciennois, key="velo")
    for at in range(12):
        one = put(valenciennois, 3.4 + at / 100, name=f"Structure {at}", commune="Anzin" if at % 2 else "Marly")
        one.themes.set([theme] if at % 3 else [])
    total, features = shown(visitor, f"{MAP}?bbox=-5,42,9,52&zoom=5{asked}")
    listed = visitor.get(f"/valenciennois/annuaire/?{asked}").context["page"].total
    assert total == listed == sum(feature.get("count", 1) for feature in features)
    assert {feature["kind"] for feature in features} <= {"group", "one", "place"}


def test_a_group_stands_in_the_middle_of_its_organisations(visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.queries.mapping.MOST_POINTS", 0)
    for longitude in (3.50, 3.52):
        put(valenciennois, longitude)
    (feature,) = visitor.get(f"{MAP}?bbox=-5,42,9,52&zoom=4").json()["features"]
    assert feature["geometry"]["coordinates"] == [3.51, 50.36]
    assert feature["properties"] == {"kind": "group", "count": 2}


def test_at_the_last_zoom_a_crowd_is_a_place_that_leads_to_the_list(visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.queries.mapping.MOST_POINTS", 2)
    for _ in range(3):
        put(valenciennois, commune="Anzin", commune_code="59014")
    _total, (place,) = shown(visitor, f"{MAP}?bbox=3.5,50.3,3.6,50.4&zoom=18")
    assert (place["kind"], place["count"]) == ("place", 3)
    assert place["more"] == "/valenciennois/annuaire/?commune=59014"


def test_only_what_is_in_the_window_is_shown(visitor, valenciennois):
    put(valenciennois)
    put(valenciennois, 2.35, 48.85)
    assert shown(visitor, f"{MAP}?{AROUND}&zoom=12")[0] == 1
    assert shown(visitor, MAP)[0] == 2


@pytest.mark.parametrize("zoom", [0, 5, 11, 18])
def test_the_map_shows_nothing_that_the_list_hides(
    zoom, visitor, animator, stranger, valenciennois, elsewhere, monkeypatch
):
    for visibility in Visibility.values:
        put(valenciennois, name=f"Fiche {visibility}", visibility=visibility)
    put(valenciennois, name="Ancienne", archived_on="2020-01-01")
    put(elsewhere, name="Là-bas")
    for most in (100, 0):
        monkeypatch.setattr("terreau.directory.queries.mapping.MOST_POINTS", most)
        for client, count in ((visitor, 1), (stranger, 1), (animator, 3)):
            total, features = shown(client, f"{MAP}?{AROUND}&zoom={zoom}")
            assert (total, sum(feature.get("count", 1) for feature in features)) == (count, count)
        words = visitor.get(f"{MAP}?{AROUND}&zoom={zoom}").content.decode()
        assert not any(hidden in words for hidden in ("membres", "equipe", "privee", "Ancienne", "Là-bas"))


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("asked", ["", "&le=2020"])
def test_the_map_costs_the_same_for_one_or_three(size, asked, visitor, valenciennois, queries):
    for at in range(size):
        put(valenciennois, 3.5 + at / 1000)
    with queries(4):
        visitor.get(f"{MAP}?{AROUND}&zoom=10{asked}")


@pytest.mark.parametrize(
    "asked",
    [
        "bbox=1,2",
        "bbox=a,b,c,d",
        "bbox=nan,0,1,1",
        "bbox=1e9,0,1,1",
        "bbox=0,5,1,1",
        "bbox=0,0,1,1&zoom=-1",
        "zoom=a",
        "zoom=²",
    ],
)
def test_a_window_that_is_none_is_explained(asked, visitor, valenciennois):
    response = visitor.get(f"{MAP}?{asked}")
    assert response.status_code == 400
    assert "bbox=ouest,sud,est,nord" in response.json()["error"]


@pytest.mark.parametrize(
    "asked", ["bbox=170,-20,190,20&zoom=4", "bbox=-900,-90,900,90&zoom=22", "bbox=3,50,3,50&zoom=22"]
)
def test_any_window_of_the_earth_is_answered(asked, visitor, valenciennois):
    put(valenciennois, -179.5, 0)
    put(valenciennois, 3, 50)
    assert shown(visitor, f"{MAP}?{asked}")[0] >= 1


def test_communes_come_with_their_outline_and_a_named_point(visitor, valenciennois):
    perimeter = Perimeter.objects.create(territory=valenciennois, key="perimetre")
    PerimeterCommune.objects.create(perimeter=perimeter, code="59014", name="Anzin", longitude=3.5, latitude=50.4)
    outline = {
        "type": "Polygon",
        "coordinates": [[[3.4, 50.3], [3.6, 50.3], [3.5, 50.5], [3.4, 50.3]]],
        "bbox": [3.4, 50.3, 3.6, 50.5],
    }
    Shape.objects.create(code="59014", geojson=outline, source="IGN", vintage="2026")
    found = visitor.get("/valenciennois/annuaire/communes.json").json()
    assert [feature["properties"]["kind"] for feature in found["features"]] == ["outline", "town"]
    assert found["source"] == "IGN 2026"


def test_the_page_lets_pictures_come_from_the_base_map_and_from_nowhere_else(visitor, valenciennois):
    policy = visitor.get("/valenciennois/annuaire/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["img-src"] == "'self' data: blob: https://data.geopf.fr"
    assert rules["connect-src"] == "'self' https://data.geopf.fr"
    assert rules["script-src"] == rules["style-src"] == rules["worker-src"] == "'self'"


@pytest.mark.parametrize(
    ("nature", "category", "family"),
    [
        ("collectivite", "", "public"),
        ("association", "", "acteur"),
        ("association", "7210", "public"),
        ("etat", "9220", "acteur"),
    ],
)
def test_the_legal_category_says_the_side_and_the_nature_when_it_is_unknown(nature, category, family):
    assert family_of(nature, category) == family
