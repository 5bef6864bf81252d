"""Who acts: dated roles, and what knowing it costs."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.accounts import queries as ask
from terreau.accounts.testing import GrantFactory, UserFactory
from terreau.kernel.enums import Role
from terreau.kernel.pure.actor import VISITOR

DAY = dt.date(2026, 3, 15)
BEFORE = dt.date(2026, 3, 14)
AFTER = dt.date(2026, 3, 16)


@pytest.mark.parametrize(
    ("since", "until", "roles"),
    [
        (BEFORE, None, {"animator"}),
        (DAY, None, {"animator"}),
        (AFTER, None, set()),
        (BEFORE, DAY, {"animator"}),
        (BEFORE, AFTER, {"animator"}),
        (BEFORE, BEFORE, set()),
    ],
)
def test_a_role_counts_from_its_first_to_its_last_day(valenciennois, since, until, roles):
    user = UserFactory.create()
    GrantFactory.create(user=user, territory=valenciennois, role=Role.ANIMATOR, since=since, until=until)

    actor = ask.actor_of(user, DAY)

    assert actor.roles_in(valenciennois.pk) == roles


def test_roles_stay_in_their_territory(valenciennois, elsewhere):
    user = UserFactory.create()
    GrantFactory.create(user=user, territory=valenciennois, role=Role.JUROR)
    GrantFactory.create(user=user, territory=valenciennois, role=Role.MEMBER)
    GrantFactory.create(user=user, territory=elsewhere, role=Role.STEWARD)

    actor = ask.actor_of(user, dt.date(2100, 1, 1))

    assert dict(actor.roles) == {valenciennois.pk: {"juror", "member"}, elsewhere.pk: {"steward"}}


def test_without_a_session_the_actor_is_the_visitor_and_costs_nothing(queries):
    with queries(0):
        assert ask.actor_of(AnonymousUser(), DAY) == VISITOR


def test_a_visitors_page_asks_nothing_about_accounts(visitor, queries):
    with queries(0):
        assert visitor.get("/compte/connexion/").status_code == 200


def test_a_page_of_an_account_asks_for_the_session_the_account_and_its_roles_once(member):
    with CaptureQueriesContext(connection) as captured:
        member.get("/compte/connexion/")

    tables = [query["sql"].split('FROM "')[1].split('"')[0] for query in captured if "FROM" in query["sql"]]
    assert sorted(tables) == sorted(set(tables))


def test_a_closed_account_is_a_visitor(member):
    member.user.is_active = False
    member.user.save(update_fields=["is_active"])

    response = member.get("/compte/")

    assert response["Location"] == "/compte/connexion/?next=/compte/"
