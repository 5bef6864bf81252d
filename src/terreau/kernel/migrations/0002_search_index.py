"""Index the entries for search: FTS5 tables and triggers on SQLite, GIN indexes on PostgreSQL (kernel/search/index.py)."""

from django.db import migrations

from terreau.kernel.search.index import drop_index, ensure_index


def make(apps, schema_editor):
    ensure_index(schema_editor.connection)


def unmake(apps, schema_editor):
    drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
