"""The cast: the same people in every test, signed in and ready (style.md, section 10).

    def test_a_member_reads_the_group(member, valenciennois):
        response = member.get(f"/{valenciennois.slug}/groupes/")

Each is a Django test client that also carries `.user` (None for the visitor) and `.actor`, the plain data that queries
and services take. All hold their one role in `valenciennois`, but `stranger`, an animator of `elsewhere`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory, Password

from terreau.accounts import queries
from terreau.accounts.models import Grant, Invitation, User
from terreau.kernel.clock import now, today
from terreau.kernel.enums import Role
from terreau.kernel.pure.actor import VISITOR, Actor
from terreau.kernel.pure.ids import uuid7
from terreau.territory.models import Territory

PASSWORD = "une phrase assez longue"


class TerritoryFactory(DjangoModelFactory[Territory]):
    class Meta:
        model = Territory

    slug = Sequence(lambda number: f"territoire-{number}")
    name = Sequence(lambda number: f"Territoire {number}")


class UserFactory(DjangoModelFactory[User]):
    """An account whose password is PASSWORD."""

    class Meta:
        model = User

    email = Sequence(lambda number: f"compte-{number}@example.org")
    name = Sequence(lambda number: f"Compte {number}")
    password = Password(PASSWORD)


class GrantFactory(DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    user = SubFactory(UserFactory)
    territory = SubFactory(TerritoryFactory)
    role = Role.MEMBER
    record_id = LazyAttribute(lambda grant: uuid7() if grant.role == Role.MANAGER else None)


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An open invitation; `secret` is the word of its link, unique unless given."""

    class Meta:
        model = Invitation

    class Params:
        secret = Sequence(lambda number: f"secret-{number}")
        expired = Trait(expires_at=LazyFunction(lambda: now() - dt.timedelta(days=1)))

    territory = SubFactory(TerritoryFactory)
    email = Sequence(lambda number: f"invitation-{number}@example.org")
    role = Role.MEMBER
    secret_hash = LazyAttribute(lambda invitation: queries.fingerprint(invitation.secret))
    expires_at = LazyFunction(lambda: now() + dt.timedelta(days=14))


class CastClient(Client):
    """A browser with someone in front of it."""

    user: User | None = None
    actor: Actor = VISITOR


def client_of(user: User) -> CastClient:
    """Sign an account in. Give its roles first: `actor` is worked out here, once."""
    client = CastClient()
    client.force_login(user)
    client.user, client.actor = user, queries.actor_of(user, today())
    return client


Casting = Callable[..., CastClient]


@pytest.fixture
def valenciennois(db: None) -> Territory:
    return TerritoryFactory.create(slug="valenciennois", name="Valenciennois")


@pytest.fixture
def elsewhere(db: None) -> Territory:
    return TerritoryFactory.create(slug="ailleurs", name="Ailleurs")


@pytest.fixture
def cast(valenciennois: Territory) -> Casting:
    """Make someone who holds a role: `cast(Role.JUROR)`, `cast(Role.MEMBER, elsewhere, name="Camille")`.

    record: the organisation that a manager manages; a record that does not exist unless given.
    """

    def play(role: str, territory: Territory = valenciennois, record: Any = None, **fields: Any) -> CastClient:
        user = UserFactory.create(
            **{"email": f"{role}@{territory.slug}.example.org", "name": str(Role(role).label)} | fields
        )
        GrantFactory.create(user=user, territory=territory, role=role, **({"record_id": record.pk} if record else {}))
        return client_of(user)

    return play


@pytest.fixture
def visitor() -> CastClient:
    return CastClient()


@pytest.fixture
def member(cast: Casting) -> CastClient:
    return cast(Role.MEMBER)


@pytest.fixture
def manager(cast: Casting) -> CastClient:
    """Who manages a page, but none that a test makes."""
    return cast(Role.MANAGER)


@pytest.fixture
def holder(manager: CastClient) -> CastClient:
    """The manager, under the name that calls for projects give them."""
    return manager


@pytest.fixture
def contributor(cast: Casting) -> CastClient:
    return cast(Role.CONTRIBUTOR)


@pytest.fixture
def juror(cast: Casting) -> CastClient:
    return cast(Role.JUROR)


@pytest.fixture
def officer(cast: Casting) -> CastClient:
    return cast(Role.OFFICER)


@pytest.fixture
def animator(cast: Casting) -> CastClient:
    return cast(Role.ANIMATOR)


@pytest.fixture
def steward(cast: Casting) -> CastClient:
    return cast(Role.STEWARD)


@pytest.fixture
def observer(cast: Casting) -> CastClient:
    return cast(Role.OBSERVER)


@pytest.fixture
def administrator(db: None) -> CastClient:
    return client_of(
        UserFactory.create(email="administration@example.org", name="Administration", is_administrator=True)
    )


@pytest.fixture
def stranger(cast: Casting, elsewhere: Territory) -> CastClient:
    return cast(Role.ANIMATOR, elsewhere)
