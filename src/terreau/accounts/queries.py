"""What may be asked about accounts: who acts, who holds which role, which invitations wait."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.accounts.models import Grant, Invitation, User
from terreau.kernel import policy
from terreau.kernel.clock import today
from terreau.kernel.enums import Role
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import VISITOR, Actor
from terreau.territory.models import Territory

PLAYABLE: dict[str, str | Promise] = {
    "visitor": _("visiteuse ou visiteur, sans compte"),
    **{role.value: role.label for role in Role},
    "administrator": _("administration du site"),
    "stranger": _("animatrice ou animateur d'un autre territoire"),
}
"""Whom the table of rights can be replayed for, by name, with the words shown."""

ELSEWHERE = UUID(int=0)
"""A territory and an account that do not exist, for actors made up to ask "what if"."""


@dataclass(frozen=True)
class TeamPage:
    """The people of a territory.

    grants: roles in force today or later, by name of the person. past: ended roles, the latest first.
    invitations: neither accepted nor withdrawn; an expired one stays listed so that it can be sent again.
    """

    grants: list[Grant]
    past: list[Grant]
    invitations: list[Invitation]
    may_change: bool


@dataclass(frozen=True)
class AccountPage:
    """One's own account. grants: the roles held today, sorted by territory."""

    user: User
    grants: list[Grant]


@dataclass(frozen=True)
class InvitationPage:
    """An invitation, as the one who followed its link sees it.

    closed: why it no longer works, empty while it does. Of the three others at most one is true; none: just accept.
    """

    invitation: Invitation
    closed: str
    opens_account: bool
    needs_sign_in: bool
    is_for_someone_else: bool


@dataclass(frozen=True)
class RightsLine:
    """One line of the table of permissions; `allowed` is None when no role is being replayed."""

    action: str
    why: str
    roles: list[str | Promise]
    allowed: bool | None


@dataclass(frozen=True)
class RightsPage:
    """The table of permissions. replayed: the role whose verdicts are shown, one of PLAYABLE, or empty."""

    replayed: str
    lines: list[RightsLine]


def actor_of(user: Any, day: dt.date) -> Actor:
    """Give the actor that an account is on a day, with the roles in force that day. One query, none for a visitor."""
    if not user.is_authenticated:
        return VISITOR
    roles: dict[UUID, set[str]] = defaultdict(set)
    records: set[UUID] = set()
    held = Grant.objects.in_force(day).filter(user_id=user.pk).values_list("territory_id", "role", "record_id")
    for territory_id, role, record_id in held:
        roles[territory_id].add(role)
        if record_id:
            records.add(record_id)
    return Actor(
        user_id=user.pk,
        name=str(user),
        roles={territory_id: frozenset(names) for territory_id, names in roles.items()},
        records=frozenset(records),
        is_administrator=user.is_administrator,
    )


def account_of(reader: Actor) -> User:
    """Give the reader's own account. One query."""
    return get_object_or_404(User, pk=reader.user_id)


def account_page(reader: Actor) -> AccountPage:
    """Give the reader's account and the roles held today. Two queries, three for a manager."""
    user = account_of(reader)
    grants = Grant.objects.in_force(today()).filter(user=user).select_related("territory")
    return AccountPage(user=user, grants=_with_pages(reader, grants.order_by("territory__name", "role", "pk")))


def _with_pages(reader: Actor, grants: Iterable[Grant]) -> list[Grant]:
    """Put on each manager's role the page that it is about, when the reader may see it. One query more, if any."""
    grants = list(grants)
    if records := {grant.record_id for grant in grants if grant.record_id}:
        entries = Entry.objects.filter(record_id__in=records)
        seen = entries.visible_to(reader) | entries.filter(record_id__in=reader.records)
        pages = {entry.record_id: entry for entry in seen}
        for grant in grants:
            grant.page = pages.get(grant.record_id)
    return grants


def team_page(reader: Actor, territory: Territory) -> TeamPage:
    """Give the team, its past and its open invitations. Two queries, three with managers, whatever their number."""
    day = today()
    grants = _with_pages(
        reader,
        Grant.objects.filter(territory=territory)
        .select_related("user")
        .order_by("user__name", "user__email", "role", "pk"),
    )
    waiting = (
        Invitation.objects.open()
        .filter(territory=territory)
        .select_related("territory")
        .order_by("email", "role", "pk")
    )
    return TeamPage(
        grants=[grant for grant in grants if grant.until is None or grant.until >= day],
        past=sorted(
            (grant for grant in grants if grant.until and grant.until < day),
            key=lambda grant: grant.until or day,
            reverse=True,
        ),
        invitations=list(waiting),
        may_change=policy.allows("accounts.team.change", reader, territory),
    )


def grant_of(territory: Territory, pk: UUID) -> Grant:
    """Give a role of the territory, ended or not, or a 404. One query."""
    return get_object_or_404(Grant.objects.select_related("user", "territory"), pk=pk, territory=territory)


def invitation_of(territory: Territory, pk: UUID) -> Invitation:
    """Give an open invitation of the territory, or a 404. One query."""
    return get_object_or_404(Invitation.objects.open(), pk=pk, territory=territory)


def fingerprint(secret: str) -> str:
    """Give what is kept of the secret of an invitation: its SHA-256, in lower-case hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_by_secret(secret: str) -> Invitation:
    """Give the invitation that a link leads to, whatever its state, or a 404. One query."""
    return get_object_or_404(Invitation.objects.select_related("territory"), secret_hash=fingerprint(secret))


def invitation_page(reader: Actor, invitation: Invitation, *, closed: str) -> InvitationPage:
    """Say what the reader has to do to accept. One query."""
    user = account_with(invitation.email)
    return InvitationPage(
        invitation=invitation,
        closed=closed,
        opens_account=user is None and reader.is_anonymous,
        needs_sign_in=user is not None and reader.is_anonymous,
        is_for_someone_else=not reader.is_anonymous and (user is None or user.pk != reader.user_id),
    )


def account_with(email: str) -> User | None:
    """Give the account of an address, signed in or not, active or not. One query."""
    return User.objects.filter(email=email.strip().lower()).first()


def holds(user: User, territory: Territory, role: str, record_id: UUID | None = None) -> bool:
    """Tell whether an account holds a role without a planned end, from now or later. One query.

    record_id: the organisation, when the role is that of its manager.
    """
    return Grant.objects.filter(user=user, territory=territory, role=role, record_id=record_id, until=None).exists()


def stewards_left(territory: Territory, *, without: Grant, day: dt.date) -> int:
    """Count the active stewards in force on a day without a planned end, one grant left aside. One query."""
    lasting = Grant.objects.in_force(day).filter(
        territory=territory, role=Role.STEWARD, until=None, user__is_active=True
    )
    return lasting.exclude(pk=without.pk).count()


def rights_page(territory: Territory, replayed: str = "") -> RightsPage:
    """Read the table of permissions aloud, for one territory: who may do what. No query.

    replayed: one of PLAYABLE, whose verdict is wanted on each line; empty for none.
    """
    cast = {name: actor_playing(name, territory) for name in PLAYABLE}
    return RightsPage(
        replayed=replayed,
        lines=[
            RightsLine(
                action=permission.action,
                why=str(permission.why),
                roles=[
                    label for name, label in PLAYABLE.items() if policy.allows(permission.action, cast[name], territory)
                ],
                allowed=policy.allows(permission.action, cast[replayed], territory) if replayed else None,
            )
            for permission in policy.table()
        ],
    )


def actor_playing(name: str, territory: Territory) -> Actor:
    """Make an actor who holds one role in the territory and nothing else: a what-if, which reads no account."""
    if name == "visitor":
        return VISITOR
    if name == "administrator":
        return Actor(user_id=ELSEWHERE, is_administrator=True)
    if name == "stranger":
        return Actor(user_id=ELSEWHERE, roles={ELSEWHERE: frozenset({Role.ANIMATOR.value})})
    return Actor(user_id=ELSEWHERE, roles={territory.pk: frozenset({name})})
