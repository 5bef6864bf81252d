"""Whether this instance can serve: asked by whoever watches over it, several times a minute."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from terreau import __version__
from terreau.directory.models import Organisation
from terreau.kernel.models import Entry

log = logging.getLogger("terreau.api")


def answers() -> bool:
    """Tell whether the database answers. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def is_migrated() -> bool:
    """Tell whether every migration of this version is applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def has_read_model() -> bool:
    """Tell whether pages and search have something to read: entries, as soon as there are organisations."""
    return Entry.objects.exists() or not Organisation.objects.exists()


CHECKS: dict[str, Callable[[], bool]] = {"base_de_donnees": answers, "migrations": is_migrated, "index": has_read_model}


def report() -> dict[str, object]:
    """Give each check, true or false; a check that cannot run is false, and its error goes to the log only."""
    checks = {}
    for name, check in CHECKS.items():
        try:
            checks[name] = check()
        except DatabaseError as error:
            log.error("api.health_failed check=%s", name, exc_info=error)  # noqa: TRY400 -- the trace is given
            checks[name] = False
    return {"ok": all(checks.values()), "version": __version__, "verifications": checks}
