"""What waits in the database is done by the worker, once, even when one dies in the middle."""

import os
import socket
import subprocess
import sys

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from terreau.cli import working
from terreau.kernel.testing import tasks

DEAD = 2**22 + 1
"""More than the largest number that Linux gives to a process."""


@pytest.fixture
def queue(transactional_db, settings):
    """Keep tasks in the database, as an instance does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_tasks_are_done_in_order_and_a_failure_is_kept_without_stopping_the_others(queue, tmp_path):
    path = tmp_path / "mots"
    tasks.write_down.enqueue(str(path), "un")
    tasks.fail.enqueue("cassé")
    tasks.write_down.enqueue(str(path), "deux")
    assert not path.exists()

    working.drain()

    assert path.read_text(encoding="utf-8").split() == ["un", "deux"]
    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert "ValueError: cassé" in failed.traceback


@pytest.mark.parametrize(
    ("worker", "status"),
    [
        (f"{socket.gethostname()[:40]}:{DEAD}", TaskResultStatus.READY),
        (f"{socket.gethostname()[:40]}:{os.getpid()}", TaskResultStatus.RUNNING),
        (f"ailleurs:{DEAD}", TaskResultStatus.RUNNING),
    ],
    ids=["dead", "alive", "another machine"],
)
def test_the_task_of_a_worker_that_died_is_taken_back_and_no_other(queue, tmp_path, worker, status):
    tasks.write_down.enqueue(str(tmp_path / "mots"), "un")
    DBTaskResult.objects.get().claim(worker)

    working.take_back()

    assert DBTaskResult.objects.get().status == status


def test_the_command_does_what_waits_and_stops(tmp_path):
    code = (
        "from terreau.cli import main; main(['work', '--once']);"
        "from terreau.kernel.testing.tasks import write_down;"
        f"write_down.enqueue({str(tmp_path / 'mots')!r}, 'fait');"
        "raise SystemExit(main(['work', '--once']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TERREAU_DATA": str(tmp_path / "data"), "TERREAU_DATABASE": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "mots").read_text(encoding="utf-8") == "fait\n"
