"""Signing in, correcting a page, and meeting someone who corrects the same page."""

from urllib.parse import quote

import pytest
from django.core import mail

from terreau.accounts.testing import PASSWORD
from terreau.directory.models import Organisation
from terreau.kernel.enums import Role
from terreau.kernel.models import AuditEvent

pytestmark = pytest.mark.browser

PAGE = "/valenciennois/annuaire/chez-oscaar/"
FORM = f"{PAGE}modifier/"
EMAIL = "animator@valenciennois.example.org"


@pytest.fixture
def valenciennois(served_valenciennois):
    return served_valenciennois


@pytest.fixture(autouse=True)
def someone(cast):
    """The animator's account, in the database of the live server."""
    return cast(Role.ANIMATOR)


@pytest.fixture
def page_errors() -> list[str]:
    """A refusal by conflict (409) is a failed load to the browser's console: it is wanted here."""

    class Wanted(list[str]):
        def append(self, error: str) -> None:
            if "409" not in error:
                super().append(error)

    return Wanted()


def sign_in(page, address: str, password: str = PASSWORD) -> None:
    page.goto(f"/compte/connexion/?next={quote(address)}")
    page.get_by_label("Courriel").fill(EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.keyboard.press("Enter")


def oscaar() -> Organisation:
    return Organisation.objects.get(key="chez-oscaar")


def changes() -> int:
    """Count what the audit kept since the territory was loaded."""
    kept = AuditEvent.objects.filter(kind="organisation", key="chez-oscaar")
    return kept.exclude(action__startswith="dossier.").count()


def test_a_wrong_password_loses_nothing_and_the_right_one_leads_where_one_was_going(page):
    sign_in(page, PAGE, "ce n'est pas celui-là")
    summary = page.get_by_role("alert")
    summary.wait_for()
    assert page.get_by_label("Courriel").input_value() == EMAIL
    assert page.get_by_label("Mot de passe", exact=True).input_value() == ""

    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}")
    page.get_by_role("link", name="Se déconnecter").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("link", name="Se connecter").wait_for()


def test_a_forgotten_password_does_not_tell_who_has_an_account(page):
    said = []
    for address in (EMAIL, "personne@example.org"):
        page.goto("/compte/mot-de-passe/oublie/")
        page.get_by_label("Courriel").fill(address)
        page.keyboard.press("Enter")
        page.wait_for_url("**/envoye/")
        said.append(page.locator("main").inner_text())

    assert said[0] == said[1]
    assert mail.outbox[0].to == [EMAIL]


def test_a_wrong_date_is_said_in_its_field_then_corrected_and_kept(page, axe):
    sign_in(page, FORM)
    page.wait_for_url(f"**{FORM}")
    page.get_by_role("textbox", name="Création").fill("31 février 2021")
    page.get_by_label("Nom", exact=True).fill("Chez Oscaar, le troquet")
    page.get_by_role("button", name="Enregistrer").click()

    field = page.get_by_role("textbox", name="Création")
    page.locator(".error-summary").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "31 février 2021"
    assert page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}").is_visible()
    assert page.get_by_label("Nom", exact=True).input_value() == "Chez Oscaar, le troquet"
    axe(page)

    page.locator(".error-summary a").click()
    assert page.evaluate("document.activeElement.id") == field.get_attribute("id")
    field.fill("2021-05")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{PAGE}*")
    assert "le troquet" in page.locator("h1").inner_text()
    assert "mai 2021" in page.locator("#identite").inner_text().lower().replace("\xa0", " ")
    assert page.get_by_role("status").get_by_text("La fiche est enregistrée").is_visible()


def test_the_second_to_save_sees_both_versions(page, axe):
    sign_in(page, FORM)
    page.wait_for_url(f"**{FORM}")
    other = page.context.new_page()
    other.goto(FORM)
    other.get_by_label("Commune").fill("Anzin")
    other.get_by_role("button", name="Enregistrer").click()
    other.wait_for_url(f"**{PAGE}")

    page.get_by_label("Commune").fill("Onnaing")
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.get_by_role("button", name="Enregistrer").click()
    assert answer.value.status == 409
    line = page.get_by_role("row", name="Commune")
    assert line.get_by_role("cell").all_inner_texts() == ["Anzin", "Onnaing"]
    assert page.get_by_label("Commune").input_value() == "Onnaing"
    axe(page)

    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{PAGE}")
    assert (oscaar().commune, changes()) == ("Onnaing", 2)


def test_a_double_click_changes_the_page_once(page):
    sign_in(page, FORM)
    page.wait_for_url(f"**{FORM}")
    page.get_by_label("Commune").fill("Anzin")
    page.get_by_role("button", name="Enregistrer").dblclick()
    page.wait_for_url(f"**{PAGE}")

    assert (oscaar().commune, oscaar().version, changes()) == ("Anzin", 2, 1)


def test_going_back_and_reloading_change_nothing_more(page):
    sign_in(page, FORM)
    page.wait_for_url(f"**{FORM}")
    page.get_by_label("Commune").fill("Anzin")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{PAGE}")
    page.reload()
    page.go_back()
    page.reload()

    assert page.get_by_label("Commune").input_value() == "Anzin"
    assert (oscaar().version, changes()) == (2, 1)
