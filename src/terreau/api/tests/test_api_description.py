"""The description for machines, the page for people, and the reference."""

import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from terreau.api import description

REFERENCE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "api.md"
IDS = [
    "territoires", "territoire", "organisations", "organisation", "liens", "jalons", "faits", "sources", "contradictions", "recherche",
]  # fmt: skip


@pytest.fixture
def schema():
    with override("fr"):
        return description.schema()


def described(schema):
    """Give every parameter and field: (its place, its description)."""
    for path, methods in schema["paths"].items():
        for parameter in methods["get"]["parameters"]:
            yield f"{path} {parameter['name']}", parameter.get("description", "")
    for name, shape in schema["components"]["schemas"].items():
        for field, details in shape.get("properties", {}).items():
            yield f"{name}.{field}", details.get("description", "")


def test_every_operation_is_described(schema):
    assert [methods["get"]["operationId"] for methods in schema["paths"].values()] == IDS


def test_every_operation_only_reads(schema):
    assert {method for methods in schema["paths"].values() for method in methods} == {"get"}


def test_every_parameter_and_field_is_described_in_french(schema):
    assert [place for place, words in described(schema) if not words.endswith((".", "…"))] == []


def test_the_description_speaks_english_to_who_reads_english(schema):
    with override("en"):
        english = dict(described(description.schema()))
    assert [place for place, words in described(schema) if english[place] == words] == []


def test_the_description_leaks_no_comment_of_the_code(schema):
    enums = [shape for shape in schema["components"]["schemas"].values() if "enum" in shape]
    assert (len(enums) > 5, [shape for shape in enums if "description" in shape]) == (True, [])


def test_the_description_is_served(visitor, db):
    response = visitor.get("/api/v1/openapi.json")
    assert (response.status_code, response.json()["openapi"], response.json()["info"]["title"]) == (
        200,
        "3.1.0",
        "Terreau",
    )


@pytest.mark.parametrize("operation", IDS)
def test_the_reference_names_every_operation(schema, operation):
    (path,) = [path for path, methods in schema["paths"].items() if methods["get"]["operationId"] == operation]
    assert f"`{path}`" in REFERENCE.read_text(encoding="utf-8")


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_page_names_every_operation_and_shape(visitor, full, schema):
    html = visitor.get("/api/v1/").content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    shapes = {name for name, shape in schema["components"]["schemas"].items() if "properties" in shape}
    assert ids >= {*(f"operation-{name}" for name in IDS), *(f"forme-{name}" for name in shapes)}


def test_the_page_leads_nowhere_that_is_not_on_it(visitor, full):
    html = visitor.get("/api/v1/").content.decode()
    assert set(re.findall(r'href="#([^"]+)"', html)) - set(re.findall(r'\sid="([^"]+)"', html)) == set()


def test_the_page_gives_examples_that_work(visitor, full):
    examples = re.findall(r'href="(/api/v1/territoires/[^"]*)"', visitor.get("/api/v1/").content.decode())
    assert [len(examples), *{visitor.get(example).status_code for example in examples}] == [len(IDS), 200]


def test_the_page_shows_without_any_territory(visitor, db):
    response = visitor.get("/api/v1/")
    assert (response.status_code, b"Exemple" in response.content) == (200, False)


def test_the_page_has_no_example_that_only_the_team_sees(visitor, world):
    world.organisation("a-cacher", visibility="equipe")
    assert b"a-cacher" not in visitor.get("/api/v1/").content


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_two_queries_and_those_of_the_layout(visitor, world, queries, items):
    for number in range(items):
        world.organisation(f"organisation-{number}")
    with queries(2):
        visitor.get("/api/v1/")


def test_every_page_leads_to_the_documentation(visitor, db):
    assert 'href="/api/v1/"' in visitor.get("/catalogue/").content.decode()


# --- Whatever is asked -----------------------------------------------------------------------------------------------


KNOWN = {"territoire": "valenciennois", "cle": "velo"}


@pytest.fixture
def server(db):
    """Our own application, in this process: no network, and the connection of the test, as Django's client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_the_answer_is_as_described(server, full, name, mode):
    operation = server.find_operation_by_id(name)
    path: Any = {key: value for key, value in KNOWN.items() if f"{{{key}}}" in operation.path}
    asked = operation.as_strategy(
        mode, **({"path_parameters": path} if path and mode == GenerationMode.POSITIVE else {})
    )

    @settings(max_examples=20, database=None, suppress_health_check=list(HealthCheck))
    @given(case=asked)
    def check(case):
        case.call_and_validate(headers={"Accept-Encoding": "identity"})  # the WSGI transport does not inflate

    check()
