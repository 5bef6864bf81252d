"""Policy as data: each app lists its permissions as (action, who, why), and nothing else opens a door.

`who` is a predicate over (actor, target); target is the territory of the page, or the record that is acted on.
Predicates are composed with `& | ~` (package `rules`). An action that no table lists is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate, predicate

from terreau.kernel.errors import NotAllowed
from terreau.kernel.pure.actor import Actor


@dataclass(frozen=True)
class Permission:
    """One line of the table: what may be done, by whom, and the reason in words shown when it is refused."""

    action: str
    who: Predicate
    why: str | Promise


@dataclass(frozen=True)
class Verdict:
    """Whether an action is allowed, and the sentence of the table that says who may."""

    allowed: bool
    why: str


_table: dict[str, Permission] = {}


def register(permissions: Iterable[Permission]) -> None:
    """Add an app's table. Raises RuntimeError when an action is listed twice."""
    for permission in permissions:
        if permission.action in _table:
            message = f"the action {permission.action!r} is listed twice"
            raise RuntimeError(message)
        _table[permission.action] = permission


def table() -> tuple[Permission, ...]:
    """Give every permission, sorted by action."""
    return tuple(_table[action] for action in sorted(_table))


def decide(action: str, actor: Actor, target: Any = None) -> Verdict:
    """Replay a decision without raising: the steward's page and the tests read it."""
    permission = _table.get(action)
    if permission is None:
        return Verdict(allowed=False, why=str(_("Aucune règle n'ouvre cette action.")))
    return Verdict(allowed=bool(permission.who.test(actor, target)), why=str(permission.why))


def allows(action: str, actor: Actor, target: Any = None) -> bool:
    return decide(action, actor, target).allowed


def require(action: str, actor: Actor, target: Any = None) -> None:
    """Raise NotAllowed, with the reason in words, unless the table lets the actor act."""
    verdict = decide(action, actor, target)
    if not verdict.allowed:
        raise NotAllowed(action, verdict.why)


def territory_of(target: Any) -> UUID | None:
    """Give the territory that a target belongs to: the territory itself, or that of a record."""
    return cast("UUID | None", getattr(target, "territory_id", None) or getattr(target, "pk", None))


def holding(*roles: str) -> Predicate:
    """Make the predicate: the actor holds one of these roles in the territory of the target."""
    wanted = frozenset(roles)

    @predicate(name="holding(" + ", ".join(sorted(wanted)) + ")")
    def holds(actor: Actor, target: Any) -> bool:
        return bool(actor.roles_in(territory_of(target)) & wanted)

    return cast("Predicate", holds)


@predicate
def anyone(actor: Actor, target: Any) -> bool:
    return True


@predicate
def signed_in(actor: Actor, target: Any) -> bool:
    return not actor.is_anonymous


@predicate
def administrator(actor: Actor, target: Any) -> bool:
    return actor.is_administrator


@predicate
def manages_record(actor: Actor, target: Any) -> bool:
    """Tell whether the account manages the target itself, or the organisation that the target belongs to."""
    return bool(actor.records) and not actor.records.isdisjoint(
        {getattr(target, "pk", None), getattr(target, "organisation_id", None)}
    )


members = holding("member", "manager", "contributor", "juror", "officer", "animator", "steward", "observer")
team = holding("officer", "animator", "steward", "observer")
managers = holding("manager")
officers = holding("officer", "steward")
animators = holding("animator", "steward")
stewards = holding("steward")
