"""The feeds: what leaves, to whom, at what cost, and what a harvester that comes often receives."""

import csv
import io
import json
from typing import Any

import geojson
import pytest

from terreau.api.queries import feeds
from terreau.directory.models import Identifier, Organisation, OrganisationName
from terreau.directory.services.organisations import update_organisation
from terreau.kernel.clock import today
from terreau.territory.models import Perimeter, PerimeterCommune, Theme

BASE = "/valenciennois/api"
EVERYONE = ("organisations.geojson", "organisations.csv")
LIVING = ("elements.json", "elements.json?ontology=gogocompact", "elements.jsonld", "data-inclusion/structures.json")
COSTS = {
    "elements.json": 7,
    "elements.json?ontology=gogocompact": 7,
    "elements.jsonld": 7,
    "elements.json?bounds=3,50,4,51&categories=theme-mobilite&limit=5": 7,
    "data-inclusion/structures.json": 7,
    "data-inclusion/exclus.json": 4,
    "organisations.geojson": 6,
    "organisations.csv": 6,
    "taxonomy.json": 4,
    "project-info.json": 3,
}
"""Of which one for the territory, one for how fresh it is."""


def body(response: Any) -> str:
    assert response.status_code == 200, response.content
    return response.getvalue().decode()


def read(client: Any, path: str) -> Any:
    return json.loads(body(client.get(f"{BASE}/{path}")))


def full(world: Any, key: str, **fields: Any) -> Organisation:
    made = world.organisation(
        key,
        **{
            "address": "3 place d'Armes",
            "postcode": "59300",
            "commune": "Valenciennes",
            "commune_code": "59606",
            "longitude": 3.5234,
            "latitude": 50.3579,
            "point_origin": "adresse",
            "email": f"{key}@example.org",
            "telephone": "03 27 00 00 00",
            "site": "https://example.org/",
            "summary": "On répare des vélos.",
        }
        | fields,
    )
    Identifier.objects.create(organisation=made, scheme="siren", value="245901160")
    return made


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("path", COSTS)
def test_a_feed_costs_the_same_for_one_or_three_organisations(visitor, world, queries, items, path):
    for number in range(items):
        full(world, f"velo-{number}")
    with queries(COSTS[path]):
        body(visitor.get(f"{BASE}/{path}"))


def test_one_element_costs_the_same_whatever_stands_beside_it(visitor, world, queries):
    for number in range(3):
        full(world, f"velo-{number}")
    with queries(7):
        body(visitor.get(f"{BASE}/elements/velo-1.json"))


def test_the_page_lists_every_feed_and_costs_one_query_more_than_none(visitor, world, queries):
    full(world, "velo")
    full(world, "finie", end="2020")
    with queries(2):
        page = body(visitor.get(f"{BASE}/"))

    assert [path for path in COSTS if "?" not in path and f"http://testserver{BASE}/{path}" not in page] == []
    assert "2 organisations" in page


# --- What leaves -----------------------------------------------------------------------------------------------------


@pytest.fixture
def leaky(world: Any) -> Any:
    """One public organisation, and beside it all that must not leave."""
    shown = full(world, "velo")
    full(world, "equipe", visibility="equipe", name="SECRET équipe")
    full(world, "membres", visibility="membres", name="SECRET membres")
    full(world, "privee", visibility="privee", name="SECRET privée")
    full(world, "archivee", archived_on=today(), name="SECRET archivée")
    full(world, "reunie", merged_into=shown, name="SECRET réunie")
    hidden = Theme.objects.create(territory=world.territory, key="cache", name="SECRET thème", visibility="equipe")
    shown.themes.add(hidden)
    return world


@pytest.mark.parametrize("path", [*EVERYONE, *LIVING, "data-inclusion/exclus.json", "taxonomy.json"])
@pytest.mark.parametrize("role", ["visitor", "steward"])
def test_only_what_everyone_sees_leaves_whoever_asks(request, leaky, role, path):
    told = body(request.getfixturevalue(role).get(f"{BASE}/{path}"))

    assert "SECRET" not in told
    assert "velo" in told or "exclus" in path or "taxonomy" in path


@pytest.mark.parametrize("path", [*EVERYONE, *LIVING])
def test_addresses_to_write_to_are_told_to_the_service_made_for_them_alone(visitor, world, path):
    full(world, "velo")

    assert ("velo@example.org" in body(visitor.get(f"{BASE}/{path}"))) is path.startswith("data-inclusion")


@pytest.mark.parametrize("key", ["equipe", "membres", "privee", "archivee", "reunie", "inconnue"])
def test_what_does_not_leave_has_no_element_of_its_own(visitor, leaky, key):
    response = visitor.get(f"{BASE}/elements/{key}.json")

    assert (response.status_code, response.json()["ok"]) == (404, False)


def test_what_is_over_or_has_no_name_is_for_memory_and_not_for_maps(visitor, world):
    full(world, "velo")
    full(world, "finie", end="2020")
    full(world, "sans-nom", is_anonymous=True)

    assert [one["id"] for one in read(visitor, "elements.json")["data"]] == ["velo"]
    assert [one["id"] for one in read(visitor, "organisations.geojson")["features"]] == ["velo", "finie", "sans-nom"]


def test_an_organisation_stays_on_maps_until_its_end_is_surely_past(visitor, world):
    full(world, "velo", end=str(today().year))

    assert [one["id"] for one in read(visitor, "elements.json")["data"]] == ["velo"]


def test_names_numbers_and_themes_stay_with_their_organisation(visitor, world):
    """Read side by side as streams, with holes on each side."""
    for number in range(5):
        one = world.organisation(f"n-{number}")
        if number % 2:
            one.themes.clear()
            OrganisationName.objects.filter(organisation=one).delete()
        if number in {1, 4}:
            Identifier.objects.create(organisation=one, scheme="rna", value=f"W59500000{number}")

    told = {one["id"]: one["properties"] for one in read(visitor, "organisations.geojson")["features"]}

    assert [(one["autres_noms"], one["themes"], one["rna"]) for one in told.values()] == [
        (["N-0"], ["Mobilité"], None),
        ([], [], "W595000001"),
        (["N-2"], ["Mobilité"], None),
        ([], [], None),
        (["N-4"], ["Mobilité"], "W595000004"),
    ]


def test_a_feed_does_not_hold_the_directory_in_memory(world, monkeypatch):
    """The first piece leaves before the second chunk is read."""
    monkeypatch.setattr(feeds, "CHUNK", 2)
    for number in range(7):
        full(world, f"velo-{number}")
    told = feeds.listed(world.territory, feeds.everyone(world.territory))

    assert next(told).key == "velo-0"
    assert [one.key for one in told] == [f"velo-{number}" for number in range(1, 7)]


# --- How it travels --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EVERYONE, *LIVING, "taxonomy.json", "project-info.json", "elements/velo.json"])
def test_any_site_may_read_a_feed_and_any_cache_keep_it(member, world, path):
    full(world, "velo")
    response = member.get(f"{BASE}/{path}")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Link"].endswith('rel="license"')
    assert not response.cookies


def test_the_page_of_the_feeds_is_not_open_to_other_sites(visitor, world):
    assert "Access-Control-Allow-Origin" not in visitor.get(f"{BASE}/")


@pytest.mark.parametrize("path", [*EVERYONE, *LIVING])
def test_who_has_the_last_state_receives_nothing_for_two_queries(visitor, world, queries, path):
    full(world, "velo")
    first = visitor.get(f"{BASE}/{path}")
    body(first)

    with queries(2):
        again = visitor.get(f"{BASE}/{path}", headers={"If-None-Match": first["ETag"]})
    with queries(2):
        dated = visitor.get(f"{BASE}/{path}", headers={"If-Modified-Since": first["Last-Modified"]})

    assert (again.status_code, again.content, dated.status_code) == (304, b"", 304)
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_change_made_in_the_site_is_sent_to_who_has_the_state_before(visitor, animator, world):
    velo = full(world, "velo")
    before = visitor.get(f"{BASE}/elements.json")
    body(before)

    update_organisation(velo, by=animator.actor, version=velo.version, changes={"name": "Vélo pour tous"})
    after = visitor.get(f"{BASE}/elements.json", headers={"If-None-Match": before["ETag"]})

    assert json.loads(body(after))["data"][0]["name"] == "Vélo pour tous"
    assert after["ETag"] != before["ETag"]


def test_a_feed_changes_at_midnight_because_an_organisation_may_be_over(world, monkeypatch):
    before = feeds.state_of(world.territory)
    monkeypatch.setattr(feeds, "today", lambda: today().replace(year=today().year + 1))

    assert feeds.state_of(world.territory).mark != before.mark


def test_the_headers_alone_cost_no_reading_of_the_directory(visitor, world, queries):
    full(world, "velo")
    with queries(2):
        response = visitor.head(f"{BASE}/organisations.csv")

    assert (response.status_code, response.getvalue()) == (200, b"")
    assert response["ETag"]


def test_a_browser_of_another_site_may_ask_first(visitor, world):
    response = visitor.options(f"{BASE}/elements.json")

    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_a_feed_is_read_and_not_written(visitor, world):
    response = visitor.post(f"{BASE}/elements.json")

    assert (response.status_code, response.json()["ok"]) == (405, False)


@pytest.mark.parametrize(
    "wrong",
    [
        "elements.json?limit=0", "elements.json?limit=beaucoup", "elements.json?limit=٣", "elements.json?bounds=ici",
        "elements.json?bounds=1,2,3", "elements.json?bounds=nan,0,1,1", "elements.json?bounds=inf,0,1,1", "elements.json?bounds=0,91,1,92",
        "data-inclusion/structures.json?page=0", "data-inclusion/structures.json?size=10001", "data-inclusion/exclus.json?page=-1",
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_read_is_refused_in_words(visitor, world, wrong):
    response = visitor.get(f"{BASE}/{wrong}")

    assert response.status_code == 422
    assert len(response.json()["errors"]) == 1


# --- GeoJSON and CSV, read by others' parsers ---------------------------------------------------------------------


def test_the_geojson_is_read_by_another_parser(visitor, world):
    full(world, "velo")
    full(world, "sans-point", longitude=None, latitude=None, point_origin="")

    collection = geojson.loads(body(visitor.get(f"{BASE}/organisations.geojson")))

    assert isinstance(collection, geojson.FeatureCollection)
    assert (collection.is_valid, collection.errors()) == (True, [])
    assert [one.geometry for one in collection.features] == [geojson.Point((3.5234, 50.3579)), None]
    assert collection["licence"] == "Licence Ouverte 2.0"


def test_the_table_is_read_by_another_parser_and_runs_nothing_in_a_spreadsheet(visitor, world):
    full(
        world,
        "velo",
        name='=HYPERLINK("http://exemple.invalid")',
        summary='Deux\nlignes, et des "guillemets"',
        longitude=-1.5,
    )

    rows = list(csv.DictReader(io.StringIO(body(visitor.get(f"{BASE}/organisations.csv")), newline="")))

    assert len(rows) == 1
    assert rows[0]["nom"] == '\'=HYPERLINK("http://exemple.invalid")'
    assert rows[0]["resume"] == 'Deux\nlignes, et des "guillemets"'
    assert (rows[0]["longitude"], rows[0]["siren"], rows[0]["autres_noms"]) == ("-1.5", "245901160", "VELO")
    assert None not in rows[0]


# --- GoGoCarto -------------------------------------------------------------------------------------------------------


@pytest.fixture
def perimeter(world: Any) -> None:
    perimeter = Perimeter.objects.create(territory=world.territory, key="perimetre")
    PerimeterCommune.objects.create(perimeter=perimeter, code="59014", name="Anzin", longitude=3.5, latitude=50.37)


def harvested(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Read elements as GoGoCarto's own importer does: any of the names that it takes, in its order."""
    found = []
    for row in data["data"]:
        geo = row.get("geo") or {}
        address = row.get("address") or {}
        address = {"streetAddress": address} if isinstance(address, str) else address
        found.append(
            {
                "old_id": row["id"],
                "name": row.get("title") or row.get("name"),
                "latitude": row.get("lat") or row.get("latitude") or geo.get("latitude") or 0,
                "longitude": row.get("lng") or row.get("lon") or row.get("long") or geo.get("longitude") or 0,
                "street": address.get("streetAddress", ""),
                "taxonomy": row.get("taxonomy") or row.get("categories") or [],
                "source": row.get("source") or row.get("sourceKey"),
            }
        )
    return found


def test_a_solidarity_map_harvests_an_organisation(visitor, world):
    full(world, "velo")

    assert harvested(read(visitor, "elements.json")) == [
        {
            "old_id": "velo",
            "name": "Velo",
            "latitude": 50.3579,
            "longitude": 3.5234,
            "street": "3 place d'Armes",
            "taxonomy": ["Mobilité", "Association"],
            "source": "terreau-valenciennois",
        }
    ]


def test_an_element_carries_its_options_by_identifiers_of_the_taxonomy(visitor, world):
    full(world, "velo")
    (element,) = read(visitor, "elements.json")["data"]
    groups = read(visitor, "taxonomy.json")["options"]
    options = {
        option["id"]: option["name"]
        for group in groups
        for part in group["subcategories"]
        for option in part["options"]
    }

    assert {one["id"]: one["name"] for one in element["categoriesFull"]} == options
    assert read(visitor, "elements/velo.json")["data"] == element


def test_an_organisation_without_a_point_is_placed_by_its_street_or_in_its_commune(visitor, world, perimeter):
    nowhere = {"longitude": None, "latitude": None, "point_origin": ""}
    full(world, "rue", **nowhere)
    full(world, "code", **nowhere | {"address": "", "commune": "Anzin", "commune_code": "59014"})
    full(world, "nom", **nowhere | {"address": "", "commune": "Anzin", "commune_code": ""})
    full(world, "nulle-part", **nowhere | {"address": "", "commune": "", "commune_code": ""})

    told = {one["id"]: (one.get("geo"), one.get("geoPrecision")) for one in read(visitor, "elements.json")["data"]}
    placed = [one[0] for one in read(visitor, "elements.json?ontology=gogocompact")["data"]]

    anzin = ({"latitude": 50.37, "longitude": 3.5}, "commune")
    assert told == {"rue": (None, None), "code": anzin, "nom": anzin, "nulle-part": (None, None)}
    assert placed == ["code", "nom"]


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("bounds=3.4,50.3,3.6,50.4", ["velo", "anzin"]),
        ("bounds=3.6,50.4,3.4,50.3", ["velo", "anzin"]),
        ("bounds=0,0,1,1;3.51,50.3,3.6,50.4", ["velo"]),
        ("bounds=0,0,1,1", []),
        ("categories=theme-mobilite", ["velo", "anzin", "loin"]),
        ("categories=nature-association,theme-rien", ["velo", "anzin", "loin"]),
        ("categories=theme-rien", []),
        ("limit=2", ["velo", "anzin"]),
        ("stamps=1&excludeExternal=true&token=x", ["velo", "anzin", "loin"]),
    ],
)
def test_a_map_asks_for_what_it_shows(visitor, world, perimeter, asked, keys):
    full(world, "velo")
    full(world, "anzin", longitude=None, latitude=None, address="", commune="Anzin", commune_code="59014")
    full(world, "loin", longitude=2.35, latitude=48.85)

    assert [one["id"] for one in read(visitor, f"elements.json?{asked}")["data"]] == keys


def test_linked_data_name_the_page_of_the_organisation(visitor, world):
    full(world, "velo")
    (node,) = read(visitor, "elements.jsonld")["@graph"]

    assert (node["@id"], node["@type"]) == ("http://testserver/valenciennois/annuaire/velo/", "Organization")
    assert node["identifier"] == [{"@type": "PropertyValue", "propertyID": "siren", "value": "245901160"}]


# --- data·inclusion --------------------------------------------------------------------------------------------------


def test_structures_come_by_pages_and_put_together_are_the_whole(visitor, world):
    for number in range(5):
        full(world, f"velo-{number}")
    pages = [read(visitor, f"data-inclusion/structures.json?size=2&page={number}") for number in (1, 2, 3, 4)]

    assert [(page["total"], page["pages"], len(page["items"])) for page in pages] == [
        (5, 3, 2),
        (5, 3, 2),
        (5, 3, 1),
        (5, 3, 0),
    ]
    assert [one["id"] for page in pages for one in page["items"]] == [
        f"terreau-valenciennois--velo-{number}" for number in range(5)
    ]


def test_what_the_schema_cannot_say_is_listed_with_the_reason(visitor, world):
    full(world, "velo")
    full(world, "finie", end="2020")
    full(world, "sans-nom", is_anonymous=True)
    full(world, "court", name=" O2.. ")

    told, left_out = read(visitor, "data-inclusion/structures.json"), read(visitor, "data-inclusion/exclus.json")

    assert (told["total"], told["exclus"]["total"], left_out["total"]) == (1, 3, 3)
    assert told["exclus"]["adresse"] == f"http://testserver{BASE}/data-inclusion/exclus.json"
    assert [(one["id"], one["motif"]) for one in left_out["items"]] == [
        ("finie", "terminee"),
        ("sans-nom", "sans-nom"),
        ("court", "nom-trop-court"),
    ]
