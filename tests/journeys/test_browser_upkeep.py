"""A structure claims its page and keeps it; a neighbour suggests without a script, and the team accepts in a batch."""

import re

import pytest
from django.core import mail

from terreau.accounts.testing import PASSWORD
from terreau.directory.models import Organisation, Suggestion
from terreau.kernel.enums import Role

pytestmark = pytest.mark.browser

PAGE = "/valenciennois/annuaire/chez-oscaar/"
ANIMATOR = "animator@valenciennois.example.org"


@pytest.fixture
def valenciennois(served_valenciennois):
    return served_valenciennois


@pytest.fixture(autouse=True)
def someone(cast):
    """The animator's account, in the database of the live server."""
    return cast(Role.ANIMATOR)


def sign_in(page, address):
    page.goto(f"/compte/connexion/?next={address}")
    page.get_by_label("Courriel").fill(ANIMATOR)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def sign_out(page):
    page.goto("/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("link", name="Se connecter").wait_for()


def link_in(letter, word):
    """Give the path of the first link of a letter that holds a word."""
    return next("/" + found.split("/", 3)[3] for found in re.findall(r"http\S+", str(letter.body)) if word in found)


def test_a_claim_is_made_confirmed_accepted_and_the_page_kept_by_its_structure(page, axe):
    page.goto(PAGE)
    page.get_by_role("link", name=re.compile("C.est ma structure")).click()
    page.wait_for_url(f"**{PAGE}gerer/")
    axe(page)
    page.get_by_label("Votre courriel").fill("accueil@structure.example")
    page.get_by_label("Votre lien avec la structure").fill("J'y suis salariée.")
    page.get_by_role("button", name="Demander à tenir cette fiche").click()
    page.get_by_text("Une lettre part à cette adresse").wait_for()
    page.goto(link_in(mail.outbox[-1], "verifier"))
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("lit maintenant votre demande").wait_for()

    sign_in(page, "/valenciennois/animation/demandes/")
    page.get_by_role("link", name="Oscaar").click()
    axe(page)
    page.get_by_role("button", name="Confier la fiche").click()
    page.get_by_text("La gestion est confiée").wait_for()
    sign_out(page)

    page.goto(link_in(mail.outbox[-1], "invitation"))
    page.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Accepter l.invitation")).click()
    page.wait_for_url("**/compte/")
    page.goto(PAGE)
    page.get_by_role("link", name="Corriger cette fiche").click()
    page.locator("#id_commune").fill("Anzin")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{PAGE}")
    page.get_by_role("link", name="Historique").click()
    page.get_by_text("par la structure").first.wait_for()
    axe(page)
    assert Organisation.objects.get(key="chez-oscaar").commune == "Anzin"


def test_suggestions_made_without_a_script_are_accepted_in_one_batch(no_script_page):
    page = no_script_page
    for field, value in (("Commune", "Anzin"), ("Téléphone", "03 27 00 00 00")):
        page.goto(f"{PAGE}suggerer/")
        page.get_by_label(re.compile(f"^{field}")).fill(value)
        page.get_by_role("button", name="Envoyer la suggestion").click()
        page.wait_for_url("**/suggestions/merci/")

    sign_in(page, "/valenciennois/animation/suggestions/")
    boxes = page.get_by_role("checkbox", name="Choisir")
    boxes.nth(1).wait_for()
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Retenir les suggestions cochées").click()
    page.get_by_role("button", name="Oui, retenir").click()
    page.get_by_text("2 suggestions retenues").wait_for()

    kept = Organisation.objects.get(key="chez-oscaar")
    assert (kept.commune, kept.telephone) == ("Anzin", "03 27 00 00 00")
    assert not Suggestion.objects.open().exists()
