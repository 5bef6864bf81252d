"""A buyer finds an offer with the keyboard only; the team records a purchase wrongly, then rightly."""

from urllib.parse import quote

import pytest

from terreau.accounts.testing import PASSWORD
from terreau.directory.models import Purchase
from terreau.kernel.enums import Role

pytestmark = pytest.mark.browser

OFFERS = "/valenciennois/offres/"
NEW = "/valenciennois/nouvel-achat/?offre=of-bocaux"


@pytest.fixture(autouse=True)
def valenciennois(served_valenciennois):
    return served_valenciennois


def focused(page) -> str:
    """Say where the focus is: the id of a field, the text of anything else."""
    return page.evaluate(
        """() => {
          const one = document.activeElement;
          return one.matches("input, select") ? `#${one.id || one.value}` : one.textContent.replace(/\\s+/g, " ").trim();
        }"""
    )


def tab_until(page, place: str, most: int = 80) -> None:
    for _press in range(most):
        page.keyboard.press("Tab")
        if focused(page) == place:
            return
    pytest.fail(f"{place!r} not reached; the focus is on {focused(page)!r}.", pytrace=False)


def test_a_buyer_filters_opens_an_offer_and_keeps_a_short_list_by_keyboard(page, axe):
    page.goto(OFFERS)
    axe(page)
    tab_until(page, "#filter-q")
    page.keyboard.type("velo")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=velo**")
    assert 0 < page.locator(".results .card").count() < 10

    tab_until(page, "#filter-type")
    page.keyboard.press("p")
    tab_until(page, "Appliquer")
    page.keyboard.press("Enter")
    page.wait_for_url("**type=produit**")
    assert page.locator(".results .card-title").all_inner_texts() == ["Vente de cycles"]

    tab_until(page, "#of-vente-cycles")
    page.keyboard.press("Space")
    tab_until(page, "Voir ma sélection")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offres-choisies/?choix=of-vente-cycles")
    axe(page)
    tab_until(page, "Vente de cycles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/offres/of-vente-cycles/")
    axe(page)
    assert "Maison du Vélo" in page.locator("#fournisseurs").inner_text().replace("\xa0", " ")


@pytest.mark.parametrize("viewport", [(320, 640)])
@pytest.mark.parametrize(
    "address",
    [OFFERS, f"{OFFERS}of-espaces-chez-oscaar/", "/valenciennois/secteurs/conseils-formation/", "/valenciennois/distinctions/"],
)  # fmt: skip
def test_a_page_fits_a_small_phone_without_scripts_and_has_no_barrier(no_script_page, axe, page, address):
    no_script_page.goto(address)
    assert no_script_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(address)
    axe(page)


def test_the_team_records_a_purchase_wrongly_then_rightly(page, axe, cast):
    cast(Role.OFFICER)
    page.goto(f"/compte/connexion/?next={quote(NEW)}")
    page.get_by_label("Courriel").fill("officer@valenciennois.example.org")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#id_buyer").wait_for()
    axe(page)
    assert page.get_by_label("Fournisseur").input_value() == "Les Déchainés du bocal"

    page.get_by_label("Acheteur").fill("Les Déchainés du bocal")
    page.get_by_label("Date").fill("2023")
    page.get_by_label("Montant hors taxes").fill("1 200,50 €")
    page.get_by_role("button", name="Enregistrer").click()
    summary = page.locator(".error-summary")
    summary.wait_for()
    axe(page)
    assert "ne peut pas s'acheter à elle-même" in summary.inner_text().replace("\xa0", " ").replace("’", "'")
    assert Purchase.objects.filter(offer__key="of-bocaux").count() == 0

    summary.get_by_role("link").first.click()
    assert focused(page) == "#id_supplier"
    page.get_by_label("Acheteur").fill("Ville de Valenciennes")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/achats/**")
    axe(page)
    purchase = Purchase.objects.get(offer__key="of-bocaux")
    assert (str(purchase.amount), purchase.visibility) == ("1200.50", "equipe")
    assert "1 200,50" in page.locator("table").last.inner_text().replace("\xa0", " ")
