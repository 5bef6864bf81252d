"""Two people load the same territory at the same moment."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from terreau.dossier import services as dossier
from terreau.kernel import audit
from terreau.kernel import dossier as d
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Territory

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "exemple"


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_territory_and_the_second_writes_nothing():
    ready = threading.Barrier(2)
    done: list[d.Stored] = []
    errors: list[Exception] = []

    def load() -> None:
        try:
            ready.wait(timeout=20)
            done.append(dossier.load(EXAMPLE, by=SYSTEM)[1])
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    first, second = sorted(done, key=lambda stored: stored.created, reverse=True)
    assert first.created > 0
    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)
    assert audit.broken_link(str(Territory.objects.get().pk)) is None
