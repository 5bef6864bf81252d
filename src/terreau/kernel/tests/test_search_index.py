"""The index follows the table, whoever writes it, and heals."""

import uuid

import pytest
from django.apps import apps
from django.conf import settings as house
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection

from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import VISITOR
from terreau.kernel.search import postgresql
from terreau.kernel.search.finding import find
from terreau.kernel.search.index import drop_index, engine_of, ensure_index, heal, paused_index

Territory = apps.get_model(house.TERREAU_TENANT)
pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="triggers are SQLite's")


@pytest.fixture
def valley():
    return Territory.objects.create(slug="vallee", name="Vallée")


def entry(territory, name, body=""):
    return Entry(
        territory=territory, kind="organisation", record_id=uuid.uuid4(), key="k", title=name, names=name, body=body
    )


def found(territory, text):
    return [hit.title for hit in find(territory, text, VISITOR).hits]


def test_a_changed_entry_is_found_by_its_new_words_only(valley):
    row = entry(valley, "moulin", body="farine")
    row.save()
    Entry.objects.filter(pk=row.pk).update(names="scierie", body="planches")
    assert [found(valley, text) for text in ("moulin", "farine", "moulni")] == [[], [], []]
    assert [found(valley, text) for text in ("scierie", "planches", "scierei")] == [["moulin"]] * 3


def test_a_deleted_entry_is_no_longer_found(valley):
    Entry.objects.bulk_create([entry(valley, "moulin"), entry(valley, "moulin rouge")])
    Entry.objects.filter(title="moulin").delete()
    assert found(valley, "moulin") == ["moulin rouge"]


def test_entries_written_while_paused_are_found_afterwards(valley):
    entry(valley, "avant").save()
    with paused_index():
        Entry.objects.all().delete()
        Entry.objects.bulk_create(entry(valley, f"moulin {number}") for number in range(3))
    entry(valley, "moulin tardif").save()
    assert len(found(valley, "moulin")) == 4
    assert found(valley, "avant") == []


def test_an_error_while_paused_leaves_the_index_as_it_was(valley):
    entry(valley, "moulin").save()
    twice = entry(valley, "grange")
    with pytest.raises(IntegrityError), paused_index():
        Entry.objects.bulk_create([twice, twice])
    entry(valley, "scierie").save()
    assert (found(valley, "moulin"), found(valley, "scierie")) == (["moulin"], ["scierie"])


def test_the_index_is_made_again_from_the_table(valley):
    entry(valley, "moulin").save()
    drop_index(connection)
    assert not engine_of(connection).exists(connection)
    ensure_index(connection)
    ensure_index(connection)
    assert (found(valley, "moulin"), found(valley, "mouiln")) == (["moulin"], ["moulin"])


def test_healing_does_nothing_before_the_index_was_ever_made():
    drop_index(connection)
    heal()
    assert not engine_of(connection).exists(connection)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_index_survives_the_copy_that_django_makes_of_an_altered_table():
    territory = Territory.objects.create(slug="vallee", name="Vallée")
    entry(territory, "moulin").save()
    with connection.schema_editor() as editor:
        editor._remake_table(Entry)  # type: ignore[attr-defined]  # only that of SQLite has it
    entry(territory, "scierie").save()
    assert found(territory, "scierie") == []
    heal()
    assert (found(territory, "moulin"), found(territory, "scierie")) == (["moulin"], ["scierie"])


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth():
    territory = Territory.objects.create(slug="vallee", name="Vallée")
    entry(territory, "moulin").save()
    call_command("migrate", "kernel", "0001", verbosity=0)
    call_command("migrate", "kernel", verbosity=0)
    assert found(territory, "moulin") == ["moulin"]


class RoleWithoutRights:
    """The cursor of a role that may not create extensions: what PostgreSQL answers it, without the server."""

    settings_dict = {"NAME": "terreau"}

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, sql):
        if sql.startswith("CREATE EXTENSION"):
            raise DatabaseError("permission denied to create extension")

    def fetchone(self):
        return None


def test_a_role_that_may_not_make_the_extension_is_told_what_to_do():
    with pytest.raises(ImproperlyConfigured, match='psql -d terreau -c "CREATE EXTENSION pg_trgm"'):
        postgresql.create(RoleWithoutRights())  # type: ignore[arg-type]
