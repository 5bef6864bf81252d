"""Searches too long for a page: asked for here, done by the worker (docs/decisions/0009-background-work.md)."""

from uuid import UUID

from django_tasks import task

from terreau.accounts import queries as accounts
from terreau.accounts.models import User
from terreau.duplicates.services.searching import search
from terreau.kernel import policy
from terreau.kernel.clock import today
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory


def search_later(territory: Territory, *, by: Actor) -> None:
    """Ask the worker for a search. Raises NotAllowed."""
    policy.require("duplicates.search", by, territory)
    search_in_background.enqueue(str(territory.pk), str(by.user_id))


@task()
def search_in_background(territory: str, user: str) -> None:
    """Search a territory for someone, with the rights that they have when it runs; may be run again."""
    by = accounts.actor_of(User.objects.get(pk=UUID(user)), today())
    search(Territory.objects.get(pk=UUID(territory)), by=by)
