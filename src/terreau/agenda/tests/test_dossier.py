import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from terreau.agenda.enums import EventSort
from terreau.agenda.models import Event
from terreau.agenda.tests.test_pages import EVENTS
from terreau.kernel.models import Entry, Fact
from terreau.kernel.pure.edtf import parse
from terreau.kernel.testing.dossiers import checked, messages, stored


def test_events_loaded_twice_are_unchanged(valenciennois, tmp_path):
    first = stored(valenciennois, tmp_path, evenements=EVENTS)
    again = stored(valenciennois, tmp_path, evenements=EVENTS)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)


def test_an_unknown_sort_of_event_is_refused_on_its_line(tmp_path):
    result = checked(tmp_path, evenements="evenements:\n- {id: e, nom: Fête, type: fiesta}")
    assert [line.split()[0] for line in messages(result)] == ["evenements.yaml:3"]


def test_two_events_of_a_territory_do_not_share_a_key(valenciennois):
    Event.objects.create(territory=valenciennois, key="salon", name="Un", sort=EventSort.VISIT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(territory=valenciennois, key="salon", name="Deux", sort=EventSort.VISIT)


def test_an_event_tells_when_where_and_who(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    fact = Fact.objects.get(what="agenda.event")
    assert (fact.title, fact.when, fact.actors.count()) == ("Village de l'ESS", parse("2018-11"), 2)
    assert "Place d'Armes" in fact.detail


def test_organisers_that_are_deduced_are_said_so_in_the_fact(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    assert "déduit ou rapporté" in Fact.objects.get(what="agenda.event").detail


def test_a_cancelled_event_is_told_as_cancelled(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    assert Fact.objects.get(what="agenda.cancelled").title == "Édition suivante (annulé)"


def test_an_event_without_a_date_is_found_but_not_in_the_facts(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    found = (
        Entry.objects.filter(kind="event", key="ailleurs").count(),
        Fact.objects.filter(title="Visite lointaine").count(),
    )
    assert found == (1, 0)


def test_events_at_a_day_are_those_that_may_take_place_then(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    day = dt.date(2018, 11, 17)
    assert sorted(Event.objects.at(day).values_list("key", flat=True)) == ["ailleurs", "village"]
