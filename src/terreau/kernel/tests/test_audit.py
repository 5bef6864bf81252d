"""The journal of changes: chained, complete, and telling where it was touched."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from terreau.kernel import audit
from terreau.kernel.models import AuditEvent, Source
from terreau.kernel.pure.actor import SYSTEM, Actor


@pytest.fixture
def chain(valenciennois):
    source = Source(territory=valenciennois, key="lettre")
    for number in range(4):
        audit.record(Actor(user_id=uuid4()), "source.rename", source, {"title": [str(number), str(number + 1)]})
    return str(valenciennois.pk)


def test_events_of_a_territory_form_a_chain_that_holds(chain):
    events = list(AuditEvent.objects.filter(chain=chain).order_by("sequence"))

    assert [event.sequence for event in events] == [1, 2, 3, 4]
    assert [event.previous_hash for event in events] == ["", *(event.hash for event in events[:-1])]
    assert audit.broken_link(chain) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2001-01-01T00:00:00Z"),
        ("actor_id", None),
        ("action", "source.delete"),
        ("kind", "organisation"),
        ("record_id", None),
        ("key", "autre"),
        ("changes", {"title": ["1", "9"]}),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
        ("sequence", 9),
    ],
)
def test_a_touched_event_is_found(chain, column, value):
    AuditEvent.objects.filter(chain=chain, sequence=2).update(**{column: value})

    assert audit.broken_link(chain) == (3 if column == "sequence" else 2)


def test_a_removed_event_is_found(chain):
    AuditEvent.objects.filter(chain=chain, sequence=2).delete()

    assert audit.broken_link(chain) == 3


def test_an_event_moved_to_another_chain_is_found(chain):
    AuditEvent.objects.filter(chain=chain, sequence=1).update(chain="instance")

    assert audit.broken_link("instance") == 1


@pytest.mark.django_db
def test_what_concerns_no_territory_has_its_own_chain():
    audit.record(SYSTEM, "instance.open")

    assert AuditEvent.objects.get().chain == AuditEvent.INSTANCE


def test_a_change_undone_leaves_no_event(chain):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 -- the end of the block is the crash
        audit.record(SYSTEM, "source.rename", territory_id=chain)
        raise RuntimeError

    assert AuditEvent.objects.filter(chain=chain).count() == 4


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_a_chain_without_hole():
    errors = []

    def write():
        try:
            for _number in range(5):
                with transaction.atomic():
                    audit.record(SYSTEM, "instance.open")
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert list(AuditEvent.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 16))
    assert audit.broken_link(AuditEvent.INSTANCE) is None
