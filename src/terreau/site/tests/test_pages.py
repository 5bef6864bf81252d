import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory
from django.utils.html import strip_tags

from terreau.kernel.errors import NotAllowed, StaleVersion
from terreau.site import views
from terreau.site.context import layout

CODES = (400, 403, 404, 409, 413, 429, 500)
JARGON = ("erreur 4", "erreur 5", "serveur", "requête", "HTTP", "token", "CSRF", "exception", "None", "bug")


@pytest.fixture
def page(db):
    return Client().get("/catalogue/")


@pytest.fixture
def request_alone():
    return RequestFactory().get("/nulle-part/")


def text_of(response):
    html = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return strip_tags(html).translate({ord("’"): "'", 0xA0: " "})


def test_the_catalogue_shows_every_component(page):
    assert page.status_code == 200
    assert len(re.findall(r'<section id="[a-z]+" class="specimen">', page.content.decode())) == 16


def test_a_page_has_one_title_one_heading_and_its_landmarks(page):
    html = page.content.decode()
    assert [
        html.count(tag) for tag in ("<h1>", "<main ", "<header ", "<footer ", '<a class="skip" href="#contenu"')
    ] == [1] * 5


def test_no_id_is_used_twice_on_a_page(page):
    ids = re.findall(r'\sid="([^"]+)"', page.content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_every_label_and_description_leads_to_something_on_the_page(page):
    html = page.content.decode()
    wanted = {
        name
        for value in re.findall(r'(?:\sfor|aria-describedby|aria-labelledby)="([^"]+)"', html)
        for name in value.split()
    }
    assert wanted - set(re.findall(r'\sid="([^"]+)"', html)) == set()


def test_a_visitor_reads_the_catalogue_without_a_cookie(page):
    assert dict(page.cookies) == {}


def test_no_page_holds_a_style_a_script_or_a_handler(page):
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", page.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_each_error_page_has_its_status_and_says_what_to_do(code):
    response = Client().get(f"/catalogue/erreurs/{code}/")
    words = text_of(response)
    assert response.status_code == code
    assert [part in words for part in ("Ce qui s'est passé", "Ce que vous pouvez faire", "À qui écrire")] == [True] * 3


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_no_error_page_speaks_like_a_machine(code):
    words = text_of(Client().get(f"/catalogue/erreurs/{code}/"))
    assert [word for word in (*JARGON, str(code)) if word in words] == []


@pytest.mark.django_db
def test_an_error_that_has_no_page_is_not_found():
    assert Client().get("/catalogue/erreurs/418/").status_code == 404


def test_the_page_of_a_breakdown_needs_neither_database_nor_layout(request_alone):
    response = views.server_error(request_alone)
    assert (response.status_code, b'href="/static/site/css/terreau.css"' in response.content) == (500, True)


def test_a_body_too_large_is_said_so_rather_than_called_unreadable(request_alone):
    assert views.bad_request(request_alone, RequestDataTooBig()).status_code == 413


def test_a_refusal_gives_its_reason(request_alone):
    response = views.forbidden(request_alone, PermissionDenied("réservé à l'équipe"))
    assert "réservé à l’équipe" in response.content.decode()


def test_a_refusal_of_the_policy_gives_who_may(request_alone):
    response = views.forbidden(request_alone, NotAllowed("grants.decide", "la chargée de mission décide"))
    assert "la chargée de mission décide" in text_of(response)


def test_a_page_not_found_does_not_repeat_what_was_looked_for(request_alone):
    assert "secret" not in views.not_found(request_alone, Exception("secret")).content.decode()


def test_a_conflict_says_that_nothing_was_lost(request_alone):
    response = views.conflict(request_alone, StaleVersion(None))
    assert (response.status_code, "comparez les deux versions" in response.content.decode()) == (409, True)


def test_the_layout_bears_a_request_without_actor_nor_territory(request_alone):
    known = layout(request_alone)["layout"]
    assert (known.is_signed_in, known.sections, known.account, known.territory_url, list(known.bands)) == (
        False,
        [],
        [],
        "",
        [],
    )


@pytest.mark.django_db
def test_the_reader_changes_the_language_and_comes_back():
    client = Client()
    response = client.post("/langue/", {"language": "en", "next": "/catalogue/"})
    assert (response.status_code, response["Location"]) == (302, "/catalogue/")
    assert '<html lang="en">' in client.get("/catalogue/").content.decode()


@pytest.mark.django_db
def test_the_language_form_sends_nobody_to_another_site():
    response = Client().post("/langue/", {"language": "en", "next": "https://example.org/"})
    assert response["Location"] == "/"
