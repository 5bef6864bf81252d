"""Every address of the site and every operation of the API, for every role, at home and on another territory.

Nothing is listed here by hand. A new view is walked as soon as it is in the URL list; it needs a name, and an action
given by `reads`, `writes` or `opened` (terreau.kernel.http). A new permission needs a line in
docs/reference/policy-matrix.md, which `python tools/policy_matrix.py` writes.

The API is `terreau.api.urls.api`. Its views are opened as a whole, and each operation guards itself:

    @router.get("/organisations")
    @operation("directory.read")
    def organisations(request): ...
"""

import re
import runpy
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path

from terreau.kernel import policy
from terreau.kernel.errors import NotAllowed
from terreau.kernel.http import PolicyMiddleware, operation
from terreau.kernel.pure.actor import SYSTEM
from terreau.kernel.testing.addresses import Endpoint, endpoints, walk
from terreau.territory.enums import RESERVED_SLUGS

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "terreau"
API = "api/"
SIGN_IN = "/compte/connexion/"

ROLES = (
    *("visitor", "member", "manager", "contributor", "juror", "officer"),
    *("animator", "steward", "observer", "administrator", "stranger"),
)
READS = re.compile(r"\(*\s*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN)\b", re.IGNORECASE)


def pages() -> list[Endpoint]:
    return [endpoint for endpoint in endpoints() if endpoint.action and not endpoint.route.startswith(API)]


@cache
def operations() -> list[tuple[str, Any]]:
    """List the operations of the API as ("GET /organisations", function)."""
    if not find_spec("terreau.api.urls"):
        return []
    api = import_module("terreau.api.urls").api
    return [
        (f"{method} {prefix}{path}", operation.view_func)
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]


def test_every_address_has_a_name_and_an_action():
    assert [endpoint.route for endpoint in endpoints() if not (endpoint.name and endpoint.action)] == []


def test_a_view_without_action_is_noticed_and_closed(rf):
    def forgotten(request):
        return HttpResponse("secret")

    request = rf.get("/oubli/")
    request.actor, request.territory = SYSTEM, None

    assert [endpoint.action for endpoint in walk([path("oubli/", forgotten, name="oubli")])] == [""]
    with pytest.raises(PermissionDenied):
        PolicyMiddleware(forgotten).process_view(request, forgotten, (), {})


def test_an_operation_of_the_api_guards_itself(rf, steward, animator, valenciennois):
    @operation("accounts.team.change")
    def change(request, role):
        return HttpResponse(role)

    request = rf.post("/api/equipe")
    request.territory = valenciennois

    request.actor = steward.actor
    assert change(request, role="juror").content == b"juror"
    request.actor = animator.actor
    with pytest.raises(NotAllowed):
        change(request, role="juror")


def test_every_operation_of_the_api_has_an_action():
    assert [name for name, function in operations() if not getattr(function, "action", "")] == []


def test_every_action_in_use_is_in_the_table():
    known = {permission.action for permission in policy.table()}
    used = {endpoint.action: endpoint.route for endpoint in endpoints() if endpoint.action}
    used |= {function.action: name for name, function in operations() if hasattr(function, "action")}

    assert {action: where for action, where in used.items() if action not in known} == {}


def test_every_permission_of_the_table_is_in_use():
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for file in SOURCES.rglob("*.py")
        if file.name != "policy.py" and "tests" not in file.parts
    )

    assert [entry.action for entry in policy.table() if f'"{entry.action}"' not in code] == []


def test_every_permission_says_why():
    assert [entry.action for entry in policy.table() if not str(entry.why).strip()] == []


def test_the_table_has_been_read_again_since_it_changed():
    matrix = runpy.run_path(str(ROOT / "tools" / "policy_matrix.py"))

    assert matrix["PAGE"].read_text(encoding="utf-8") == matrix["render"]()


def test_no_territory_can_take_an_address_of_the_site():
    first_words = {endpoint.route.lstrip("^").split("/")[0] for endpoint in endpoints()}

    assert {word for word in first_words if word and "<" not in word} <= RESERVED_SLUGS


def questions(client: Any, territories: tuple[Any, ...]) -> Iterator[tuple[Endpoint, str, bool]]:
    """Give each page with its address and the verdict of the table, once per territory if it has one."""
    for page in pages():
        for territory in territories if "territory" in page.parameters else (None,):
            yield (
                page,
                page.address(territory.slug if territory else ""),
                policy.allows(page.action, client.actor, territory),
            )


@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_to_whom_the_table_says(request, role, valenciennois, elsewhere):
    client = request.getfixturevalue(role)
    wrong = []

    for page, address, allowed in questions(client, (valenciennois, elsewhere)):
        if "GET" not in page.methods:
            continue
        response = client.get(address)
        if allowed:
            right = response.status_code < 500 and response.status_code not in {401, 403, 405}
        elif role == "visitor":
            right = response.status_code == 302 and response["Location"].startswith(f"{SIGN_IN}?next=")
        else:
            right = response.status_code == 403
        if not right:
            wrong.append((page.action, address, "allowed" if allowed else "refused", response.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_form_sent_by_someone_else_is_refused_and_writes_nothing(request, role, valenciennois, elsewhere):
    client = request.getfixturevalue(role)
    wrong = []

    for page, address, allowed in questions(client, (valenciennois, elsewhere)):
        if allowed or "POST" not in page.methods:
            continue
        with CaptureQueriesContext(connection) as captured:
            response = client.post(address, {"name": "essai"})
        written = [query["sql"] for query in captured if not READS.match(query["sql"])]
        if response.status_code != 403 or written:
            wrong.append((page.action, address, response.status_code, written))

    assert wrong == []
