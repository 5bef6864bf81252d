"""Imports too long for a page: what the worker does of them."""

from django_tasks import task

from terreau.accounts import queries as accounts
from terreau.accounts.models import User
from terreau.kernel.clock import today
from terreau.opendata.enums import BatchState
from terreau.opendata.models import ImportBatch
from terreau.opendata.services.running import Overtaken, advance, preview


@task()
def go_on(batch: str, user: str) -> None:
    """Take an import to the end of its preview or of its writing, with the rights that its person has today.

    A preview starts anew: it wrote nothing, and what it compares rows with is in memory.
    """
    found = ImportBatch.objects.select_related("territory", "nature").get(pk=batch)
    actor = accounts.actor_of(User.objects.get(pk=user), today())
    try:
        if found.state == BatchState.READING:
            preview(found, by=actor)
        else:
            advance(found, by=actor, rows=None)
    except Overtaken:
        # The same import was asked to go on twice: the other run goes on.
        return
