import datetime as dt
import logging

import pytest

from terreau.kernel import chores
from terreau.kernel.models import Chore

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """Give the names of what was run, from an empty register."""
    monkeypatch.setattr(chores, "_chores", {})
    return []


def test_a_chore_is_done_once_a_day(done, monkeypatch):
    chores.every_day("menage")(lambda: done.append("menage"))

    monkeypatch.setattr(chores, "today", lambda: dt.date(2026, 11, 23))
    assert [chores.run_due(), chores.run_due()] == [["menage"], []]
    monkeypatch.setattr(chores, "today", lambda: dt.date(2026, 11, 24))
    chores.run_due()

    assert done == ["menage", "menage"]


def test_a_chore_that_fails_stops_no_other_and_waits_for_tomorrow(done, caplog):
    def broken():
        raise ValueError("pas ici")

    chores.every_day("a-casse")(broken)
    chores.every_day("b-tient")(lambda: done.append("b-tient"))

    with caplog.at_level(logging.ERROR, logger="terreau.kernel"):
        assert chores.run_due() == ["a-casse", "b-tient"]

    assert done == ["b-tient"]
    assert "kernel.chore_failed name=a-casse" in caplog.text
    assert chores.run_due() == []


def test_a_chore_taken_by_another_worker_is_left_to_it(done, monkeypatch):
    monkeypatch.setattr(chores, "today", lambda: dt.date(2026, 11, 23))
    chores.every_day("menage")(lambda: done.append("menage"))
    Chore.objects.create(name="menage", taken_for=dt.date(2026, 11, 23))

    assert (chores.run_due(), done) == ([], [])


def test_two_chores_never_share_a_name(done):
    chores.every_day("menage")(lambda: None)

    with pytest.raises(RuntimeError, match="menage"):
        chores.every_day("menage")(lambda: None)
