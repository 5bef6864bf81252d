"""The format tells itself: the page, the schemas, the committed reference."""

import json
import re

import dossier_reference
import pytest
from django.test import Client

from terreau.dossier import reference
from terreau.kernel import dossier as d


@pytest.fixture
def response(db):
    return Client().get("/format/")


def test_anyone_reads_the_format(response):
    assert response.status_code == 200
    assert "territoire.yaml" in response.content.decode()


def test_the_page_says_every_key_of_every_file(response):
    html = response.content.decode()
    for file in reference.files():
        assert f'id="{file.name}"' in html
        for section in file.sections:
            for line in section.keys:
                assert f"<code>{line.path}</code>" in html


def test_an_address_inside_the_page_is_given_once(response):
    found = re.findall(r' id="([^"]+)"', response.content.decode())
    assert sorted(found) == sorted(set(found))


def test_the_page_costs_no_query(db, queries):
    client = Client()
    client.get("/format/")
    with queries(0):
        client.get("/format/")


def test_a_key_says_its_type_in_words():
    [organisations] = [
        section for file in reference.files() for section in file.sections if section.path == "organisations"
    ]
    lines = {line.path: line for line in organisations.keys}

    assert (lines["nom"].type, lines["nom"].required) == ("texte", True)
    assert (lines["nature"].type, lines["nature"].required) == ("identifiant (nature)", True)
    assert lines["themes"].type.replace("’", "'") == "liste d'identifiants (thème)"
    assert (lines["creation"].type, lines["creation"].required) == ("date EDTF", False)
    assert lines["anonyme"].default == "false"
    assert "sigle" in lines["autres_noms.type"].admitted


def test_a_schema_is_downloaded_and_kept(db):
    response = Client().get("/format/organisations.schema.json")

    assert response["Content-Type"] == "application/schema+json; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert json.loads(response.content)["title"] == "organisations.yaml"
    again = Client().get("/format/organisations.schema.json", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_unknown_schema_is_not_found(db):
    assert Client().get("/format/autre.schema.json").status_code == 404


def test_every_file_has_a_schema_that_refuses_unknown_keys():
    for name in d.file_models():
        assert json.loads(reference.schema_text(name))["additionalProperties"] is False


def test_the_committed_reference_is_up_to_date():
    for path, text in dossier_reference.texts().items():
        assert path.is_file(), f"{path} is missing: run python tools/dossier_reference.py"
        assert path.read_text(encoding="utf-8") == text, f"{path} is old: run python tools/dossier_reference.py"
