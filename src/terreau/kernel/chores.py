"""Work done once a day, whoever runs the worker and however many workers there are.

An app writes it in its `tasks.py`, which the worker opens:

    @every_day("upkeep.reminders")
    def send_reminders() -> None: ...

What someone asks for (an import, a letter) is a task of `django_tasks` in the same file; this is for what nobody asks.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.db import IntegrityError, transaction

from terreau.kernel.clock import today
from terreau.kernel.models import Chore

Work = Callable[[], None]
log = logging.getLogger("terreau.kernel")

_chores: dict[str, Work] = {}


def every_day(name: str) -> Callable[[Work], Work]:
    """Register a function to be run once a day. Raises RuntimeError when the name is taken by another."""

    def register(work: Work) -> Work:
        if _chores.get(name, work) is not work:
            message = f"two chores are named {name!r}"
            raise RuntimeError(message)
        _chores[name] = work
        return work

    return register


def run_due() -> list[str]:
    """Run what was not yet taken today; give the names of what was run, well or not.

    A chore is taken before it is run: one that fails or is cut short is told in the log and tried again tomorrow,
    never twice the same day by two workers.
    """
    due = [name for name in sorted(_chores) if _take(name, today())]
    for name in due:
        try:
            _chores[name]()
        except Exception:
            log.exception("kernel.chore_failed name=%s", name)
    return due


def _take(name: str, day: dt.date) -> bool:
    """Take a chore for a day, by one guarded UPDATE. Gives False when someone did."""
    if Chore.objects.filter(name=name, taken_for__lt=day).update(taken_for=day):
        return True
    if Chore.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Chore.objects.create(name=name, taken_for=day)
    except IntegrityError:
        return False
    return True
