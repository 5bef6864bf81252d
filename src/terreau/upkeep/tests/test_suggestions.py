"""Suggesting without an account, and deciding at the desk."""

import re

import pytest

from terreau.directory.enums import SuggestionKind, SuggestionState
from terreau.directory.models import Organisation, Suggestion
from terreau.directory.services import suggest, update_organisation
from terreau.directory.tests.factories import GapFactory, NatureFactory, OrganisationFactory, link, told
from terreau.kernel.enums import Role, Visibility
from terreau.kernel.pure.actor import VISITOR

PAGE = "/valenciennois/annuaire/jardin/"
QUEUE = "/valenciennois/animation/suggestions/"
BATCH = f"{QUEUE}ensemble/"


@pytest.fixture
def garden(valenciennois):
    return told(
        OrganisationFactory(territory=valenciennois, key="jardin", name="Le Jardin", commune="Anzin", start="2001")
    )


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def typed(**changes):
    """Give what a browser sends: the form as it was opened, and what was typed over it."""
    return {"name": "Le Jardin", "commune": "Anzin", "start": "2001"} | changes


def propose(organisation, **proposed):
    return suggest(organisation.territory, by=VISITOR, organisation=organisation, proposed=proposed)


def detail(suggestion):
    return f"{QUEUE}{suggestion.pk}/"


def test_the_form_says_what_the_page_says_and_sends_what_changes(visitor, garden):
    form = words(visitor.get(f"{PAGE}suggerer/"))
    assert 'value="Anzin"' in form

    response = visitor.post(
        f"{PAGE}suggerer/", typed(commune="Onnaing", evidence="J'y passe.", your_email="voisine@example.org")
    )
    kept = Suggestion.objects.get()
    assert response["Location"] == "/valenciennois/suggestions/merci/"
    assert (kept.changes, kept.evidence, kept.email) == (
        {"commune": ["Anzin", "Onnaing"]},
        "J'y passe.",
        "voisine@example.org",
    )
    assert Organisation.objects.get().commune == "Anzin"


def test_saying_nothing_and_saying_nonsense_are_explained(visitor, garden):
    assert "Rien n'a changé" in words(visitor.post(f"{PAGE}suggerer/", typed()))
    assert "pas une date EDTF" in words(visitor.post(f"{PAGE}suggerer/", typed(start="vers 2012")))
    assert not Suggestion.objects.exists()


def test_machines_that_fill_everything_in_are_thanked_and_forgotten(visitor, garden):
    response = visitor.post(f"{PAGE}suggerer/", typed(commune="Onnaing", adresse_web="https://spam.example"))
    assert (response.status_code, Suggestion.objects.count()) == (302, 0)


def test_one_sender_may_not_flood_the_queue(visitor, garden):
    for number in range(31):
        response = visitor.post(f"{PAGE}suggerer/", typed(commune=f"Commune {number}"))
    assert "réessayer dans une heure" in words(response)
    assert Suggestion.objects.count() == 30


def test_a_new_structure_a_closed_one_and_an_answer(visitor, garden, valenciennois):
    gap = told(GapFactory(territory=valenciennois, key="quand", subject="Depuis quand ?"))
    visitor.post("/valenciennois/suggestions/nouvelle-structure/", {"name": "La Nouvelle", "commune": "Anzin"})
    visitor.post(f"{PAGE}fermee/", {"end": "2024", "message": ""})
    assert "Depuis quand ?" in words(visitor.get("/valenciennois/suggestions/lacunes/quand/"))
    visitor.post("/valenciennois/suggestions/lacunes/quand/", {"message": "En 2001."})

    kinds = {row.kind: (row.title, row.message.replace("\u2019", "'")) for row in Suggestion.objects.all()}
    assert kinds == {
        SuggestionKind.CREATION: ("La Nouvelle", ""),
        SuggestionKind.CLOSURE: ("Le Jardin", "Cette structure n'existe plus."),
        SuggestionKind.ANSWER: ("Depuis quand ?", "En 2001."),
    }
    assert Suggestion.objects.get(kind=SuggestionKind.ANSWER).gap == gap


@pytest.mark.parametrize("end", ["suggerer/", "fermee/", "gerer/", "historique/"])
def test_a_page_that_one_does_not_see_takes_no_suggestion(visitor, member, valenciennois, end):
    told(OrganisationFactory(territory=valenciennois, key="cachee", visibility=Visibility.TEAM))
    for client in (visitor, member):
        assert client.get(f"/valenciennois/annuaire/cachee/{end}").status_code == 404


def test_a_gap_kept_for_the_team_is_not_asked_to_visitors(visitor, valenciennois):
    told(GapFactory(territory=valenciennois, key="secret", visibility=Visibility.TEAM))
    assert visitor.get("/valenciennois/suggestions/lacunes/secret/").status_code == 404


def test_a_suggestion_and_its_sender_are_seen_by_the_team_alone(
    visitor, member, animator, stranger, garden, valenciennois
):
    suggestion = suggest(
        valenciennois, by=VISITOR, organisation=garden, proposed={"commune": "Chuchotis"}, message="Murmure",
        email="voisine@example.org",
    )  # fmt: skip
    shown = words(animator.get(detail(suggestion)))
    assert all(word in shown for word in ("Chuchotis", "Murmure", "voisine@example.org"))
    for client in (visitor, member):
        for page in (PAGE, f"{PAGE}historique/", "/valenciennois/annuaire/", "/valenciennois/recherche/?q=Chuchotis"):
            seen = words(client.get(page))
            assert not any(word in seen.replace("?q=Chuchotis", "") for word in ("Murmure", "voisine@example.org"))
        assert client.get(detail(suggestion)).status_code in {302, 403}
    assert stranger.get(detail(suggestion)).status_code == 403
    assert stranger.get(detail(suggestion).replace("valenciennois", "ailleurs")).status_code == 404


def test_the_desk_keeps_some_fields_and_words_others_better(animator, garden):
    suggestion = propose(garden, commune="onaing", summary="Elle sème.", start="2003")
    animator.post(
        detail(suggestion),
        {
            "opened_on": "1", "keep": ["commune", "summary"], "do": "accept", "value-commune": "Onnaing",
            "value-summary": "Elle sème.", "value-start": "2003",
        },
    )  # fmt: skip
    page = Organisation.objects.get()
    assert (page.commune, page.summary, str(page.start)) == ("Onnaing", "Elle sème.", "2001")
    assert Suggestion.objects.get().state == SuggestionState.PARTLY


def test_a_page_that_moved_meanwhile_is_shown_again(animator, garden):
    suggestion = propose(garden, commune="Onnaing")
    update_organisation(garden, by=animator.actor, version=1, changes={"commune": "Denain"})

    refused = animator.post(detail(suggestion), {"opened_on": "1", "keep": ["commune"], "do": "accept"})
    shown = words(refused)
    assert (refused.status_code, Organisation.objects.get().commune) == (409, "Denain")
    assert "a changé depuis" in shown
    assert "Denain" in shown
    assert 'name="opened_on" value="2"' in shown

    animator.post(detail(suggestion), {"opened_on": "2", "keep": ["commune"], "do": "accept"})
    assert Organisation.objects.get().commune == "Onnaing"


def test_a_new_structure_is_added_from_the_desk(animator, valenciennois):
    NatureFactory(territory=valenciennois, key="association")
    suggestion = suggest(
        valenciennois, by=VISITOR, kind=SuggestionKind.CREATION, proposed={"name": "La Nouvelle", "commune": "Anzin"}
    )
    without = {"keep": ["name", "commune"], "do": "accept", "opened_on": ""}
    assert "Choisir la nature" in words(animator.post(detail(suggestion), without))
    animator.post(detail(suggestion), without | {"nature": "association"})
    assert Organisation.objects.get(name="La Nouvelle").nature.key == "association"


def test_setting_aside_is_undone_from_the_page(animator, garden):
    suggestion = propose(garden, commune="Onnaing")
    animator.post(detail(suggestion), {"do": "decline", "reason": "Non"})
    assert "Rouvrir la suggestion" in words(animator.get(detail(suggestion)))
    animator.post(f"{detail(suggestion)}rouvrir/")
    assert Suggestion.objects.get().is_open


def test_a_batch_asks_once_more_then_decides(animator, garden, valenciennois):
    rows = [propose(garden, commune="Onnaing"), propose(garden, summary="Elle sème.")]
    chosen = [str(row.pk) for row in rows]

    asked = words(animator.post(BATCH, {"chosen": chosen, "do": "accept"}))
    assert "Retenir 2 suggestions" in asked
    assert Suggestion.objects.open().count() == 2

    after = words(animator.post(BATCH, {"chosen": chosen, "do": "accept", "sure": "1"}, follow=True))
    assert "2 suggestions retenues" in after
    page = Organisation.objects.get()
    assert (page.commune, page.summary) == ("Onnaing", "Elle sème.")


def test_a_batch_of_another_territory_or_of_nothing_decides_nothing(stranger, animator, garden, elsewhere):
    row = propose(garden, commune="Onnaing")
    stranger.post("/ailleurs/animation/suggestions/ensemble/", {"chosen": [str(row.pk)], "do": "accept", "sure": "1"})
    animator.post(BATCH, {"chosen": ["n'importe quoi"], "do": "accept", "sure": "1"})
    assert Suggestion.objects.get().is_open


def test_the_queue_is_filtered(animator, garden, valenciennois):
    propose(garden, commune="Onnaing")
    suggest(valenciennois, by=VISITOR, kind=SuggestionKind.CREATION, proposed={"name": "La Nouvelle"})

    assert "La Nouvelle" not in words(animator.get(f"{QUEUE}?nature=correction"))
    assert "Le Jardin" not in words(animator.get(f"{QUEUE}?nature=creation"))
    assert "Le Jardin" in words(animator.get(f"{QUEUE}?structure=jardin"))
    assert "La Nouvelle" not in words(animator.get(f"{QUEUE}?etat=traitees"))


def test_a_sender_with_an_account_takes_it_back(member, animator, garden, valenciennois):
    row = suggest(valenciennois, by=member.actor, organisation=garden, proposed={"commune": "Onnaing"})
    address = f"/valenciennois/suggestions/{row.pk}/retirer/"
    assert animator.get(address).status_code == 403
    member.post(address)
    assert Suggestion.objects.get().state == SuggestionState.WITHDRAWN


@pytest.mark.parametrize("filed", [1, 3])
def test_the_queue_costs_the_same_for_one_or_three(animator, garden, valenciennois, queries, filed):
    link(told(GapFactory(territory=valenciennois)), garden)
    for number in range(filed):
        propose(garden, commune=f"Commune {number}")
    with queries(7):
        animator.get(QUEUE)


def test_the_rules_are_kept_by_stewards(steward, animator, valenciennois, cast, garden):
    form = {"reviews_managers": "on", "review_after_months": "6", "silent_after_days": "45", "opened_on": "1"}
    address = "/valenciennois/reglages/annuaire/"
    assert animator.post(address, form).status_code == 403
    assert steward.post(address, form).status_code == 302
    assert steward.post(address, form | {"silent_after_days": "60"}).status_code == 409
    assert "silent_after_days" in words(steward.post(address, form | {"silent_after_days": "3"}))
    keeper = cast(Role.MANAGER, record=garden)
    assert keeper.get(address).status_code == 403
