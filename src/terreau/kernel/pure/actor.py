"""Who reads or acts: plain data, made once per request, command or task."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

ROLES = ("member", "manager", "contributor", "juror", "officer", "animator", "steward", "observer")
TEAM = frozenset({"officer", "animator", "steward", "observer"})
"""Roles that read what is kept for the animation team (domain.md, "Roles of accounts")."""
NO_ROLES: Mapping[UUID, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Actor:
    """An account seen by the rules, or a visitor when `user_id` is None.

    roles: for each territory, the names of the roles held there today, out of ROLES.
    records: the records whose page this account manages today, whatever their territory.
    is_administrator: manages territories; reads no private content by default.
    """

    user_id: UUID | None = None
    name: str = ""
    roles: Mapping[UUID, frozenset[str]] = field(default_factory=lambda: NO_ROLES)
    records: frozenset[UUID] = frozenset()
    is_administrator: bool = False

    @property
    def is_anonymous(self) -> bool:
        return self.user_id is None

    def roles_in(self, territory_id: UUID | None) -> frozenset[str]:
        return self.roles.get(territory_id, frozenset()) if territory_id else frozenset()

    def is_member(self, territory_id: UUID | None) -> bool:
        return bool(self.roles_in(territory_id))

    def is_in_team(self, territory_id: UUID | None) -> bool:
        return bool(self.roles_in(territory_id) & TEAM)


VISITOR = Actor()
SYSTEM = Actor(name="terreau", is_administrator=True)
"""The command line and the tasks: they act for the instance, and read through explicit queries."""
