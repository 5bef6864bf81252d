"""The strict harness of all tests: no network, no undefined template variable, no uncounted query, no noisy page.

The people of the tests (visitor, member, holder…) come from terreau.accounts.testing.
"""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import assets
import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from terreau.kernel.testing import QueryCounter

ROOT = Path(__file__).resolve().parent
OUR_TEMPLATES = ROOT / "src" / "terreau"

pytest_plugins = ["terreau.accounts.testing"] if find_spec("terreau.accounts.testing") else []

hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


# --- The instance under test -----------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings to a folder of this run, before anything reads them, and compile the messages."""
    from django.conf import settings  # noqa: PLC0415 -- app ready
    from django.utils.translation.reloader import translation_file_changed  # noqa: PLC0415 -- app ready

    is_worker = hasattr(config, "workerinput")
    if not is_worker and assets.compile_messages(ROOT):
        # Django's set-up may have read the old files.
        translation_file_changed(sender=None, file_path=ROOT / "django.mo")
    folder = Path(tempfile.mkdtemp(prefix="terreau-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["TERREAU_DATA"] = str(folder)
    settings.DATA_DIR = folder
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.TASKS["default"]["BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"
    storages: dict[str, Any] = settings.STORAGES
    storages["default"]["OPTIONS"]["location"] = str(folder / "files")
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    engines: list[dict[str, Any]] = settings.TEMPLATES
    for engine in engines:
        engine["OPTIONS"]["string_if_invalid"] = Undefined()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put SQLite in a file, as in real life: threads and the live server meet its real locks."""
    from django.db import connections  # noqa: PLC0415 -- app ready

    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "terreau.sqlite3")


# --- No network ------------------------------------------------------------------------------------------------------


class NetworkRefusedError(RuntimeError):
    """A test tried to leave the machine."""


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse to look a name up, or to connect, outside of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded_connection(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


def _guarded_connection(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            message = f"Connection to {address} refused: a test does not use the network."
            raise NetworkRefusedError(message)
        return real(self, address)

    return connect


def _guarded_lookup(real: Callable[..., Any]) -> Callable[..., Any]:
    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_here(host):
            message = f"Lookup of {host!r} refused: a test does not use the network."
            raise NetworkRefusedError(message)
        return real(host, *args, **kwargs)

    return getaddrinfo


# --- Templates say what they need ------------------------------------------------------------------------------------


class UndefinedTemplateVariableError(LookupError):
    """One of our templates reads a variable that its context does not have."""


class Undefined(str):
    """What Django shows for an undefined variable: an error when the template is ours, nothing otherwise.

    Django asks `"%s" in value`, then `value % name`. `{% if %}`, `{% for %}` and `{% firstof %}`
    ask nothing, and stay lenient.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return True

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        template = _template_being_rendered()
        if template and Path(template).is_relative_to(OUR_TEMPLATES):
            message = f"{Path(template).relative_to(OUR_TEMPLATES)}: undefined variable {name}"
            raise UndefinedTemplateVariableError(message)
        return ""


def _template_being_rendered() -> str | None:
    """Find the file of the innermost template node on the stack."""
    from django.template.base import Node  # noqa: PLC0415 -- app ready

    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 -- the documented way to walk a stack cheaply
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and (origin := getattr(node, "origin", None)):
            return str(origin.name)
        frame = frame.f_back
    return None


# --- Tests start in the language of the instance ---------------------------------------------------------------------


@pytest.fixture(autouse=True)
def language_of_the_instance() -> None:
    """Forget the language that the page of an earlier test chose: Django keeps it for the thread."""
    from django.utils import translation  # noqa: PLC0415 -- app ready

    translation.deactivate()


# --- Queries are counted ---------------------------------------------------------------------------------------------

_TRANSACTION_WORDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture
def queries(db: None) -> "QueryCounter":
    """Count exactly: `with queries(4): …` fails, and prints them, unless there were 4 queries (transactions aside)."""
    from django.db import connection  # noqa: PLC0415 -- app ready
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- app ready

    @contextmanager
    def exactly(expected: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        seen = [query["sql"] for query in captured if not query["sql"].startswith(_TRANSACTION_WORDS)]
        if len(seen) != expected:
            listing = "\n".join(f"{number}. {sql}" for number, sql in enumerate(seen, start=1))
            pytest.fail(f"{len(seen)} queries instead of {expected}:\n{listing}", pytrace=False)

    return exactly


# --- Pages in a browser ----------------------------------------------------------------------------------------------

CHROMIUM_OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Launch the system's Chromium, once."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow import

    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not executable:
        pytest.fail("Chromium is not installed (Debian: apt-get install chromium).", pytrace=False)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in the thread of the tests, and Django would take their queries for asynchronous ones.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def viewport() -> tuple[int, int]:
    """Size of the window, in CSS pixels; choose another with `@pytest.mark.parametrize("viewport", [(320, 640)])`."""
    return (1280, 900)


@pytest.fixture
def page_errors() -> list[str]:
    """What the browser complained of. A test that expects a complaint reads it, then clears the list."""
    return []


@contextmanager
def _opened(
    browser: "Browser", server: "LiveServer", size: tuple[int, int], errors: list[str], *, scripts: bool
) -> Iterator["Page"]:
    """Open a French page on the live server, and fail in the end if the browser complained or left the machine."""
    context: BrowserContext = browser.new_context(
        base_url=server.url,
        viewport={"width": size[0], "height": size[1]},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", lambda message: errors.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server.url, "data:", "blob:", "about:"))
            else errors.append(f"left: {request.url}")
        ),
    )
    try:
        yield page
    finally:
        context.close()
    if errors:
        pytest.fail("The browser complained:\n" + "\n".join(errors), pytrace=False)


@pytest.fixture
def page(
    chromium: "Browser", live_server: "LiveServer", viewport: tuple[int, int], page_errors: list[str]
) -> Iterator["Page"]:
    """Give a page with JavaScript; addresses are relative to the live server: `page.goto("/valenciennois/")`."""
    with _opened(chromium, live_server, viewport, page_errors, scripts=True) as opened:
        yield opened


@pytest.fixture
def no_script_page(
    chromium: "Browser", live_server: "LiveServer", viewport: tuple[int, int], page_errors: list[str]
) -> Iterator["Page"]:
    """Give a page without JavaScript: what a page promises to everyone."""
    with _opened(chromium, live_server, viewport, page_errors, scripts=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def axe() -> Callable[["Page"], None]:
    """Assert that axe finds no accessibility violation: `axe(page)`."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 -- slow import

    checker = Axe()

    def check(page: "Page") -> None:
        results = checker.run(page, options={"resultTypes": ["violations"]})
        if results.violations_count:
            pytest.fail(f"{page.url}: {results.generate_report()}", pytrace=False)

    return check
