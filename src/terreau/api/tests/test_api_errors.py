"""Errors have one body, in the reader's language, and none is a page."""

import json

import pytest
from django.test import Client

from terreau.api.queries import records
from terreau.kernel import policy
from terreau.kernel.policy import Permission, stewards

BASE = "/api/v1/territoires/valenciennois"


PLAIN = {0xA0: " ", 0x202F: " ", ord("’"): "'"}
"""What the build makes of our spaces and apostrophes, undone."""


def told_by(response):
    return json.loads(response.content.decode().translate(PLAIN))


def body(status, error, *errors):
    return {"ok": False, "error": error, "errors": list(errors), "status": status}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/nulle-part/", "Rien ne se trouve à cette adresse."),
        ("/api/", "Rien ne se trouve à cette adresse."),
        ("/api/v2/territoires/", "Rien ne se trouve à cette adresse."),
        ("/api/v1/territoires/inconnu/", "Aucun territoire ne porte ce nom ici."),
        ("/api/v1/territoires/inconnu/liens/", "Aucun territoire ne porte ce nom ici."),
        (f"{BASE}/organisations/inconnue/", "Aucune organisation visible ne porte cet identifiant dans ce territoire."),
        ("/api/v1/territoires/a%0Ab/", "Rien ne se trouve à cette adresse."),
        ("/api/v1/territoires/%00/", "Rien ne se trouve à cette adresse."),
    ],
)
def test_what_is_not_there_is_told_in_json(visitor, valenciennois, path, told):
    response = visitor.get(path)
    assert (response.status_code, response["Content-Type"], told_by(response)) == (
        404,
        "application/json",
        body(404, told),
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("limite=0", "« limite » vaut au moins 1."),
        ("limite=201", "« limite » vaut au plus 200."),
        ("limite=beaucoup", "« limite » doit être un nombre entier."),
        ("apres=", "« apres » n'est pas un identifiant : des minuscules sans accent, des chiffres et des tirets."),
        ("apres=%00", "« apres » n'est pas un identifiant : des minuscules sans accent, des chiffres et des tirets."),
        ("limit=10", "« limit » n'est pas un paramètre de cette adresse : le retirer, ou corriger son nom."),
    ],
)
def test_a_wrong_parameter_is_named_with_its_remedy(visitor, valenciennois, query, told):
    response = visitor.get(f"{BASE}/organisations/?{query}")
    assert (response.status_code, told_by(response)) == (422, body(422, "Des paramètres ne conviennent pas.", told))


def test_a_search_without_words_says_what_is_missing(visitor, valenciennois):
    assert told_by(visitor.get(f"{BASE}/recherche/"))["errors"] == ["« q » est obligatoire : l'ajouter."]


def test_a_number_larger_than_the_database_knows_is_refused(visitor, valenciennois):
    assert visitor.get(f"{BASE}/faits/?apres={2**63}").status_code == 422


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", [f"{BASE}/organisations/", "/api/v1/", "/api/v1/openapi.json", "/api/v1/nulle-part/"])
def test_nothing_is_written_here(valenciennois, method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    told = body(405, "Cette adresse se lit seulement : la demander avec GET.")
    assert (response.status_code, response["Allow"], told_by(response)) == (405, "GET, HEAD, OPTIONS", told)


def test_an_error_is_told_in_english_to_who_reads_english(visitor, valenciennois):
    response = visitor.get("/api/v1/territoires/inconnu/", headers={"Accept-Language": "en"})
    assert told_by(response)["error"] == "No territory has this name here."


def test_a_breakdown_is_told_in_json_and_its_words_stay_here(visitor, valenciennois, monkeypatch, caplog):
    def broken(*args, **kwargs):
        message = "mot de passe"
        raise RuntimeError(message)

    monkeypatch.setattr(records, "organisations", broken)
    response = visitor.get(f"{BASE}/organisations/")
    assert (
        response.status_code,
        told_by(response)["ok"],
        b"mot de passe" in response.content,
        "mot de passe" in caplog.text,
    ) == (
        500,
        False,
        False,
        True,
    )


def test_an_operation_that_the_table_closes_is_refused_with_its_reason(visitor, steward, full, monkeypatch):
    closed = Permission("api.ties.read", stewards, "les garants lisent les liens")
    monkeypatch.setitem(policy._table, "api.ties.read", closed)
    response = visitor.get(f"{BASE}/liens/")
    assert (response.status_code, told_by(response), steward.get(f"{BASE}/liens/").status_code) == (
        403,
        body(403, "les garants lisent les liens"),
        200,
    )


def test_an_error_is_not_kept_by_caches(visitor, valenciennois):
    assert visitor.get("/api/v1/territoires/inconnu/")["Cache-Control"] == "private, no-cache"
