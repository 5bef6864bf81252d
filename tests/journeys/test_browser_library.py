"""Sharing a resource: a wrong file, then a right one, found again by a word inside it."""

import pytest

from terreau.accounts.testing import PASSWORD
from terreau.kernel.enums import Role
from terreau.kernel.testing import files as made

pytestmark = pytest.mark.browser

LIBRARY = "/valenciennois/ressources/"
EMAIL = "animator@valenciennois.example.org"
WORDS = "On verse les épluchures dans le bac"


@pytest.fixture
def valenciennois(served_valenciennois):
    return served_valenciennois


@pytest.fixture(autouse=True)
def someone(cast):
    """The animator's account, in the database of the live server."""
    return cast(Role.ANIMATOR)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Files of this test only."""
    options = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


@pytest.fixture
def chosen(tmp_path):
    """Give the path of a file of this name and content, as someone picks one."""

    def choose(name: str, content: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return choose


def test_a_wrong_file_is_explained_and_the_right_one_is_found_by_a_word_inside(page, axe, chosen):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/compte/connexion/?next={LIBRARY}ajouter/")
    page.get_by_label("Courriel").fill(EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Partager une ressource").wait_for()
    page.get_by_label("Titre").fill("Le compost de quartier")
    page.get_by_label("Fichier").set_input_files(chosen("compost.pdf", b"<html><script>alert(1)</script></html>"))
    page.get_by_role("button", name="Enregistrer").click()

    page.get_by_role("alert").wait_for()
    assert "« compost.pdf » contient du HTML" in page.get_by_role("alert").inner_text().replace("\u00a0", " ")
    assert page.get_by_label("Titre").input_value() == "Le compost de quartier"
    axe(page)

    page.get_by_label("Fichier").set_input_files(chosen("compost.pdf", made.pdf("Compost", *["Page"] * 5, WORDS)))
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{LIBRARY}le-compost-de-quartier/")
    axe(page)

    page.goto(LIBRARY)
    page.get_by_label("Un titre, un mot d").fill("epluchures")
    page.keyboard.press("Enter")
    found = page.locator("#le-compost-de-quartier")
    found.wait_for()
    assert found.locator("mark").inner_text() == "épluchures"
    axe(page)
    found.get_by_role("link").first.click()
    page.get_by_role("heading", name="Chercher dedans").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename == "compost.pdf"
