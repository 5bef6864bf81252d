"""A manager keeps the page of one organisation, and nothing else."""

import pytest
from django.db import IntegrityError, transaction

from terreau.accounts import queries, services
from terreau.accounts.models import Grant
from terreau.accounts.testing import GrantFactory, UserFactory, client_of
from terreau.directory.tests.factories import OrganisationFactory, told
from terreau.kernel.clock import today
from terreau.kernel.enums import Role, Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.pure.actor import VISITOR

SITE = "https://terreau.example/"


@pytest.fixture
def garden(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="jardin", name="Le Jardin"))


@pytest.mark.parametrize(("role", "has_record"), [(Role.MANAGER, False), (Role.ANIMATOR, True)])
def test_the_role_of_manager_alone_bears_on_a_record(valenciennois, garden, role, has_record):
    with pytest.raises(IntegrityError, match="accounts_grant_manager"), transaction.atomic():
        GrantFactory.create(territory=valenciennois, role=role, record_id=garden.pk if has_record else None)


def test_one_manages_several_pages_but_each_once(valenciennois, garden, animator):
    user = UserFactory.create()
    other = told(OrganisationFactory(territory=valenciennois))
    for record in (garden, other):
        services.grant_role(territory=valenciennois, user=user, role=Role.MANAGER, record=record, by=animator.actor)

    with pytest.raises(RuleBroken, match="tient déjà ce rôle"):
        services.grant_role(territory=valenciennois, user=user, role=Role.MANAGER, record=garden, by=animator.actor)
    assert queries.actor_of(user, today()).records == {garden.pk, other.pk}


def test_roles_and_pages_are_read_in_one_query(cast, garden, queries):
    from terreau.accounts.queries import actor_of  # noqa: PLC0415 -- the fixture has the same name

    user = cast(Role.MANAGER, record=garden).user
    with queries(1):
        assert actor_of(user, today()).records == {garden.pk}


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "stranger"])
def test_only_animators_and_stewards_trust_someone_with_a_page(request, valenciennois, garden, who):
    with pytest.raises(NotAllowed):
        services.invite(
            territory=valenciennois, email="a@example.org", role=Role.MANAGER, record=garden, days=14, site=SITE,
            by=request.getfixturevalue(who).actor,
        )  # fmt: skip


def test_a_page_of_elsewhere_is_not_given_away(valenciennois, elsewhere, animator):
    far = told(OrganisationFactory(territory=elsewhere))
    with pytest.raises(RuleBroken):
        services.invite(
            territory=valenciennois, email="a@example.org", role=Role.MANAGER, record=far, days=14, site=SITE,
            by=animator.actor,
        )  # fmt: skip


def test_the_invitation_carries_the_page_to_the_account(
    valenciennois, garden, animator, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = services.invite(
            territory=valenciennois, email="a@example.org", role=Role.MANAGER, record=garden, days=14, site=SITE,
            by=animator.actor,
        )  # fmt: skip
    grant = services.accept_invitation(
        invitation=invitation, by=VISITOR, name="Camille", password="une phrase assez longue"
    )

    assert (grant.role, grant.record_id) == (Role.MANAGER, garden.pk)
    assert "Le Jardin" in mailoutbox[0].body


def test_a_manager_ends_their_own_management_and_no_other(cast, garden, manager):
    keeper = cast(Role.MANAGER, record=garden, email="jardin@example.org")
    grant = Grant.objects.get(record_id=garden.pk)
    with pytest.raises(NotAllowed):
        services.end_role(grant=grant, by=manager.actor)

    services.end_role(grant=grant, by=keeper.actor)
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_a_manager_corrects_their_page_and_no_other(cast, valenciennois, garden):
    keeper = cast(Role.MANAGER, record=garden, email="jardin@example.org")
    told(OrganisationFactory(territory=valenciennois, key="autre"))

    assert keeper.get("/valenciennois/annuaire/jardin/modifier/").status_code == 200
    assert keeper.get("/valenciennois/annuaire/autre/modifier/").status_code == 403


@pytest.mark.parametrize("visibility", [Visibility.TEAM, Visibility.PRIVATE])
def test_a_manager_sees_their_page_even_when_it_is_not_public(cast, visitor, manager, valenciennois, visibility):
    hidden = told(OrganisationFactory(territory=valenciennois, key="cache", visibility=visibility))
    keeper = cast(Role.MANAGER, record=hidden, email="cache@example.org")

    answers = [client.get("/valenciennois/annuaire/cache/").status_code for client in (keeper, manager, visitor)]
    assert answers == [200, 404, 404]


def test_the_team_and_the_account_say_which_page_is_managed(steward, cast, garden):
    keeper = cast(Role.MANAGER, record=garden, email="jardin@example.org")

    assert "Le Jardin" in steward.get("/valenciennois/reglages/equipe/").content.decode()
    assert "Le Jardin" in keeper.get("/compte/").content.decode()


def test_a_management_that_ended_opens_nothing(cast, garden):
    keeper = cast(Role.MANAGER, record=garden, email="jardin@example.org")
    services.end_role(grant=Grant.objects.get(record_id=garden.pk), by=keeper.actor)

    assert client_of(keeper.user).get("/valenciennois/annuaire/jardin/modifier/").status_code == 403
