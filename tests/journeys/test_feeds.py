"""The demonstration, harvested: every structure, feature, line and element, read by other people's parsers."""

import csv
import io
import json
from typing import Any

import geojson
import pytest
from data_inclusion.schema.v1 import Structure

from terreau.directory.models import Organisation
from terreau.kernel.pure.actor import VISITOR

pytestmark = pytest.mark.django_db

BASE = "/valenciennois/api"


def read(client: Any, path: str) -> str:
    response = client.get(f"{BASE}/{path}")
    assert response.status_code == 200
    return response.getvalue().decode()


def test_the_whole_demonstration_leaves_and_is_read_back(visitor, real_valenciennois):
    everyone = list(
        Organisation.objects.of(real_valenciennois).visible_to(VISITOR).order_by("pk").values_list("key", "name")
    )

    structures = json.loads(read(visitor, "data-inclusion/structures.json"))
    left_out = json.loads(read(visitor, "data-inclusion/exclus.json"))
    valid = [
        Structure.model_validate_json(json.dumps(one), context={"ignore_warnings": False})
        for one in structures["items"]
    ]
    collection = geojson.loads(read(visitor, "organisations.geojson"))
    table = list(csv.DictReader(io.StringIO(read(visitor, "organisations.csv"), newline="")))
    elements = json.loads(read(visitor, "elements.json"))["data"]

    assert len(everyone) > 50
    assert [(one["id"], one["properties"]["nom"]) for one in collection.features] == everyone
    assert collection.is_valid
    assert [(row["identifiant"], row["nom"]) for row in table] == everyone
    told = {one.id.removeprefix("terreau-valenciennois--") for one in valid}
    reasons = {one["id"]: one["motif"] for one in left_out["items"]}
    assert told | set(reasons) == {key for key, _name in everyone}
    assert not told & set(reasons)
    assert {one["id"] for one in elements} == told | {key for key, why in reasons.items() if why == "nom-trop-court"}
