"""The verbs of accounts, and the rules that they hold."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from terreau.accounts import queries, services
from terreau.accounts.models import Grant, Invitation, User
from terreau.accounts.testing import (
    PASSWORD,
    CastClient,
    GrantFactory,
    InvitationFactory,
    TerritoryFactory,
    UserFactory,
    client_of,
)
from terreau.kernel import audit
from terreau.kernel.clock import today
from terreau.kernel.enums import Role
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import SYSTEM, VISITOR

SITE = "https://terreau.example/"
GOOD = "une phrase assez longue"


def invite(territory, by, **changes):
    values: dict[str, Any] = {"email": "Nouvelle@Example.org ", "role": Role.MEMBER, "days": 14, "site": SITE} | changes
    return services.invite(territory=territory, by=by, **values)


def accept(invitation, by=VISITOR, **changes):
    return services.accept_invitation(invitation=invitation, by=by, **({"name": "Camille", "password": GOOD} | changes))


def test_an_invitation_leaves_with_a_link_that_is_kept_nowhere_else(
    steward, valenciennois, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(valenciennois, steward.actor)

    [letter] = mail.outbox
    [secret] = re.findall(r"https://terreau\.example/compte/invitation/([^/]+)/", str(letter.body))
    assert letter.to == [invitation.email] == ["nouvelle@example.org"]
    assert len(secret) >= 43
    assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert queries.invitation_by_secret(secret) == invitation


@pytest.mark.parametrize("who", ["member", "manager", "contributor", "juror", "officer", "animator", "observer"])
def test_only_stewards_and_administrators_change_the_team(request, valenciennois, who):
    someone = request.getfixturevalue(who)
    invitation = InvitationFactory.create(territory=valenciennois)
    grant = GrantFactory.create(territory=valenciennois)

    for act in (
        lambda: invite(valenciennois, someone.actor),
        lambda: services.withdraw_invitation(invitation=invitation, by=someone.actor),
        lambda: services.end_role(grant=grant, by=someone.actor),
        lambda: services.grant_role(territory=valenciennois, user=someone.user, role=Role.STEWARD, by=someone.actor),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert not AuditEvent.objects.exists()


def test_a_steward_of_one_territory_changes_nothing_in_another(steward, elsewhere):
    with pytest.raises(NotAllowed):
        invite(elsewhere, steward.actor)


def test_two_open_invitations_for_one_role_are_refused(steward, valenciennois):
    invite(valenciennois, steward.actor)

    with pytest.raises(RuleBroken, match="attend déjà la réponse"):
        invite(valenciennois, steward.actor)


def test_an_expired_invitation_gives_way_to_a_new_one(steward, valenciennois):
    old = InvitationFactory.create(territory=valenciennois, email="nouvelle@example.org", expired=True)

    new = invite(valenciennois, steward.actor)

    assert list(Invitation.objects.open()) == [new]
    assert Invitation.objects.get(pk=old.pk).withdrawn_at


def test_who_holds_the_role_is_not_invited_to_it(steward, member, valenciennois):
    with pytest.raises(RuleBroken, match="tient déjà ce rôle"):
        invite(valenciennois, steward.actor, email=member.user.email)


@pytest.mark.parametrize("days", [0, 91])
def test_an_invitation_lasts_from_one_to_ninety_days(steward, valenciennois, days):
    with pytest.raises(RuleBroken) as refusal:
        invite(valenciennois, steward.actor, days=days)

    assert refusal.value.field == "days"


def test_accepting_opens_the_account_and_gives_the_role(valenciennois):
    grant = accept(InvitationFactory.create(territory=valenciennois, email="camille@example.org", role=Role.ANIMATOR))

    assert (grant.user.email, grant.user.name, grant.role) == ("camille@example.org", "Camille", "animator")
    assert grant.user.check_password(GOOD)
    assert (grant.since, grant.until) == (today(), None)


def test_accepting_attaches_the_role_to_the_account_that_exists(member, elsewhere):
    grant = accept(InvitationFactory.create(territory=elsewhere, email=member.user.email), by=member.actor)

    assert grant.user == member.user
    assert User.objects.count() == 1


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_nobody_else_takes_a_role_offered_to_an_account(request, member, elsewhere, who):
    someone = request.getfixturevalue(who)
    invitation = InvitationFactory.create(territory=elsewhere, email=member.user.email, role=Role.STEWARD)

    with pytest.raises(RuleBroken, match="connectez-vous avec ce compte"):
        accept(invitation, by=someone.actor)

    assert not Grant.objects.filter(role=Role.STEWARD).exists()
    assert list(Invitation.objects.open()) == [invitation]


def test_a_signed_in_person_does_not_open_the_account_of_another_address(member, elsewhere):
    with pytest.raises(RuleBroken, match="autre compte est ouvert"):
        accept(InvitationFactory.create(territory=elsewhere), by=member.actor)


@pytest.mark.parametrize("password", ["court", "qwerty123456", "camille@example.org"])
def test_a_weak_password_opens_no_account_and_leaves_the_invitation_open(db, password):
    invitation = InvitationFactory.create(email="camille@example.org")

    with pytest.raises(RuleBroken) as refusal:
        accept(invitation, password=password)

    assert refusal.value.field == "password"
    assert not User.objects.exists()
    assert list(Invitation.objects.open()) == [invitation]


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        ({"expires_at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)}, "plus valable depuis le 2 janvier 2026"),
        ({"withdrawn_at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)}, "a été retirée"),
        ({"accepted_at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)}, "a déjà servi"),
    ],
)
def test_a_closed_invitation_says_why_and_gives_nothing(db, closed, words):
    invitation = InvitationFactory.create(**closed)

    with pytest.raises(RuleBroken, match=words):
        accept(invitation)

    assert not User.objects.exists()


def test_a_secret_works_once_even_for_a_stale_page(db):
    invitation = InvitationFactory.create()
    stale = Invitation.objects.get(pk=invitation.pk)
    accept(invitation)

    with pytest.raises(RuleBroken, match="a déjà servi"):
        accept(stale)

    assert Grant.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_arriving_together_give_one_role():
    invitation = InvitationFactory.create()
    together = Barrier(2, timeout=20)

    def click():
        try:
            together.wait()
            return bool(accept(invitation))
        except RuleBroken:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        won = [click.result() for click in [pool.submit(click), pool.submit(click)]]

    assert sorted(won) == [False, True]
    assert (User.objects.count(), Grant.objects.count()) == (1, 1)


def test_a_withdrawn_invitation_is_not_withdrawn_twice(steward, valenciennois):
    invitation = InvitationFactory.create(territory=valenciennois)
    services.withdraw_invitation(invitation=invitation, by=steward.actor)

    with pytest.raises(RuleBroken, match="a été retirée"):
        services.withdraw_invitation(invitation=invitation, by=steward.actor)


def test_a_role_ends_at_once_and_keeps_its_past(steward, valenciennois):
    grant = GrantFactory.create(territory=valenciennois, since=today() - dt.timedelta(days=10))

    services.end_role(grant=grant, by=steward.actor)

    assert Grant.objects.get(pk=grant.pk).until == today() - dt.timedelta(days=1)
    assert not Grant.objects.in_force(today()).filter(pk=grant.pk).exists()


def test_a_role_given_today_by_mistake_leaves_its_trace_in_the_audit_only(steward, valenciennois):
    grant = GrantFactory.create(territory=valenciennois)

    services.end_role(grant=grant, by=steward.actor)

    assert not Grant.objects.filter(pk=grant.pk).exists()
    assert AuditEvent.objects.get().record_id == grant.pk


def test_a_role_may_end_on_a_later_day(steward, valenciennois):
    grant = GrantFactory.create(territory=valenciennois)
    last_day = today() + dt.timedelta(days=30)

    services.end_role(grant=grant, by=steward.actor, last_day=last_day)

    assert Grant.objects.get(pk=grant.pk).until == last_day


def test_a_role_does_not_end_in_the_past(steward, valenciennois):
    grant = GrantFactory.create(territory=valenciennois, since=today() - dt.timedelta(days=10))

    with pytest.raises(RuleBroken) as refusal:
        services.end_role(grant=grant, by=steward.actor, last_day=today() - dt.timedelta(days=1))

    assert refusal.value.field == "last_day"


def test_an_ended_role_does_not_end_again(steward, valenciennois):
    grant = GrantFactory.create(territory=valenciennois, since=today() - dt.timedelta(days=10))
    services.end_role(grant=Grant.objects.get(pk=grant.pk), by=steward.actor)

    with pytest.raises(RuleBroken, match="déjà pris fin"):
        services.end_role(grant=grant, by=steward.actor)


@pytest.mark.parametrize(
    "other",
    [
        {"until": dt.date(2100, 1, 1)},
        {"since": dt.date(2100, 1, 1)},
        {"user__is_active": False},
        {"role": Role.ANIMATOR},
        {"territory__slug": "ailleurs"},
    ],
)
def test_the_last_lasting_steward_stays(steward, administrator, valenciennois, other):
    GrantFactory.create(
        **({"role": Role.STEWARD} | ({} if "territory__slug" in other else {"territory": valenciennois}) | other)
    )
    last = Grant.objects.get(user=steward.user)

    for by in (steward, administrator):
        with pytest.raises(RuleBroken, match="plus de garant"):
            services.end_role(grant=last, by=by.actor)

    assert Grant.objects.get(pk=last.pk).until is None


def test_a_steward_leaves_when_another_stays(steward, valenciennois):
    GrantFactory.create(territory=valenciennois, role=Role.STEWARD)

    services.end_role(grant=Grant.objects.get(user=steward.user), by=steward.actor)

    assert Grant.objects.in_force(today()).filter(territory=valenciennois, role=Role.STEWARD).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_stewards_ending_each_other_leave_one():
    territory = TerritoryFactory.create()
    grants = [GrantFactory.create(territory=territory, role=Role.STEWARD, since=dt.date(2020, 1, 1)) for _ in range(2)]
    together = Barrier(2, timeout=20)

    def end(grant):
        try:
            together.wait()
            services.end_role(grant=grant, by=SYSTEM)
        except RuleBroken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [future.result() for future in [pool.submit(end, grant) for grant in grants]]

    assert sorted(done) == [False, True]
    assert Grant.objects.in_force(today()).count() == 1


def test_a_role_is_not_given_twice(steward, member, valenciennois):
    with pytest.raises(RuleBroken, match="tient déjà ce rôle"):
        services.grant_role(territory=valenciennois, user=member.user, role=Role.MEMBER, by=steward.actor)


def test_the_database_refuses_two_open_grants_of_one_role(member, valenciennois):
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory.create(user=member.user, territory=valenciennois, role=Role.MEMBER)


def test_the_first_steward_is_named_from_the_command_line(valenciennois):
    grant = services.grant_role(territory=valenciennois, user=UserFactory.create(), role=Role.STEWARD, by=SYSTEM)

    assert client_of(grant.user).get("/valenciennois/reglages/equipe/").status_code == 200


def test_every_verb_is_audited_without_a_name_or_an_address(steward, valenciennois):
    invitation = invite(valenciennois, steward.actor, email="camille@example.org")
    grant = accept(invitation)
    services.withdraw_invitation(invitation=invite(valenciennois, steward.actor), by=steward.actor)
    given = services.grant_role(
        territory=valenciennois, user=grant.user, role=Role.JUROR, by=steward.actor, until=today()
    )
    services.end_role(grant=given, by=steward.actor)
    services.rename_me(name="Dominique", by=steward.actor)

    events = AuditEvent.objects.order_by("at", "sequence")
    assert sorted(event.action for event in events) == [
        "accounts.end_role", "accounts.grant_role", "accounts.invitation.accept", "accounts.invite", "accounts.invite",
        "accounts.open_account", "accounts.rename", "accounts.withdraw_invitation",
    ]  # fmt: skip
    assert not re.search("laude|Dominique|@", str([event.changes for event in events]))
    assert [audit.broken_link(chain) for chain in {event.chain for event in events}] == [None, None]


def test_the_first_administrator_is_appointed_with_a_new_account(db: None) -> None:
    user = services.appoint_administrator(email="Premiere@Exemple.fr", password="une phrase assez longue", by=SYSTEM)

    assert (user.email, user.is_administrator, user.check_password("une phrase assez longue")) == (
        "premiere@exemple.fr",
        True,
        True,
    )


def test_an_account_that_exists_keeps_its_password_when_it_is_appointed(db: None) -> None:
    known = UserFactory.create()

    services.appoint_administrator(email=known.email, password="", by=SYSTEM)

    known.refresh_from_db()
    assert known.is_administrator
    assert known.check_password(PASSWORD)


def test_a_weak_password_opens_no_account(db: None) -> None:
    with pytest.raises(RuleBroken):
        services.appoint_administrator(email="a@exemple.fr", password="court", by=SYSTEM)

    assert not User.objects.filter(email="a@exemple.fr").exists()


def test_a_steward_appoints_no_administrator(steward: CastClient) -> None:
    with pytest.raises(NotAllowed):
        services.appoint_administrator(email="a@exemple.fr", password="une phrase assez longue", by=steward.actor)
