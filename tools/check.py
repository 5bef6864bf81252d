"""The whole test command (`./terreau test`): all steps run, even after a failure, and a table says how each ended.

    ./terreau test               format, lint, types, imports, migrations, messages, tests on both databases, browser
    ./terreau test --quick       format, lint, imports, tests on SQLite (not in a browser)
    ./terreau test ARGUMENTS     only pytest, on SQLite, with these arguments

A step that this machine cannot run (no PostgreSQL, no Chromium, and no right to install them) is said loudly;
it is a failure when CI=true. The last line is the sum of the runs of pytest.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
IN_CI = os.environ.get("CI") == "true"
NO_TESTS_COLLECTED = 5
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class CannotRunError(Exception):
    """What a step needs is not on this machine."""


@dataclass
class Line:
    """One step in the final table. result: ok, FAILED, NOT RUN or no test."""

    step: str
    result: str
    seconds: float


@dataclass
class Report:
    """What happened so far. tests: counts of all runs of pytest, by outcome."""

    lines: list[Line] = field(default_factory=list)
    tests: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("passed", "failed", "skipped"), 0))

    @property
    def failed(self) -> bool:
        """Say whether the command must fail."""
        return any(line.result == "FAILED" or (line.result == "NOT RUN" and IN_CI) for line in self.lines)

    def step(self, name: str, run: Callable[[], str]) -> None:
        """Run a step and note how it ended. run: returns the result."""
        print(f"\n\033[1m== {name}\033[0m" if sys.stdout.isatty() else f"\n== {name}", flush=True)
        start = time.monotonic()
        try:
            result = run()
        except CannotRunError as reason:
            print(f"\n!!! {name}: NOT RUN. {reason}\n", flush=True)
            result = "NOT RUN"
        self.lines.append(Line(name, result, time.monotonic() - start))

    def show(self) -> None:
        """Print the table, then the sum of the tests on the last line."""
        width = max(len(line.step) for line in self.lines)
        print(f"\n{'step':<{width}}  {'result':<8} {'seconds':>8}")
        for line in self.lines:
            print(f"{line.step:<{width}}  {line.result:<8} {line.seconds:>8.1f}")
        skipped = f", {self.tests['skipped']} skipped" if self.tests["skipped"] else ""
        print(f"\n{self.tests['passed']} passed, {self.tests['failed']} failed{skipped}", flush=True)


class Checks:
    """The steps, with the folder and the environment that they share."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report = report
        self.folder = folder
        (folder / "data").mkdir()
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "terreau.settings",
            "TERREAU_DATA": str(folder / "data"),
            "TERREAU_SECRET_KEY": "of-the-tests",
        }
        self.environment.pop("TERREAU_DATABASE", None)

    def command(self, name: str, *command: str) -> None:
        """Add a step that runs a command of the environment."""
        self.report.step(name, lambda: "FAILED" if self.run(*command) else "ok")

    def run(self, *command: str, **environment: str) -> int:
        """Run a command of the environment at the root. Returns its exit code."""
        program = str(BIN / command[0])
        return subprocess.run(
            [program, *command[1:]], cwd=ROOT, env=self.environment | environment, check=False
        ).returncode

    def pytest(self, *arguments: str, **environment: str) -> str:
        """Run pytest, add its counts to the report, and return the result of the step."""
        results = self.folder / f"junit-{len(self.report.lines)}.xml"
        code = self.run("python", "-m", "pytest", f"--junitxml={results}", *arguments, **environment)
        if results.exists():
            self.count(ET.parse(results).getroot())  # noqa: S314 -- written by the line above
        elif code != NO_TESTS_COLLECTED:
            self.report.tests["failed"] += 1  # pytest itself did not start
        if code == NO_TESTS_COLLECTED:
            return "no test"
        return "FAILED" if code else "ok"

    def count(self, results: ET.Element) -> None:
        """Add the counts of one run. results: JUnit's, where an error is a test that could not run."""
        for suite in results.iter("testsuite"):
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.report.tests["failed"] += failed
            self.report.tests["skipped"] += skipped
            self.report.tests["passed"] += int(suite.get("tests", 0)) - failed - skipped

    def on_postgresql(self) -> str:
        """Run the suite on a cluster made for it, on a free port."""
        has_postgresql = any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")
        if not has_postgresql:
            install("postgresql")
        with cluster() as url:
            return self.pytest("-q", "-n", "2", "-m", "not browser", TERREAU_DATABASE=url)

    def in_browser(self) -> str:
        """Run the journeys in the system's Chromium."""
        if not any(map(shutil.which, BROWSERS)):
            install("chromium")
        return self.pytest("-q", "-n", "2", "-m", "browser", "--durations=10")

    def style(self) -> None:
        """Run what reads the sources only."""
        self.command("format", "ruff", "format", "--check", "--quiet", ".")
        self.command("lint", "ruff", "check", ".")
        self.command("imports", "lint-imports")

    def quick(self) -> None:
        """Run what is done in the inner loop."""
        self.style()
        self.report.step("tests on SQLite", self.on_sqlite)

    def on_sqlite(self) -> str:
        """Run the suite on SQLite, without the browser."""
        return self.pytest("-q", "-n", "2", "-m", "not browser", "--durations=20", "--durations-min=0.1")

    def everything(self) -> None:
        """Run all the steps."""
        self.style()
        self.command("types", "mypy")
        self.command("migrations", "python", "-m", "django", "makemigrations", "--check", "--dry-run")
        self.command("messages", "python", "tools/messages.py", "check")
        self.report.step("tests on SQLite", self.on_sqlite)
        self.report.step("tests on PostgreSQL", self.on_postgresql)
        self.report.step("tests in a browser", self.in_browser)


def install(package: str) -> None:
    """Install a Debian package. Raises CannotRunError without the right or the means to."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        message = f"It needs {package}: apt-get install {package}."
        raise CannotRunError(message)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        [apt, "install", "-y", "-qq", "--no-install-recommends", package],
        [apt, "update", "-qq"],
        [apt, "install", "-y", "-qq", "--no-install-recommends", package],
    )
    print(f"Installing {package}…", flush=True)
    for command in commands:
        done = subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
        if done.returncode == 0 and "install" in command:
            return
    message = f"{package} could not be installed by apt-get."
    raise CannotRunError(message)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a private PostgreSQL cluster, give its URL, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="terreau-pg-"))
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    pg, place = str(ROOT / "bin" / "pg"), folder / "cluster"
    try:
        if subprocess.run([pg, "start", str(place), str(port)], check=False).returncode:
            message = "bin/pg could not start a cluster."
            raise CannotRunError(message)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/terreau"
        finally:
            subprocess.run([pg, "stop", str(place)], check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    report = Report()
    with tempfile.TemporaryDirectory(prefix="terreau-check-") as folder:
        checks = Checks(report, Path(folder))
        if not arguments:
            checks.everything()
        elif arguments == ["--quick"]:
            checks.quick()
        else:
            report.step("tests on SQLite", lambda: checks.pytest(*arguments))
    report.show()
    return int(report.failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
