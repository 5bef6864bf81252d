"""Every page of the real territory in a real browser: reachable by all, light, and true without JavaScript."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from terreau.kernel import policy
from terreau.kernel.pure.actor import VISITOR
from terreau.kernel.testing.addresses import endpoints

if TYPE_CHECKING:
    from playwright.sync_api import Response

pytestmark = pytest.mark.browser

HOME = "/valenciennois/"
MAIN = (
    "/",
    HOME,
    f"{HOME}annuaire/",
    f"{HOME}annuaire/cavm/",
    f"{HOME}annuaire/chez-oscaar/",
    f"{HOME}frise/",
    f"{HOME}recherche/?q=ooscaar",
    "/compte/connexion/",
)
"""Pages checked on a phone in the light and on a desk in the dark; the others share their looks: a phone is enough."""
NO_PAGE = {
    "account_logout", "api:health", "trajectory:timeline_svg", "directory:map_data", "directory:map_communes",
    "directory:export_csv", "directory:export_geojson", "directory:export_xlsx", "directory:offer_csv", "directory:offer_json",
}  # fmt: skip
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
LEAST_BYTES, MOST_BYTES = 30_000, 150_000
"""A page without its style and its letters was not measured."""


def others() -> Iterator[str]:
    """Give every other page that a visitor may open without naming a record."""
    for endpoint in endpoints():
        is_plain = set(endpoint.parameters) <= {"territory"} and "GET" in endpoint.methods
        is_data = "api/" in endpoint.route and endpoint.name not in {"api:documentation", "feeds:home"}
        if is_plain and not is_data and endpoint.name not in NO_PAGE and policy.allows(endpoint.action, VISITOR):
            address = endpoint.address("valenciennois")
            if address not in MAIN:
                yield address


ADDRESSES = [*MAIN, *others()]


@pytest.fixture(autouse=True)
def served(served_valenciennois):
    """The real territory, in the database of the live server."""


def outline(page) -> dict[str, int]:
    """Count what each page has once, and how far it runs past the window."""
    return page.evaluate(
        """() => ({
          h1: document.querySelectorAll("h1").length,
          main: document.querySelectorAll("main").length,
          header: document.querySelectorAll("body > header").length,
          footer: document.querySelectorAll("body > footer").length,
          past: Math.max(0, document.documentElement.scrollWidth - innerWidth),
        })"""
    )


ONCE = {"h1": 1, "main": 1, "header": 1, "footer": 1, "past": 0}


def bytes_of(response: "Response", server: str) -> int:
    """Give what travels: a page as it is sent, a static file as a real instance sends it, compressed ahead."""
    path = response.url.removeprefix(server)
    if not path.startswith("/static/"):
        return int(response.request.sizes()["responseBodySize"])
    found = finders.find(path.removeprefix("/static/"))
    assert found, path
    content = Path(found).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_light_and_for_everyone(page, live_server, axe, address):
    sent: list[Response] = []
    page.on("response", lambda response: sent.append(response))  # noqa: PLW0108 -- Playwright marks what it is given
    page.set_viewport_size(PHONE)
    page.goto(address)
    assert page.title().endswith("Terreau")

    assert outline(page) == ONCE
    axe(page)
    page.set_viewport_size(DESK)
    assert outline(page) == ONCE
    if address in MAIN:
        page.emulate_media(color_scheme="dark")
        axe(page)

    weight = sum(bytes_of(response, live_server.url) for response in sent)
    assert MOST_BYTES > weight > LEAST_BYTES


READ = """() => {
  const shown = document.body.cloneNode(true);
  shown.querySelectorAll("#theme").forEach((node) => node.remove());
  return shown.textContent.replace(/\\s+/g, " ").trim();
}"""


def test_every_page_says_the_same_without_javascript(page, no_script_page):
    different = []

    for address in ADDRESSES:
        page.goto(address, wait_until="domcontentloaded")
        no_script_page.goto(address, wait_until="domcontentloaded")
        if page.evaluate(READ) != no_script_page.evaluate(READ):
            different.append(address)

    assert different == []


@pytest.mark.parametrize("address", [HOME, f"{HOME}annuaire/chez-oscaar/", f"{HOME}frise/"])
def test_a_printed_page_leaves_the_tools_of_the_screen_behind(page, address):
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert [
        name
        for name in (".skip", ".menu-body", ".search-box", ".filters", ".site-foot ul")
        if page.locator(name).first.is_visible()
    ] == []
