"""Whether the instance can serve."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from terreau import __version__
from terreau.api import health
from terreau.kernel.models import Entry


def told(**failing):
    checks = {"base_de_donnees": True, "migrations": True, "index": True} | failing
    return {"ok": all(checks.values()), "version": __version__, "verifications": checks}


def test_an_instance_in_order_says_so(visitor, full):
    response = visitor.get("/sante/")
    assert (response.status_code, response.json(), response["Cache-Control"]) == (200, told(), "no-store")


def test_an_empty_instance_is_in_order(visitor, db):
    assert visitor.get("/sante/").json() == told()


def test_organisations_that_no_page_can_find_are_a_breakdown(visitor, full):
    Entry.objects.all().delete()
    response = visitor.get("/sante/")
    assert (response.status_code, response.json()) == (503, told(index=False))


@pytest.mark.parametrize("check", ["base_de_donnees", "migrations", "index"])
def test_a_check_that_cannot_run_fails_without_a_word_of_its_error(visitor, db, monkeypatch, caplog, check):
    def broken():
        message = "mot de passe de la base"
        raise DatabaseError(message)

    monkeypatch.setitem(health.CHECKS, check, broken)
    response = visitor.get("/sante/")
    assert (response.status_code, response.json(), "mot de passe" in caplog.text) == (503, told(**{check: False}), True)


def test_a_migration_that_waits_is_a_breakdown(visitor, db):
    from django.db import connection  # noqa: PLC0415 -- app ready
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 -- app ready

    MigrationRecorder(connection).record_unapplied("directory", "0001_initial")
    response = visitor.get("/sante/")
    assert (response.status_code, response.json()["verifications"]["migrations"]) == (503, False)


def test_the_head_alone_is_enough(visitor, db):
    response = visitor.head(reverse("api:health"))
    assert (response.status_code, response.content) == (200, b"")


def test_health_neither_reads_nor_leaves_a_cookie(visitor, db):
    assert dict(visitor.get("/sante/").cookies) == {}
