"""Opening a page of the directory and writing its rows, on a phone, with the keyboard, and without JavaScript."""

from urllib.parse import quote

import pytest

from terreau.accounts.testing import PASSWORD
from terreau.directory.models import Organisation
from terreau.kernel.enums import Role

pytestmark = pytest.mark.browser

NEW = "/valenciennois/annuaire/ajouter/"
EMAIL = "animator@valenciennois.example.org"


@pytest.fixture
def valenciennois(served_valenciennois):
    return served_valenciennois


@pytest.fixture(autouse=True)
def someone(cast):
    """The animator's account, in the database of the live server."""
    return cast(Role.ANIMATOR)


def sign_in(page, address):
    page.goto(f"/compte/connexion/?next={quote(address)}")
    page.get_by_label("Courriel").fill(EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("viewport", [(320, 640)])
def test_a_page_is_opened_on_a_phone_after_an_error_is_mended(page, axe):
    sign_in(page, NEW)
    page.get_by_label("Nom", exact=True).fill("Le jardin des Écluses")
    page.get_by_label("Site").fill("pas une adresse")
    page.get_by_role("button", name="Enregistrer").click()
    page.locator(".error-summary").wait_for()
    axe(page)
    assert page.get_by_label("Nom", exact=True).input_value() == "Le jardin des Écluses"

    page.get_by_label("Nature", exact=True).select_option(index=1)
    page.get_by_label("Site").fill("jardin.example.org")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/annuaire/le-jardin-des-ecluses/")
    assert page.get_by_role("link", name="Voir son site").get_attribute("href") == "https://jardin.example.org"
    axe(page)


def test_a_row_is_added_without_javascript_and_nothing_is_lost(no_script_page):
    page = no_script_page
    address = "/valenciennois/annuaire/chez-oscaar/modifier/"
    sign_in(page, address)
    kept = Organisation.objects.get(key="chez-oscaar").links.count()
    rows = page.locator("#links")
    rows.locator("summary").first.click()
    rows.get_by_label("Intitulé").nth(kept).fill("Le blog")
    rows.get_by_label("Adresse").nth(kept).fill("https://blog.example.org")
    rows.get_by_role("button", name="Une ligne de plus").click()
    rows.get_by_label("Intitulé").nth(kept + 1).wait_for()
    rows.get_by_label("Intitulé").nth(kept + 1).fill("La boutique")
    rows.get_by_label("Adresse").nth(kept + 1).fill("https://boutique.example.org")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/annuaire/chez-oscaar/")

    assert page.get_by_role("link", name="La boutique").get_attribute("href") == "https://boutique.example.org"
    assert list(Organisation.objects.get(key="chez-oscaar").links.values_list("label", flat=True))[kept:] == [
        "Le blog",
        "La boutique",
    ]
