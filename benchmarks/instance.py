"""Instances to measure: a folder of data that dies with the run, and servers that do too."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TERRITORY = "valenciennois"
GRACE = 10
TERREAU = (sys.executable, "-c", "import sys; from terreau.cli import main; sys.exit(main())")
"""The command `terreau`, without needing it on the path."""


def environment(data: Path, **more: str) -> dict[str, str]:
    """Give what the house reads: this checkout, this folder of data, and production settings."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("TERREAU_", "DJANGO_"))}
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return known | {"PYTHONPATH": paths, "TERREAU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "terreau.settings"} | more


def terreau(data: Path, *arguments: str) -> None:
    """Run a command of the house. Raises CalledProcessError, with what it printed, when it fails."""
    subprocess.run([*TERREAU, *arguments], env=environment(data), check=True, stdout=subprocess.DEVNULL)


def prepare(data: Path) -> None:
    """Make the instance that every case starts from: the real territory, static files, and an empty database."""
    terreau(data, "manage", "migrate", "--verbosity", "0")
    with (
        closing(sqlite3.connect(data / "terreau.sqlite3")) as full,
        closing(sqlite3.connect(data / "empty.sqlite3")) as empty,
    ):
        full.backup(empty)
    terreau(data, "demo", "--no-serve")
    gather = "from terreau.cli import serving; serving.collect()"
    subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {gather}"], env=environment(data), check=True
    )


def copy(data: Path, to: Path) -> Path:
    """Give a case an instance of its own."""
    shutil.copytree(data, to)
    return to


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answered(port: int, path: str) -> bool:
    """Ask once; whether it answered 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as wire:
            wire.sendall(request.encode())
            return b" 200 " in wire.recv(64)
    except OSError:
        return False


def wait_for(port: int, path: str, process: "subprocess.Popen[bytes]", most: float = 30) -> float:
    """Give the seconds until the first 200. Raises RuntimeError when the server dies or never answers."""
    start = time.perf_counter()
    while time.perf_counter() - start < most:
        if answered(port, path):
            return time.perf_counter() - start
        if process.poll() is not None:
            break
        time.sleep(0.005)
    raise RuntimeError(f"no answer to {path} in {most} s (exit code {process.poll()})")


@contextmanager
def running(command: Sequence[str], env: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a program in a process group of its own, and end the whole group."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        # At once: a server that stops politely waits for its workers, and there is nothing here to save.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(GRACE)


def granian(target: str, port: int) -> list[str]:
    """Write the command that serves an application as `terreau serve` does."""
    options = [
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "2",
        "--no-ws",
        "--port",
        str(port),
        "--log-level",
        "warning",
    ]
    return [sys.executable, "-m", "granian", *options, target]
