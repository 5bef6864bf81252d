"""The read model: what is told after each write equals what is told anew from the records."""

import pytest

from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller, Told
from terreau.kernel.models import Entry, Fact, FactActor, Source


@pytest.fixture
def told(monkeypatch):
    """Let sources, and nothing else, tell: a title, and a fact when they have a year."""
    teller = Teller(
        Source,
        lambda source: Described(source.title, names=("ÉCOLE", source.title)) if source.title != "muette" else None,
        lambda source: (
            [Told(source.year, "source.written", source.title, who=(("source", source.pk),))] if source.year else []
        ),
    )
    monkeypatch.setattr(facts, "_tellers", {Source: teller})
    monkeypatch.setattr(Source, "get_absolute_url", lambda source: f"/sources/{source.key}/")


@pytest.fixture
def sources(told, valenciennois):
    made = [
        Source.objects.create(
            territory=valenciennois, key=f"s{number}", title=f"Source {number}", genre="lettre", year=f"201{number}"
        )
        for number in range(3)
    ]
    facts.refresh(*made)
    return made


def rows():
    names = [
        [field.attname for field in model._meta.concrete_fields if field.attname not in {"id", "fact_id"}]
        for model in (Entry, Fact, FactActor)
    ]
    return [
        sorted(model._default_manager.values_list(*columns), key=str)
        for model, columns in zip((Entry, Fact, FactActor), names, strict=True)
    ]


def test_a_record_is_told_with_its_names_folded_and_its_address(sources):
    entry = Entry.objects.get(key="s1")

    assert (entry.title, entry.url, entry.names) == ("Source 1", "/sources/s1/", "source 1\necole")
    assert list(Fact.objects.chronological().values_list("what", "title")[:1]) == [("source.written", "Source 0")]


def test_what_is_rebuilt_equals_what_was_lived(sources, valenciennois):
    sources[0].title, sources[1].year = "Renommée", None
    for source in sources[:2]:
        source.save()
    facts.refresh(*sources[:2])
    gone = Source(pk=sources[2].pk)
    sources[2].delete()
    facts.refresh(gone)
    lived = rows()

    facts.rebuild(valenciennois)

    assert rows() == lived
    assert [len(found) for found in lived] == [2, 1, 1]


def test_a_record_told_twice_is_told_once(sources):
    before = rows()

    facts.refresh(*sources, *sources)

    assert rows() == before


def test_a_record_that_falls_silent_is_forgotten(sources):
    sources[0].title = "muette"
    sources[0].save()
    facts.refresh(sources[0])

    assert not Entry.objects.filter(record_id=sources[0].pk).exists()


def test_a_territory_is_rebuilt_without_touching_the_others(sources, elsewhere):
    before = rows()

    assert facts.rebuild(elsewhere) == {"source": 0}
    assert rows() == before


@pytest.mark.parametrize("number", [1, 3])
def test_telling_again_costs_the_same_for_one_or_three_records(sources, queries, number):
    with queries(9):
        facts.refresh(*sources[:number])


def test_the_visibility_of_a_record_is_that_of_what_it_tells(sources, visitor, animator):
    Source.objects.filter(pk=sources[0].pk).update(visibility="equipe")
    facts.refresh(sources[0])

    assert [Entry.objects.visible_to(one.actor).count() for one in (visitor, animator)] == [2, 3]
    assert [Fact.objects.visible_to(one.actor).count() for one in (visitor, animator)] == [2, 3]


def test_a_sort_of_fact_has_words():
    assert all(facts.label_of(sort) != sort for sort in facts.sorts())
    assert facts.label_of("inconnue") == "inconnue"
