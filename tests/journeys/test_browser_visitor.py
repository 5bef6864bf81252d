"""What a visitor does with the keyboard only: find, read, follow, filter, change the language and the theme."""

import re

import pytest

pytestmark = pytest.mark.browser

HOME = "/valenciennois/"
PHONE = (360, 740)
WORDS_OF_THE_CHROME = (
    "Annuaire",
    "Ressources",
    "Frise",
    "Aller au contenu",
    "Se connecter",
    "Vous êtes ici",
    "Récits",
)


@pytest.fixture(autouse=True)
def served(served_valenciennois):
    """The real territory, in the database of the live server."""


def focused(page) -> str:
    """Say where the focus is: the text of a link or button, the id of a field."""
    return page.evaluate(
        """() => {
          const one = document.activeElement;
          return one.matches("input, main, section") ? `#${one.id}` : one.textContent.replace(/\\s+/g, " ").trim();
        }"""
    )


def tab_until(page, is_there, most: int = 80) -> None:
    """Press Tab until the focus is where `is_there` says."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if is_there(focused(page)):
            return
    pytest.fail(f"Not reached in {most} presses of Tab; the focus is on {focused(page)!r}.", pytrace=False)


def test_from_home_to_a_partner_of_the_place_one_was_looking_for(page):
    page.goto(HOME)
    tab_until(page, lambda place: place == "#q")
    page.keyboard.type("ooscaar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/**")

    tab_until(page, lambda place: place == "Chez Oscaar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire/chez-oscaar/")

    partner = page.locator("#liens a").first
    name = re.sub(r"\s+", " ", partner.inner_text())
    tab_until(page, lambda place: place == name)
    page.keyboard.press("Enter")
    page.wait_for_function("!location.pathname.includes('chez-oscaar')")
    assert name in re.sub(r"\s+", " ", page.locator("h1").inner_text())


def test_the_skip_link_is_first_and_moves_the_focus(page):
    page.goto(f"{HOME}annuaire/")
    page.keyboard.press("Tab")
    assert focused(page) == "Aller au contenu"
    assert page.locator(".skip").is_visible()

    page.keyboard.press("Enter")
    assert focused(page) == "#contenu"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("viewport", [PHONE])
def test_the_menu_of_a_phone_opens_with_enter(page):
    page.goto(HOME)
    assert not page.get_by_role("link", name="Annuaire", exact=True).is_visible()

    tab_until(page, lambda place: place == "Menu", 5)
    page.keyboard.press("Enter")
    tab_until(page, lambda place: place == "Annuaire", 3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire/")


def test_the_directory_is_filtered_with_the_keyboard(page):
    page.goto(f"{HOME}annuaire/")
    everything = page.locator(".results .card").count()

    tab_until(page, lambda place: place == "#filter-q")
    page.keyboard.type("velo")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=velo**")

    assert 0 < page.locator(".results .card").count() < everything
    assert "Maison du Vélo" in page.locator(".results .card").first.inner_text().replace("\xa0", " ")
    assert page.locator("#filter-q").input_value() == "velo"
    count = page.locator(".filters-count")
    assert count.get_attribute("role") == "status"
    tab_until(page, lambda place: place == count.inner_text(), 40)
    page.keyboard.press("Enter")
    assert focused(page) == "#resultats"


@pytest.mark.parametrize("viewport", [PHONE, (1280, 900)])
def test_the_picture_of_the_timeline_can_be_passed(page):
    page.goto(f"{HOME}frise/")
    tab_until(page, lambda place: place.startswith("Passer le dessin"))
    page.keyboard.press("Enter")
    assert focused(page) == "#jalons"

    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('jalons').contains(document.activeElement)")


@pytest.mark.parametrize("address", [HOME, f"{HOME}frise/?de=2021", f"{HOME}annuaire/chez-oscaar/", f"{HOME}chiffres/"])
def test_the_keyboard_goes_through_a_page_without_being_held(page, address):
    """From the first to the last thing of the page in as many presses as there are things, and out of it."""
    page.goto(address)
    things = page.locator("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']").count()
    page.locator(".site-foot a").last.evaluate("node => { node.dataset.last = '' }")

    for _press in range(things + 1):
        page.keyboard.press("Tab")
        if page.evaluate("'last' in document.activeElement.dataset"):
            return
    pytest.fail(f"The last link was not reached; the focus is on {focused(page)!r}.", pytrace=False)


def test_the_language_changes_the_page_one_reads_and_stays(page):
    page.goto(f"{HOME}annuaire/chez-oscaar/")
    page.get_by_role("button", name="English").click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.url.endswith("/annuaire/chez-oscaar/")

    for address in ("annuaire/", "frise/", "gouvernance/", "relais/", "chiffres/"):
        page.goto(f"{HOME}{address}")
        assert page.locator("html").get_attribute("lang") == "en"
        chrome = page.locator(".skip, .site-head, .breadcrumb, h1, .site-foot").all_inner_texts()
        assert [word for word in WORDS_OF_THE_CHROME if re.search(rf"\b{word}\b", " ".join(chrome))] == []

    page.get_by_role("button", name="Français").click()
    page.wait_for_function("document.documentElement.lang === 'fr'")


def test_the_theme_that_one_chose_stays(page):
    page.goto(HOME)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Thème sombre").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light

    page.goto(f"{HOME}annuaire/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.get_by_role("button", name="Thème clair").is_visible()
