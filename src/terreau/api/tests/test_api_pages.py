"""Pages of a list, what they cost, and how often they need to travel."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terreau.api.queries import records
from terreau.kernel.pure.actor import VISITOR

BASE = "/api/v1/territoires/valenciennois"


def walk(client, path):
    """Follow `suivant` to the end; give the pages."""
    pages = []
    while path:
        response = client.get(path)
        assert response.status_code == 200
        pages.append(response.json())
        assert response.get("Link") == (f'<{pages[-1]["suivant"]}>; rel="next"' if pages[-1]["suivant"] else None)
        path = pages[-1]["suivant"]
    return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 200])
def test_pages_put_together_are_the_whole_list(visitor, world, limit):
    for number in range(7):
        world.organisation(f"organisation-{number}")
    pages = walk(visitor, f"{BASE}/organisations/?limite={limit}")
    assert [one["id"] for page in pages for one in page["elements"]] == [
        f"organisation-{number}" for number in range(7)
    ]


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_of_facts_put_together_are_the_whole_list(visitor, world, limit):
    velo = world.organisation("velo")
    numbers = [world.fact(velo).pk for _ in range(5)]
    pages = walk(visitor, f"{BASE}/faits/?limite={limit}")
    assert [one["numero"] for page in pages for one in page["elements"]] == numbers


def test_pages_of_a_search_put_together_are_the_whole_list(visitor, world):
    for number in range(5):
        world.organisation(f"velo-{number}")
    pages = walk(visitor, f"{BASE}/recherche/?q=velo&limite=2")
    found = [one["id"] for page in pages for one in page["elements"]]
    assert sorted(found) == [f"velo-{number}" for number in range(5)]


def test_a_filter_holds_on_every_page(visitor, world):
    velo, *others = [world.organisation(key) for key in ("velo", "a", "b", "c")]
    for other in others:
        world.tie(f"velo-{other.key}", velo, other)
    world.tie("a-b", others[0], others[1])
    pages = walk(visitor, f"{BASE}/liens/?organisation=velo&limite=1")
    assert [one["id"] for page in pages for one in page["elements"]] == ["velo-a", "velo-b", "velo-c"]


KEYS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.sets(KEYS, max_size=8), limit=st.integers(1, 9))
def test_whatever_the_keys_each_record_comes_once(world, keys, limit):
    world.livret.__class__.objects.exclude(pk=world.livret.pk).delete()
    for key in keys - {"livret"}:
        world.source(key)
    seen: list[str] = []
    after: Any = ""
    while after is not None:
        piece = records.sources(VISITOR, world.territory, after=after, limit=limit)
        seen += [one.id for one in piece.elements]
        after = piece.after
    assert sorted(seen) == sorted({*keys, "livret"})


COSTS = {"organisations": 9, "liens": 4, "jalons": 5, "faits": 4, "sources": 2, "contradictions": 5}


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("name", COSTS)
def test_a_list_costs_the_same_for_one_or_three_records(visitor, world, queries, items, name):
    for number in range(items):
        velo, fleur = world.organisation(f"velo-{number}"), world.organisation(f"fleur-{number}")
        world.tie(f"lien-{number}", velo, fleur)
        world.milestone(f"jalon-{number}", velo, fleur)
        world.dispute(f"doute-{number}", velo, fleur)
        world.fact(velo, fleur)
    with queries(COSTS[name]):
        visitor.get(f"{BASE}/{name}/")


@pytest.mark.parametrize("items", [1, 3])
def test_territories_cost_one_query(visitor, db, queries, items):
    from terreau.accounts.testing import TerritoryFactory  # noqa: PLC0415 -- app ready

    TerritoryFactory.create_batch(items)
    with queries(1):
        visitor.get("/api/v1/territoires/")


# --- Caches and other sites ------------------------------------------------------------------------------------------


def test_a_public_answer_may_be_read_from_any_site_and_kept_a_minute(visitor, full):
    response = visitor.get(f"{BASE}/organisations/")
    assert (
        response["Access-Control-Allow-Origin"],
        response["Cache-Control"],
        response.has_header("Access-Control-Allow-Credentials"),
    ) == (
        "*",
        "public, max-age=60",
        False,
    )


def test_an_answer_to_someone_signed_in_stays_between_us(animator, full):
    response = animator.get(f"{BASE}/organisations/")
    assert (response.has_header("Access-Control-Allow-Origin"), response["Cache-Control"]) == (
        False,
        "private, no-cache",
    )


def test_every_answer_varies_with_the_language_and_the_reader(visitor, full):
    varies = {name.strip() for name in visitor.get(f"{BASE}/organisations/")["Vary"].split(",")}
    assert varies >= {"Accept-Language", "Cookie"}


def test_a_visitor_receives_no_cookie(visitor, full):
    assert dict(visitor.get(f"{BASE}/organisations/").cookies) == {}


def test_what_the_reader_already_has_is_not_sent_again(visitor, full):
    tag = visitor.get(f"{BASE}/organisations/")["ETag"]
    again = visitor.get(f"{BASE}/organisations/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"], again["Access-Control-Allow-Origin"]) == (
        304,
        b"",
        tag,
        "*",
    )


def test_what_changed_is_sent_again(visitor, full):
    tag = visitor.get(f"{BASE}/organisations/")["ETag"]
    full.organisation("nouvelle")
    assert visitor.get(f"{BASE}/organisations/", headers={"If-None-Match": tag}).status_code == 200


def test_readers_who_see_differently_have_different_tags(visitor, animator, full):
    assert visitor.get(f"{BASE}/organisations/")["ETag"] != animator.get(f"{BASE}/organisations/")["ETag"]


def test_a_browser_asks_before_reading_from_another_site(visitor, full):
    response = visitor.options(f"{BASE}/organisations/", headers={"Origin": "https://example.org"})
    assert (
        response.status_code,
        response["Access-Control-Allow-Methods"],
        response["Access-Control-Allow-Headers"],
    ) == (
        204,
        "GET, HEAD, OPTIONS",
        "If-None-Match, Accept-Language",
    )


def test_the_head_of_an_answer_may_be_asked_alone(visitor, full):
    whole, head = visitor.get(f"{BASE}/organisations/"), visitor.head(f"{BASE}/organisations/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
