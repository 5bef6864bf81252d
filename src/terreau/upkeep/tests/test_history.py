"""Every change is seen, by whom in words, and can be gone back on."""

import re

import pytest

from terreau.directory.models import Organisation, Suggestion, UpkeepRules
from terreau.directory.services import suggest, suggestions, update_organisation
from terreau.directory.tests.factories import OrganisationFactory, ThemeFactory, told
from terreau.kernel.enums import Role, Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import VISITOR
from terreau.upkeep.services import history

PAGE = "/valenciennois/annuaire/jardin/historique/"


@pytest.fixture
def garden(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="jardin", name="Le Jardin", commune="Anzin"))


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def correct(by, version, **changes):
    return update_organisation(
        Organisation.objects.select_related("territory").get(key="jardin"),
        by=by.actor,
        version=version,
        changes=changes,
    )


def fresh():
    return Organisation.objects.select_related("territory").get(key="jardin")


def event(number=0):
    return AuditEvent.objects.filter(action="directory.change").order_by("sequence")[number]


def revert_page(number=0):
    return f"{PAGE}{event(number).sequence}/reprendre/"


def test_a_change_is_read_by_everyone_and_signed_for_the_team_only(visitor, animator, garden):
    correct(animator, 1, commune="Onnaing")

    public, team = words(visitor.get(PAGE)), words(animator.get(PAGE))
    assert "Fiche corrigée" in public
    assert "<del>Anzin</del> <ins>Onnaing</ins>" in public
    assert "par l'équipe" in public
    name = str(animator.user)
    assert name not in public
    assert name in team
    assert "Reprendre ce changement" not in public
    assert "Reprendre ce changement" in team


def test_the_structure_and_suggestions_are_told_as_such(cast, visitor, animator, garden, valenciennois):
    correct(cast(Role.MANAGER, record=garden), 1, commune="Onnaing")
    row = suggest(valenciennois, by=VISITOR, organisation=fresh(), proposed={"commune": "Denain"})
    suggestions.accept(row, by=animator.actor, version=2)

    page = words(visitor.get(PAGE))
    assert "par la structure" in page
    assert page.count("d'après une suggestion") == 1
    assert "Suggestion retenue" not in page


def test_what_was_said_while_a_page_was_hidden_stays_with_the_team(visitor, member, animator, garden):
    correct(animator, 1, visibility=Visibility.TEAM)
    correct(animator, 2, summary="Un secret de l'équipe.")
    correct(animator, 3, summary="Elle sème.", visibility=Visibility.PUBLIC)
    correct(animator, 4, commune="Onnaing")

    for client in (visitor, member):
        page = words(client.get(PAGE))
        assert "secret" not in page
        assert "<ins>Onnaing</ins>" in page
        assert "le détail reste à l'équipe" in page
    assert "Un secret" in words(animator.get(PAGE))


def test_going_back_writes_again_what_was_said(animator, garden, valenciennois):
    ThemeFactory(territory=valenciennois, key="semis")
    update_organisation(
        fresh(), by=animator.actor, version=1, changes={"commune": "Onnaing", "start": "2002~"}, themes=["semis"],
        links=[{"label": "Son blog", "url": "https://blog.example.org/"}],
    )  # fmt: skip
    response = animator.post(revert_page(), {"opened_on": "2"})

    page = fresh()
    assert response.status_code == 302
    assert (page.commune, page.start, list(page.themes.all()), list(page.links.all())) == ("Anzin", None, [], [])
    assert "why" in AuditEvent.objects.filter(action="directory.change").latest("sequence").changes


def test_fields_changed_since_are_shown_and_ask_to_be_sure(animator, garden):
    correct(animator, 1, commune="Onnaing", summary="Elle sème.")
    correct(animator, 2, commune="Denain")

    shown = words(animator.get(revert_page()))
    assert "ont changé à nouveau" in shown
    assert "Denain" in shown
    refused = animator.post(revert_page(), {"opened_on": "3"})
    assert (refused.status_code, fresh().commune) == (200, "Denain")

    animator.post(revert_page(), {"opened_on": "3", "is_sure": "on"})
    assert (fresh().commune, fresh().summary) == ("Anzin", "")


def test_a_page_corrected_meanwhile_is_not_overwritten(animator, garden):
    correct(animator, 1, commune="Onnaing")
    correct(animator, 2, summary="Elle sème.")
    assert animator.post(revert_page(), {"opened_on": "2"}).status_code == 409
    assert fresh().commune == "Onnaing"


def test_managers_go_back_on_their_page_and_wait_where_the_team_reads_first(cast, garden, valenciennois, animator):
    keeper = cast(Role.MANAGER, record=garden)
    correct(animator, 1, commune="Onnaing")
    UpkeepRules.objects.create(territory=valenciennois, reviews_managers=True)
    keeper.post(revert_page(), {"opened_on": "2"})

    assert fresh().commune == "Onnaing"
    assert Suggestion.objects.open().get().changes == {"commune": ["Onnaing", "Anzin"]}


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "stranger"])
def test_nobody_else_goes_back(request, animator, garden, who):
    correct(animator, 1, commune="Onnaing")
    client = request.getfixturevalue(who)
    assert client.post(revert_page(), {"opened_on": "2"}).status_code == 403
    with pytest.raises(NotAllowed):
        history.revert(fresh(), event(), by=client.actor, version=2)


def test_a_change_of_another_page_is_not_written_here(animator, garden, valenciennois):
    other = told(OrganisationFactory(territory=valenciennois, key="verger"))
    update_organisation(other, by=animator.actor, version=1, changes={"commune": "Onnaing"})
    with pytest.raises(RuleBroken):
        history.revert(fresh(), event(), by=animator.actor, version=1)
    assert animator.get(revert_page()).status_code == 404


@pytest.mark.parametrize("changes", [1, 3])
def test_the_history_costs_the_same_for_one_or_three(visitor, animator, garden, queries, changes):
    for number in range(changes):
        correct(animator, number + 1, commune=f"Commune {number}")
    with queries(7):
        visitor.get(PAGE)


def test_a_long_history_is_read_page_by_page(visitor, animator, garden):
    for number in range(32):
        correct(animator, number + 1, commune=f"Commune {number}")
    first, second = words(visitor.get(PAGE)), words(visitor.get(f"{PAGE}?page=2"))
    assert "Commune 31" in first
    assert "<ins>Commune 0</ins>" not in first
    assert "<ins>Commune 0</ins>" in second
