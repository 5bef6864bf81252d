import re
import uuid

import pytest

from terreau.kernel.models import Entry
from terreau.kernel.search.folding import fold


def enter(territory, title, *names, kind="source", **more):
    Entry.objects.create(
        territory=territory, kind=kind, record_id=uuid.uuid4(), key="k", title=title, url=f"/{territory.slug}/fiche/",
        names="\n".join(map(fold, (title, *names))), **more,
    )  # fmt: skip


def text_of(response):
    html = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").replace("\u202f", " "))
    return text.replace("’", "'")


@pytest.fixture
def search(visitor, valenciennois):
    return lambda text, **more: visitor.get(f"/{valenciennois.slug}/recherche/", {"q": text, **more})


def test_a_result_says_what_it_is_and_why_it_was_found(search, valenciennois):
    enter(valenciennois, "Chez Oscaar", "Le Troquet")
    response = search("troquet")
    assert "1 résultat pour « troquet »" in text_of(response)
    assert re.search(r"Source Chez Oscaar Trouvé par : autre nom : Le troquet", text_of(response))
    assert f'href="/{valenciennois.slug}/fiche/"' in response.content.decode()


def test_a_mistyped_name_is_found_and_the_page_says_so(search, valenciennois):
    enter(valenciennois, "Gédas")
    text = text_of(search("gedsa"))
    assert "Rien ne porte exactement ce nom" in text
    assert "Gédas" in text


def test_the_count_is_announced_and_names_the_list(search, valenciennois):
    enter(valenciennois, "Gédas")
    html = search("gedas").content.decode()
    assert '<section id="results" aria-labelledby="results-title">' in html
    assert re.search(r'<div role="status">\s*<h2 id="results-title">', html)


def test_nothing_found_says_what_to_try(search):
    text = text_of(search("introuvable"))
    assert "0 résultat" in text
    assert "Essayez avec moins de mots" in text


@pytest.mark.parametrize("typed", ["", "   "])
def test_without_words_the_page_explains_what_may_be_looked_for(search, typed):
    response = search(typed)
    assert response.status_code == 200
    assert "Cherchez une structure" in text_of(response)


@pytest.mark.parametrize("typed", ["!?", "\x00", '"*(', "<script>alert(1)</script>", "a" * 3000])
@pytest.mark.parametrize("page", ["", "-1", "99999999", "²", "deux"])
def test_absurd_addresses_are_answered_calmly(search, typed, page):
    response = search(typed, page=page)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_results_follow_page_after_page(search, valenciennois):
    for number in range(25):
        enter(valenciennois, f"Atelier {number:02}")
    first, second = search("atelier").content.decode(), search("atelier", page="2").content.decode()
    assert "?q=atelier&amp;page=2" in first
    assert 'start="21"' in second
    assert "Atelier 24" in second
    assert "Atelier 24" not in first


def test_a_hidden_record_is_shown_to_the_team_only(search, animator, valenciennois):
    enter(valenciennois, "Projet Réservé", visibility="equipe")
    assert "Projet Réservé" not in text_of(search("projet reserve"))
    assert "Projet Réservé" in text_of(animator.get(f"/{valenciennois.slug}/recherche/?q=projet"))


def test_a_form_asks_again_with_the_same_words(search):
    assert re.search(r'<input type="search" id="q" name="q" value="gédas"', search("gédas").content.decode())
