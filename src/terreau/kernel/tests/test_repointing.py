"""What points to a record points to another, and points back."""

import uuid

import pytest

from terreau.kernel import repointing
from terreau.kernel.models import (
    AuditEvent,
    Citation,
    Dispute,
    Entry,
    FactActor,
    Gap,
    Link,
    Source,
    SourcePage,
    Statement,
)
from terreau.kernel.repointing import Obstacle, Step


def source(territory, key):
    return Source.objects.create(territory=territory, key=key, title=key, genre="livret", year="2001~")


@pytest.fixture
def old(valenciennois):
    return source(valenciennois, "ancien")


@pytest.fixture
def new(valenciennois):
    return source(valenciennois, "nouveau")


@pytest.fixture
def gap(valenciennois):
    return Gap.objects.create(territory=valenciennois, key="lacune", subject="Quand ?")


def link(origin, target, role="object"):
    return Link.objects.create(
        territory=origin.territory,
        from_kind=origin.KIND,
        from_id=origin.pk,
        role=role,
        to_kind=target.KIND,
        to_id=target.pk,
    )


def cite(record, origin):
    return Citation.objects.create(territory=record.territory, kind=record.KIND, record_id=record.pk, source=origin)


def rows(*tables):
    return [repointing.content(row) for table in tables for row in table.objects.order_by("pk")]


EVERYTHING = (Source, SourcePage, Citation, Link, Dispute, Statement, Gap)


def test_the_schema_tells_what_points_to_a_table():
    found = {(pointer.table, pointer.column, pointer.kind) for pointer in repointing.pointers(Source)}

    assert {
        (Citation, "source_id", ""), (SourcePage, "source_id", ""), (Statement, "source_id", ""),
        (Citation, "record_id", "kind"), (Link, "from_id", "from_kind"), (Link, "to_id", "to_kind"),
    } <= found  # fmt: skip
    assert not {table for table, _column, _kind in found} & {Entry, FactActor, AuditEvent}


def test_all_that_named_a_record_names_the_other_and_back(old, new, gap):
    page = SourcePage.objects.create(source=old, page="4", lines="1-9", certainty="certaine")
    cited, named = cite(gap, old), link(gap, old)
    cite(old, new)
    before = rows(*EVERYTHING)

    steps = list(repointing.repoint(old, new))

    for row in (page, cited, named):
        row.refresh_from_db()
    assert {page.source_id, cited.source_id, named.to_id} == {new.pk}
    assert Citation.objects.get(kind="source").record_id == new.pk
    assert repointing.obstacles(steps) == []
    repointing.undo(steps)
    assert rows(*EVERYTHING) == before


def test_what_would_be_there_twice_or_name_itself_is_set_aside_and_comes_back(old, new, gap):
    for each in (old, new):
        SourcePage.objects.create(source=each, page="4", lines="1-9", certainty="certaine")
        link(gap, each)
    link(new, old, "see")
    before = rows(*EVERYTHING)

    steps = list(repointing.repoint(old, new))

    assert sorted(step.table for step in steps if step.did == "aside") == [
        "kernel.link",
        "kernel.link",
        "kernel.sourcepage",
    ]
    assert (SourcePage.objects.count(), Link.objects.count()) == (1, 1)
    repointing.undo(steps)
    assert rows(*EVERYTHING) == before


def test_what_is_set_aside_takes_along_all_that_hangs_on_it(old, gap):
    dispute = Dispute.objects.create(
        territory=gap.territory, key="noeud", subject="Quand ?", sort="date", severity="forte", origin="interne"
    )
    Statement.objects.create(dispute=dispute, text="En 2001", source=old)
    cite(dispute, old)
    link(dispute, gap)
    before = rows(*EVERYTHING)

    steps = list(repointing.set_aside(dispute))

    assert [step.table for step in steps][-1] == "kernel.dispute"
    assert not any(table.objects.exists() for table in (Dispute, Statement, Citation, Link))
    repointing.undo(steps)
    assert rows(*EVERYTHING) == before


def test_tables_and_rows_may_be_left_where_they_are(old, new, gap):
    kept, moved = cite(gap, old), link(gap, old)

    steps = list(repointing.repoint(old, new, leave={Citation}))

    assert [step.row for step in steps] == [str(moved.pk)]
    assert list(repointing.repoint(old, new, keep=lambda *_: False)) == []
    kept.refresh_from_db()
    assert kept.source_id == old.pk


def test_a_record_that_moves_gets_a_version_that_goes_back_unless_someone_saved_it(old, new):
    step = repointing.change(old, title="Autre")
    assert step == [Step("moved", "kernel.source", str(old.pk), "title", "ancien", "Autre")]
    moved = [Step("moved", "kernel.source", str(old.pk), "version", 1, 2), *step]
    Source.objects.filter(pk=old.pk).update(version=2)

    repointing.undo(moved)
    old.refresh_from_db()
    assert (old.version, old.title) == (1, "ancien")

    Source.objects.filter(pk=old.pk).update(version=3)
    repointing.undo(moved)
    old.refresh_from_db()
    assert old.version == 4


def test_obstacles_are_rows_pointed_elsewhere_or_gone_since(old, new, gap):
    changed, gone = cite(gap, old), link(gap, old)
    steps = list(repointing.repoint(old, new))
    changed.source = source(gap.territory, "tiers")
    changed.save()
    gone.delete()

    found = {obstacle.step.table: obstacle.why for obstacle in repointing.obstacles(steps)}

    assert found == {"kernel.citation": "changed", "kernel.link": "gone"}
    assert all(isinstance(obstacle, Obstacle) for obstacle in repointing.obstacles(steps))


def test_a_made_row_goes_away_at_undo(old):
    step = repointing.make(SourcePage(source=old, page="1", lines="1", certainty="certaine"))
    assert SourcePage.objects.exists()

    repointing.undo([step])

    assert not SourcePage.objects.exists()


def test_a_row_is_written_without_losing_a_digit(old):
    written = repointing.content(old)

    assert written["created_at"] == old.created_at.isoformat()
    assert (written["year"], written["year_earliest"]) == ("2001~", "2001-01-01")
    assert uuid.UUID(written["territory_id"]) == old.territory_id


def test_touched_gives_the_records_that_steps_changed_those_taken_out_included(old, new, gap):
    dispute = Dispute.objects.create(
        territory=gap.territory, key="noeud", subject="Quand ?", sort="date", severity="forte", origin="interne"
    )
    link(gap, old)
    steps = [*repointing.repoint(old, new), *repointing.set_aside(dispute)]

    found = {(type(record), record.pk) for record in repointing.touched(steps)}

    assert {(Gap, gap.pk), (Source, new.pk), (Dispute, dispute.pk)} <= found
