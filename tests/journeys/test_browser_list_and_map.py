"""The list and the map of the directory in a real browser: by keyboard, with a voice, without a base map."""

import re

import pytest

pytestmark = pytest.mark.browser

LIST = "/valenciennois/annuaire/"
PHONE = (390, 844)
READY = ".directory-list[data-ready]"
DRAWN = "#carte-vive[data-drawn]"


@pytest.fixture(autouse=True)
def served(served_valenciennois, settings):
    """The real territory, and no picture under the map: nothing leaves the machine."""
    settings.TERREAU_MAP_TILES = ""


def count_of(page) -> int:
    return int(re.sub(r"\D", "", page.locator(".filters-count").inner_text()))


def open_map(page) -> None:
    """Open the detailed map with the keyboard, and wait for its marks."""
    page.wait_for_selector(READY, state="attached")
    page.locator("#carte-ouvrir").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(DRAWN, state="attached", timeout=30_000)


def test_a_filter_chosen_with_the_keyboard_is_announced_and_kept_in_the_address(page, axe):
    page.goto(LIST)
    page.wait_for_selector(READY, state="attached")
    everything = count_of(page)
    box = page.get_by_role("checkbox", name=re.compile("^Association"))
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**nature=association**")
    page.wait_for_selector('.directory-list[aria-busy="false"]', state="attached")

    assert 0 < count_of(page) < everything
    assert page.locator(".filters-count").get_attribute("role") == "status"
    assert page.evaluate("document.activeElement.value") == "association"
    assert page.locator(".results .card").count() == min(40, count_of(page))
    axe(page)

    page.go_back()
    page.wait_for_url(lambda address: "nature" not in address)
    page.wait_for_selector('.directory-list[aria-busy="false"]', state="attached")
    assert count_of(page) == everything


def test_the_next_page_comes_in_place_and_takes_the_focus(page):
    page.goto(LIST)
    page.wait_for_selector(READY, state="attached")
    first = page.locator(".results .card").first.inner_text()
    page.locator('.pagination [rel="next"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2")
    page.wait_for_selector('.directory-list[aria-busy="false"]', state="attached")
    assert page.locator(".results .card").first.inner_text() != first
    assert page.evaluate("document.activeElement.id") == "resultats"


@pytest.mark.parametrize("viewport", [PHONE, (1280, 900)])
def test_the_map_is_asked_for_names_what_it_shows_and_follows_the_filters(page, axe, viewport):
    page.goto(LIST)
    assert "maplibre" not in page.content().split("carte-vive")[0]
    if viewport == PHONE:
        page.wait_for_selector(READY, state="attached")
        assert page.locator(".results .card").first.bounding_box()["y"] < viewport[1]
        page.locator("#carte > summary").focus()
        page.keyboard.press("Enter")
    open_map(page)

    place = page.get_by_role("button", name=re.compile("organisations, Valenciennes")).first
    place.focus()
    page.keyboard.press("Enter")
    links = page.locator(".maplibregl-popup-content a")
    assert links.count() > 1
    assert "/valenciennois/annuaire/" in links.first.get_attribute("href")
    axe(page)

    drawn = int(page.locator("#carte-vive").get_attribute("data-drawn"))
    page.evaluate("document.querySelector('.filters-more').open = true")
    page.get_by_label("Commune", exact=True).select_option("Marly")
    page.wait_for_url("**commune=Marly**")
    page.wait_for_selector(f'#carte-vive:not([data-drawn="{drawn}"])', state="attached")
    page.wait_for_selector('.directory-list[aria-busy="false"]', state="attached")
    assert page.locator(".marker").count() == 1
    assert count_of(page) == 3


def test_without_a_script_the_drawn_map_and_the_list_say_the_same(no_script_page):
    no_script_page.goto(f"{LIST}?commune=Marly")
    assert count_of(no_script_page) == no_script_page.locator(".results .card").count() == 3
    assert no_script_page.locator("#carte-dessin svg [data-code='59383'] title").text_content().startswith("Marly")
    assert not no_script_page.locator("#carte-ouvrir").is_visible()
