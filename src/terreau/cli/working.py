"""The worker: tasks asked for, one after the other, and what is done once a day."""

import ctypes
import logging
import os
import signal
import socket
import sys
import time

from django.db import close_old_connections, connections
from django.utils.module_loading import autodiscover_modules
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from terreau.kernel import chores

PAUSE = 1.0
"""Seconds between two looks at an empty queue."""
CHORES_EVERY = 60.0
"""Seconds between two looks at the calendar."""
DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

log = logging.getLogger("terreau.worker")


def drain() -> None:
    """Run every task that waits, and those that they add; then come back."""
    Worker(
        queue_names=["*"], interval=PAUSE, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=_name(os.getpid()), excluded_queue_names=[],
    ).run()  # fmt: skip


def take_back() -> int:
    """Put back in the queue the tasks of workers of this machine that died in the middle. Gives how many.

    Tasks are verbs that may be called again: an import goes on from its last chunk.
    """
    host = socket.gethostname()
    found = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by("enqueued_at"):
        name, _sep, pid = (task.worker_ids[-1] if task.worker_ids else "").rpartition(":")
        if name == host[:40] and pid.isdigit() and not _lives(int(pid)):
            found += DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY
            )
    return found


def work(*, once: bool = False) -> int:
    """Work until asked to stop; with `once`, until nothing waits. Gives 0."""
    autodiscover_modules("tasks")
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: stopping.append(True))
    if back := take_back():
        log.warning("worker.took_back tasks=%d", back)
    looked = -CHORES_EVERY
    while not stopping:
        close_old_connections()
        if time.monotonic() - looked >= CHORES_EVERY:
            looked = time.monotonic()
            chores.run_due()
        if DBTaskResult.objects.ready().exists():
            drain()
        if once:
            break
        time.sleep(PAUSE)
    return 0


def beside() -> int:
    """Start a worker beside the web, in a process of its own that ends with this one. Gives its number.

    It is forked once everything is imported, and shares that memory; no connection to the database goes through.
    """
    connections.close_all()
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)
        if os.getppid() == parent:
            code = work()
    finally:
        os._exit(code)


def _name(pid: int) -> str:
    return f"{socket.gethostname()[:40]}:{pid}"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
