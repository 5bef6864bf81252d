"""Two records of one structure: compared, merged, found at both addresses, and taken apart again."""

import pytest

from terreau.accounts.testing import PASSWORD
from terreau.directory.tests.factories import IdentifierFactory, OrganisationFactory, TieFactory, told
from terreau.duplicates.models import Merge
from terreau.kernel.enums import Role

pytestmark = pytest.mark.browser

LIST = "/valenciennois/animation/doublons/"


@pytest.fixture
def pair_of_records(transactional_db, cast, valenciennois):
    """An animator, and two records of one house with what hangs on them."""
    cast(Role.ANIMATOR)
    one = OrganisationFactory.create(
        territory=valenciennois, key="maison-du-velo", name="Maison du vélo", commune="Valenciennes"
    )
    other = OrganisationFactory.create(
        territory=valenciennois, key="mdv", name="La Maison du Vélo (association)", commune="VALENCIENNES",
        nature=one.nature, telephone="03 27 00 11 22",
    )  # fmt: skip
    IdentifierFactory.create(organisation=other, scheme="siren", value="123456782")
    told(one)
    told(other)
    told(TieFactory.create(territory=valenciennois, origin=one, start="2018"))
    return one, other


def compare(page):
    page.goto(f"/compte/connexion/?next={LIST}")
    page.get_by_label("Courriel").fill("animator@valenciennois.example.org")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIST}")
    page.get_by_role("button", name="Chercher les doublons").click()
    page.get_by_role("link", name="Maison du vélo et La Maison").or_(
        page.get_by_role("link", name="et Maison du vélo")
    ).click()
    page.get_by_role("heading", name="Est-ce la même structure ?").wait_for()


@pytest.mark.parametrize("viewport", [(390, 844), (1280, 900)])
def test_two_records_are_merged_and_taken_apart_without_any_script(no_script_page, pair_of_records):
    page = no_script_page
    one, _other = pair_of_records
    compare(page)

    page.locator(f'input[name="name"][value="{one.pk}"]').check()
    page.get_by_role("button", name="Voir la fiche réunie").click()
    page.get_by_role("heading", name="La fiche réunie : Maison du vélo").wait_for()
    page.get_by_role("button", name="Réunir ces fiches").click()
    page.get_by_text("Les fiches sont réunies").wait_for()
    merged = page.url
    for key in ("mdv", "maison-du-velo"):
        page.goto(f"/valenciennois/annuaire/{key}/")
        assert page.url == merged

    page.goto(f"{LIST}fusions/")
    page.get_by_role("link", name="Maison du vélo").last.click()
    page.get_by_role("button", name="Défaire la fusion").click()
    page.get_by_text("chaque fiche est redevenue ce qu").wait_for()
    page.goto("/valenciennois/annuaire/mdv/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("La Maison")
    assert Merge.objects.get().undone_at is not None


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 900)])
def test_the_pages_of_duplicates_are_accessible_and_fit(page, axe, pair_of_records):
    compare(page)
    addresses = [LIST, page.url, f"{LIST}?etat=distinct", f"{LIST}fusions/"]
    for address in addresses:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    page.goto(addresses[1])
    page.get_by_role("button", name="Voir la fiche réunie").click()
    page.get_by_role("heading", name="La fiche réunie").wait_for()
    axe(page)
    page.get_by_role("button", name="Réunir ces fiches").click()
    page.get_by_text("Les fiches sont réunies").wait_for()
    page.goto(f"{LIST}fusions/{Merge.objects.get().pk}/")
    axe(page)
