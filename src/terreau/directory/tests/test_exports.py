"""What leaves the list, read back by the parsers of others."""

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from terreau.directory.queries.exports import COLUMNS
from terreau.directory.tests.factories import IdentifierFactory, NameFactory, OrganisationFactory, ThemeFactory, told
from terreau.kernel.enums import Visibility
from terreau.kernel.pure.csv_lines import guarded

BASE = "/valenciennois/annuaire/export"


def body(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response)


def rows_of(client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client.get(f"{BASE}.csv{query}")).decode("utf-8-sig")), delimiter=";"))


def features_of(client, query: str = "") -> list[dict[str, Any]]:
    return json.loads(body(client.get(f"{BASE}.geojson{query}")))["features"]


def sheets_of(client, query: str = ""):
    return load_workbook(io.BytesIO(body(client.get(f"{BASE}.xlsx{query}"))))


@pytest.fixture
def three(valenciennois):
    theme = ThemeFactory.create(territory=valenciennois, key="velo", name="Vélo ; réparation")
    for name, said in (
        ("Zénith", {"summary": 'Deux\nlignes ; « et » "guillemets"', "start": "2001~", "longitude": 3.5, "latitude": 50.3,
                    "point_origin": "adresse", "cell": 1, "commune": "Anzin"}),
        ('=HYPERLINK("https://exemple.invalid")', {}),
        ("École", {"end": "2012", "start": "1990"}),
    ):  # fmt: skip
        organisation = OrganisationFactory.create(territory=valenciennois, name=name, **said)
        organisation.themes.add(theme)
        NameFactory(organisation=organisation, name=f"Autre {name}")
        IdentifierFactory(organisation=organisation, value="732829320")
        told(organisation)
    return valenciennois


def test_the_csv_holds_the_list_in_its_order(visitor, three):
    rows = rows_of(visitor)
    assert [row["nom"] for row in rows] == ["École", '\'=HYPERLINK("https://exemple.invalid")', "Zénith"]
    last = rows[-1]
    assert (last["resume"], last["creation"], last["longitude"], last["siren"]) == (
        'Deux\nlignes ; « et » "guillemets"', "2001~", "3.5", "732829320",
    )  # fmt: skip
    assert (last["autres_noms"], last["themes"], last["origine_du_point"]) == (
        "Autre Zénith",
        "Vélo ; réparation",
        "son adresse",
    )
    assert last["fiche"].startswith("http://testserver/valenciennois/annuaire/")
    assert set(rows[0]) == set(COLUMNS)
    assert rows[0]["longitude"] == ""


def test_the_csv_begins_with_its_mark_so_that_spreadsheets_read_accents(visitor, three):
    response = visitor.get(f"{BASE}.csv")
    assert body(response).startswith(b"\xef\xbb\xbfidentifiant;nom;")
    assert 'filename="annuaire-valenciennois-' in response["Content-Disposition"]
    assert 'rel="license"' in response["Link"]


def test_each_file_says_its_day_its_filters_and_its_licence(visitor, three):
    said = rows_of(visitor, "?theme=velo&le=2000")[0]["provenance"]
    for words in (
        "Valenciennois",
        "extrait le 20",
        "Vélo ; réparation",
        "2000",
        "Licence Ouverte 2.0",
        "?theme=velo&le=2000",
    ):
        assert words in said
    about = json.loads(body(visitor.get(f"{BASE}.geojson?q=zenith")))["provenance"]
    assert (about["licence"], about["filtres"].replace("\xa0", " ")) == ("Licence Ouverte 2.0", "recherche : zenith")
    sheet = sheets_of(visitor).worksheets[1]
    told_there = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert (told_there["Licence"], told_there["Organisations"]) == ("Licence Ouverte 2.0", 3)


def test_the_geojson_is_read_back_with_its_points(visitor, three):
    features = features_of(visitor)
    assert [feature["properties"]["nom"] for feature in features][::2] == ["École", "Zénith"]
    assert features[-1]["geometry"] == {"type": "Point", "coordinates": [3.5, 50.3]}
    assert features[0]["geometry"] is None
    assert features[0]["properties"]["themes"] == ["Vélo ; réparation"]


def test_the_spreadsheet_is_read_back_without_any_formula(visitor, three):
    sheet = sheets_of(visitor).worksheets[0]
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head] == list(COLUMNS[:-1])
    assert [row[1].value for row in rows] == ["École", '\'=HYPERLINK("https://exemple.invalid")', "Zénith"]
    assert "f" not in {cell.data_type for row in rows for cell in row}


def test_exports_hold_exactly_what_is_filtered(visitor, three):
    for query, count in (("", 3), ("?commune=Anzin", 1), ("?q=zenith", 1), ("?le=2020", 2), ("?theme=inconnu", 0)):
        assert len(rows_of(visitor, query)) == len(features_of(visitor, query)) == count
        assert sheets_of(visitor, query).worksheets[0].max_row == count + 1


def test_nothing_leaves_that_its_reader_may_not_see(visitor, animator, stranger, valenciennois, elsewhere):
    for visibility in Visibility.values:
        told(OrganisationFactory(territory=valenciennois, name=f"Fiche {visibility}", visibility=visibility,
                                 email="dominique@exemple.invalid", telephone="0600000000", note="Note de travail"))  # fmt: skip
    told(OrganisationFactory(territory=valenciennois, name="Fiche ancienne", archived_on="2020-01-01"))
    told(OrganisationFactory(territory=elsewhere, name="Fiche là-bas"))
    for client, names in (
        (visitor, {"Fiche publique"}),
        (stranger, {"Fiche publique"}),
        (animator, {"Fiche publique", "Fiche membres", "Fiche equipe"}),
    ):
        assert {row["nom"] for row in rows_of(client)} == names
        assert {feature["properties"]["nom"] for feature in features_of(client)} == names
        assert {row[1].value for row in sheets_of(client).worksheets[0].iter_rows(min_row=2)} == names
    for ending in ("csv", "geojson"):
        words = body(visitor.get(f"{BASE}.{ending}")).decode()
        assert not any(hidden in words for hidden in ("dominique", "0600000000", "Note de travail"))


@pytest.mark.parametrize("ending", ["csv", "geojson", "xlsx"])
@pytest.mark.parametrize("size", [1, 3])
def test_an_export_costs_the_same_for_one_or_three(ending, size, visitor, valenciennois, queries):
    for _ in range(size):
        told(OrganisationFactory(territory=valenciennois))
    with queries(7):
        body(visitor.get(f"{BASE}.{ending}"))


def test_an_export_is_read_by_chunks_and_misses_none(visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.queries.exports.CHUNK", 2)
    for number in range(7):
        told(OrganisationFactory(territory=valenciennois, name=f"Structure {number}"))
    assert [row["nom"] for row in rows_of(visitor)] == [f"Structure {number}" for number in range(7)]


def test_a_sheet_that_would_be_too_long_says_where_the_rest_is(visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.views.exports.MOST_IN_SHEET", 1)
    for _ in range(2):
        told(OrganisationFactory(territory=valenciennois))
    book = sheets_of(visitor)
    assert book.worksheets[0].max_row == 2
    assert "le fichier CSV les donne toutes" in [row[1].value for row in book.worksheets[1].iter_rows()][-1]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-2", "'-2"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("a=1", "a=1"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_held_back(text, cell):
    assert guarded(text) == cell
