"""Opening a page, and the rows of its form: one more, one less, without JavaScript, nothing lost."""

import re

import pytest

from terreau.directory.models import Initiative, Organisation
from terreau.directory.tests.factories import (
    IdentifierFactory,
    NameFactory,
    NatureFactory,
    OrganisationFactory,
    SourceFactory,
    ThemeFactory,
    told,
)  # fmt: skip
from terreau.directory.tests.test_editing import typed, words
from terreau.kernel.models import AuditEvent

LIST = "/valenciennois/annuaire/"
FORM = f"{LIST}flac/modifier/"
NEW = f"{LIST}ajouter/"


@pytest.fixture
def flac(valenciennois):
    source = SourceFactory.create(territory=valenciennois, key="livret")
    organisation = OrganisationFactory.create(territory=valenciennois, key="flac", name="FLAC", end="..")
    NameFactory(organisation=organisation, name="La FLAC", sort="usage", source=source, locator="12")
    return told(organisation)


@pytest.fixture
def nature(valenciennois):
    return NatureFactory.create(territory=valenciennois, key="association")


def rows(name, *lines, kept=0):
    """Give what a browser sends of rows."""
    sent = {f"{name}-TOTAL_FORMS": str(len(lines)), f"{name}-INITIAL_FORMS": str(kept)}
    return sent | {
        f"{name}-{place}-{field}": value for place, line in enumerate(lines) for field, value in line.items()
    }


def names(organisation):
    return list(organisation.names.order_by("position").values_list("name", flat=True))


def test_a_page_is_opened_with_a_name_a_nature_and_a_row(animator, nature):
    sent = {"name": "Chez Oscaar", "nature": str(nature.pk), "visibility": "publique"}
    response = animator.post(NEW, sent | rows("names", {"name": "Oscaar", "sort": "usage"}, {}))
    made = Organisation.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}chez-oscaar/")
    assert (made.name, names(made)) == ("Chez Oscaar", ["Oscaar"])
    assert AuditEvent.objects.get().action == "directory.create"


@pytest.mark.parametrize("who", ["visitor", "member", "officer", "stranger"])
def test_only_those_who_may_open_pages(who, nature, request):
    client = request.getfixturevalue(who)
    sent = {"name": "X", "nature": str(nature.pk), "visibility": "publique"}
    for address in (NEW, "/valenciennois/initiatives/ajouter/"):
        assert client.post(address, sent).status_code == 403
    assert (Organisation.objects.count(), Initiative.objects.count()) == (0, 0)


def test_what_is_wrong_in_a_row_is_said_at_the_top_and_in_its_field(animator, flac):
    sent = typed(flac) | rows("identifiers", {"scheme": "", "value": "552100554"})
    page = words(animator.post(FORM, sent))
    assert 'href="#id_identifiers-0-scheme"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="552100554"' in page


def test_a_rule_broken_in_a_row_names_the_row(animator, flac):
    sent = typed(flac) | rows("identifiers", {"scheme": "siren", "value": "123456780"})
    page = words(animator.post(FORM, sent))
    assert "Numéros, ligne 1" in page
    assert 'value="123456780"' in page
    assert Organisation.objects.get().version == 1


def test_one_more_row_is_asked_without_saving_nor_scolding(animator, flac):
    sent = typed(flac, name="", add="names")
    sent["names-1-name"] = "Commencé"
    response = animator.post(FORM, sent)
    page = words(response)
    assert response.status_code == 200
    assert 'name="names-2-name"' in page
    assert 'value="Commencé"' in page
    assert "error-summary" not in page
    assert names(flac) == ["La FLAC"]


def test_a_row_is_taken_out_and_another_changed(animator, flac, valenciennois):
    NameFactory(organisation=flac, name="Vieux nom", sort="ancien_nom", position=1)
    sent = typed(flac) | {"names-1-DELETE": "on", "names-0-name": "Notre FLAC"}
    assert animator.post(FORM, sent).status_code == 302
    kept = flac.names.get()
    assert (kept.name, kept.source.key, kept.locator) == ("Notre FLAC", "livret", "12")


def test_rows_that_a_form_does_not_hold_are_left_alone(animator, flac):
    sent = {name: value for name, value in typed(flac, name="Autre").items() if not name.startswith("names")}
    assert animator.post(FORM, sent).status_code == 302
    assert (Organisation.objects.get().name, names(flac)) == ("Autre", ["La FLAC"])


def test_two_hands_on_the_rows_of_one_form_lose_nothing(animator, steward, flac):
    first, second = typed(flac), typed(flac)
    first["names-1-name"], first["names-1-sort"] = "Nom de l'une", "usage"
    second["names-1-name"], second["names-1-sort"] = "Nom de l'autre", "usage"
    assert steward.post(FORM, first).status_code == 302

    refused = animator.post(FORM, second)
    page = words(refused)
    assert refused.status_code == 409
    assert re.search(
        r"Ses autres noms</th><td>[^<]*Nom de l'une[^<]*</td><td>[^<]*Nom de l'autre", page.replace("&#x27;", "'")
    )
    assert names(flac) == ["La FLAC", "Nom de l'une"]

    again = animator.post(FORM, second | {"opened_on": "2"})
    assert (again.status_code, names(flac)) == (302, ["La FLAC", "Nom de l'autre"])


def test_an_end_that_is_known_to_be_open_stays_so(animator, flac):
    assert animator.post(FORM, typed(flac, name="Autre")).status_code == 302
    flac.refresh_from_db()
    assert str(flac.end) == ".."


@pytest.mark.parametrize("written", ["siege", "Le siège", "http://testserver/valenciennois/annuaire/siege/"])
def test_a_house_is_named_by_its_key_its_name_or_its_address(written, animator, flac, valenciennois):
    house = OrganisationFactory.create(territory=valenciennois, key="siege", name="Le siège")
    assert animator.post(FORM, typed(flac, parent=written)).status_code == 302
    flac.refresh_from_db()
    assert flac.parent == house


def test_a_house_that_nobody_knows_or_that_two_share_is_asked_again(animator, flac, valenciennois):
    for key in ("a", "b"):
        OrganisationFactory.create(territory=valenciennois, key=key, name="Deux fois")
    assert "choisir entre a, b" in words(animator.post(FORM, typed(flac, parent="Deux fois")))
    assert "Aucune fiche ne s'appelle" in words(animator.post(FORM, typed(flac, parent="Inconnue")))


def test_a_page_is_confirmed_archived_and_opened_again_with_buttons(animator, flac):
    for state, version, said in (
        ("confirmee", 1, "juste à ce jour"),
        ("archivee", 1, "archivée"),
        ("ouverte", 2, "rouverte"),
    ):
        response = animator.post(f"{LIST}flac/etat/", {"state": state, "opened_on": str(version)}, follow=True)
        assert said in words(response)
    flac.refresh_from_db()
    assert (flac.archived_on, flac.confirmed_on is None, flac.version) == (None, False, 3)
    stale = animator.post(f"{LIST}flac/etat/", {"state": "archivee", "opened_on": "1"}, follow=True)
    assert "entre-temps" in words(stale)


@pytest.mark.parametrize("size", [1, 3])
def test_the_form_costs_the_same_for_one_or_three_rows(size, animator, flac, valenciennois, queries):
    for number in range(size):
        IdentifierFactory(organisation=flac, position=number)
        flac.themes.add(ThemeFactory.create(territory=valenciennois))
    animator.get(FORM)
    with queries(14):
        animator.get(FORM)
