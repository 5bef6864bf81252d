"""Every page that a visitor may open on the real territory: for each role, in French and in English, at a bounded cost.

Nothing is listed here by hand: a new page is read as soon as it is in the URL list, and a record as soon as it has one.
"""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from terreau.kernel import policy
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import VISITOR
from terreau.kernel.testing.addresses import endpoints

ROLES = (
    *("visitor", "member", "manager", "contributor", "juror", "officer"),
    *("animator", "steward", "observer", "administrator", "stranger"),
)
MOST_QUERIES = 8
OF_EVERY_PAGE = re.compile(
    r'"(django_session|accounts_user|accounts_grant)"|SAVEPOINT|RELEASE|BEGIN|ROLLBACK|SELECT JSON\('
)
"""The session, who reads, and what they may do; and whether SQLite knows JSON, asked once per connection: not the
page's own cost."""
ELSEWHERE = {"account_login": 302, "account_signup": 302, "account_logout": 302, "api:root": 404}
"""Pages that send back whoever is already in, or already out, and the address that says there is no page there."""
SAID_BY_THE_RECORD = {
    "site:territory_home",
    "directory:organisation_detail",
    "directory:initiative_detail",
    "directory:resource_detail",
    "directory:offer_detail",
}
"""Pages whose heading is a name, which no one translates."""
SAME_IN_BOTH = {"directory:initiative_list", "directory:source_list"}
"""Pages whose heading is written alike in French and in English."""


@pytest.fixture
def valenciennois(db, lasting_valenciennois):
    return lasting_valenciennois


@pytest.fixture
def addresses(valenciennois) -> list[str]:
    """Every page open to visitors: those that need no record, and the first record of each kind of page."""
    needing_none = [
        endpoint.address(valenciennois.slug)
        for endpoint in endpoints()
        if set(endpoint.parameters) <= {"territory"}
        and "GET" in endpoint.methods
        and policy.allows(endpoint.action, VISITOR, valenciennois)
    ]
    first_of_each = {resolve(address).view_name: address for address in reversed(records(valenciennois))}
    return list(dict.fromkeys([*needing_none, *first_of_each.values()]))


def records(territory) -> list[str]:
    """List the pages of the records that visitors read, parts of a page left aside."""
    found = Entry.objects.filter(territory=territory, visibility="publique").exclude(url="").order_by("kind", "key")
    return list(dict.fromkeys(url.split("#")[0].split("?")[0] for url in found.values_list("url", flat=True)))


def is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def words(response: HttpResponse) -> str:
    """Give what a reader sees, without the tags, nor the code that a page quotes."""
    html = re.sub(r"<code>.*?</code>", "", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def heading(response: HttpResponse) -> str:
    """Give the only h1 of a page."""
    [found] = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found)).strip()


def slips(response: HttpResponse) -> Iterator[str]:
    """Give what no page shows: a placeholder left empty, a missing value, the insides of an object."""
    yield from re.findall(
        r".{0,40}(?:%\(|(?<!-)\bNone\b(?!-)|\bNaN\b|&lt;\w+ object|\{\{|\{%|__proxy__).{0,40}", words(response)
    )


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_whoever_reads(request, role, addresses):
    client = request.getfixturevalue(role)

    answers = {address: client.get(address).status_code for address in addresses}

    assert {
        address: status
        for address, status in answers.items()
        if status not in {200, ELSEWHERE.get(resolve(address).view_name)}
    } == {}


def test_every_record_with_a_page_answers(visitor, valenciennois):
    pages = records(valenciennois)

    assert len(pages) > 66
    assert {address: status for address in pages if (status := visitor.get(address).status_code) != 200} == {}


@pytest.mark.parametrize("role", ["visitor", "animator"])
def test_every_page_is_read_in_a_few_queries(request, role, addresses):
    client = request.getfixturevalue(role)
    costly = {}

    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        asked = [query["sql"] for query in captured if not OF_EVERY_PAGE.search(query["sql"])]
        if len(asked) > MOST_QUERIES:
            costly[address] = len(asked), asked

    assert costly == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_shows_what_was_meant_for_the_machine(visitor, valenciennois, addresses, language):
    visitor.cookies["django_language"] = language
    shown = {
        address: found
        for address in dict.fromkeys([*addresses, *records(valenciennois)])
        if is_page(response := visitor.get(address)) and (found := list(slips(response)))
    }

    assert shown == {}


def test_every_page_has_one_heading_and_one_title_of_its_own(visitor, addresses):
    titles: dict[str, list[str]] = {}
    for address in addresses:
        if is_page(response := visitor.get(address)):
            assert heading(response), address
            [title] = re.findall(r"<title>(.*?)</title>", response.content.decode().split("</head>")[0])
            assert not title.startswith(" "), address
            titles.setdefault(title, []).append(address)

    assert {title: shared for title, shared in titles.items() if len(shared) > 1} == {}


def test_every_page_is_said_in_english(visitor, addresses):
    wrong = {}
    for address in addresses:
        visitor.cookies["django_language"] = "fr"
        french = visitor.get(address)
        if not is_page(french):
            continue
        visitor.cookies["django_language"] = "en"
        english = visitor.get(address)
        is_english = '<html lang="en">' in english.content.decode()
        is_translated = (
            heading(french) != heading(english) or resolve(address).view_name in SAID_BY_THE_RECORD | SAME_IN_BOTH
        )
        if not (is_english and is_translated):
            wrong[address] = heading(english)

    assert wrong == {}
