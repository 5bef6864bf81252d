"""What upkeep adds to the page of an organisation."""

import datetime as dt
import re

import pytest

from terreau.directory.models import Organisation, Suggestion, UpkeepRules
from terreau.directory.services import submit_change
from terreau.directory.tests.factories import GapFactory, OrganisationFactory, link, told
from terreau.kernel.clock import now
from terreau.kernel.enums import Role
from terreau.upkeep import page

PAGE = "/valenciennois/annuaire/jardin/"


@pytest.fixture
def garden(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="jardin", name="Le Jardin"))


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def test_each_is_offered_what_they_may_do(visitor, animator, cast, garden):
    keeper = cast(Role.MANAGER, record=garden)
    public = words(visitor.get(PAGE))
    assert all(f'href="{PAGE}{end}/"' in public for end in ("suggerer", "gerer", "historique"))
    for client in (animator, keeper):
        theirs = words(client.get(PAGE))
        assert f'href="{PAGE}gestion/"' in theirs
        assert f'href="{PAGE}gerer/"' not in theirs


def test_what_a_page_lacks_leads_to_where_it_is_answered(visitor, animator, garden, valenciennois):
    link(told(GapFactory(territory=valenciennois, key="quand")), garden)
    public = words(visitor.get(PAGE))
    assert 'href="/valenciennois/suggestions/lacunes/quand/"' in public
    assert f'href="{PAGE}suggerer/#id_address"' in public
    assert f'href="{PAGE}modifier/#id_address"' in words(animator.get(PAGE))


def test_a_visitor_costs_the_page_no_query(garden, visitor, queries):
    with queries(0):
        list(page.actions(visitor.actor, garden))
        list(page.notices(visitor.actor, garden))


def test_an_old_page_says_so(visitor, garden):
    assert "elle est à revoir" not in words(visitor.get(PAGE))
    Organisation.objects.filter(pk=garden.pk).update(updated_at=now() - dt.timedelta(days=400))
    assert "elle est à revoir" in words(visitor.get(PAGE))


def test_a_waiting_change_is_said_to_its_manager_alone_and_may_be_taken_back(visitor, cast, garden, valenciennois):
    UpkeepRules.objects.create(territory=valenciennois, reviews_managers=True)
    keeper = cast(Role.MANAGER, record=garden)
    submit_change(
        Organisation.objects.select_related("territory").get(), by=keeper.actor, version=1, changes={"commune": "Anzin"}
    )
    mine = words(keeper.get(PAGE))
    assert "attendent la relecture" in mine
    assert "Anzin" not in mine
    assert "relecture" not in words(visitor.get(PAGE))

    keeper.post(f"/valenciennois/suggestions/{Suggestion.objects.get().pk}/retirer/")
    assert "attendent la relecture" not in words(keeper.get(PAGE))
