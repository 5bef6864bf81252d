"""One at a time, by name: what a guarded UPDATE cannot say, because there is no row yet to guard."""

from django.db import connection


def hold(name: str) -> None:
    """Make transactions that hold one name wait for one another, until this one ends. Call inside a transaction.

    SQLite already lets one writer in at a time (docs/decisions/0003-sqlite-by-default.md).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"terreau.{name}"])
