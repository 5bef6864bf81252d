"""The real territory, for tests that cross apps: loaded anew, or once for a whole module."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from terreau.cli.demo import DEPARTMENT, folder
from terreau.dossier import services
from terreau.geography import services as geography
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Territory

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


def load() -> Territory:
    """Load the Valenciennois whole."""
    territory, _stored = services.load(folder(), by=SYSTEM)
    return territory


@pytest.fixture
def demonstration() -> Path:
    """The bundled dossier of the Valenciennois."""
    return folder()


@pytest.fixture
def real_valenciennois(db: None) -> Territory:
    """The Valenciennois, loaded for this test only."""
    return load()


@pytest.fixture(scope="module")
def lasting_valenciennois(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[Territory]:
    """The Valenciennois, loaded once for a module: each test runs in a savepoint on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def image() -> dict[str, sqlite3.Connection]:
    """Where the first browser test leaves a copy of the loaded database, for those that follow."""
    return {}


@pytest.fixture
def served_valenciennois(transactional_db: None, image: dict[str, sqlite3.Connection]) -> Territory:
    """The Valenciennois with its communes, committed, so that the live server reads it; it is flushed after the test.

    On SQLite the first test loads, which takes seconds, and the others copy what it loaded. PostgreSQL loads each time.
    """
    if connection.vendor == "sqlite" and "sqlite" in image:
        connection.ensure_connection()
        image["sqlite"].backup(connection.connection)
        return Territory.objects.get(slug="valenciennois")
    geography.load_code([DEPARTMENT])
    territory = load()
    if connection.vendor == "sqlite":
        image["sqlite"] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(image["sqlite"])
    return territory
