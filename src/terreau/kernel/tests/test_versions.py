"""Two people edit one record: the second is told, and nothing is lost."""

import pytest

from terreau.kernel import versions
from terreau.kernel.errors import StaleVersion
from terreau.kernel.models import Source
from terreau.kernel.pure.edtf import parse


@pytest.fixture
def source(valenciennois):
    return Source.objects.create(territory=valenciennois, key="lettre", title="Avant", genre="lettre")


def test_a_change_is_written_with_a_new_version_and_told(source):
    changes = versions.save(source, seen=1, changes={"title": "Après", "year": parse("2019")})

    assert changes == {"title": ["Avant", "Après"], "year": [None, "2019"]}
    source.refresh_from_db()
    assert (source.title, source.version, source.year_earliest.year) == ("Après", 2, 2019)


def test_nothing_changed_writes_nothing(source, queries):
    with queries(1):
        assert versions.save(source, seen=1, changes={"title": "Avant"}) == {}

    source.refresh_from_db()
    assert source.version == 1


def test_the_second_editor_is_refused_and_sees_the_first_ones_words(source):
    first, second = Source.objects.get(), Source.objects.get()
    versions.save(first, seen=1, changes={"title": "De la première"})

    with pytest.raises(StaleVersion) as refused:
        versions.save(second, seen=1, changes={"title": "De la seconde"})

    assert refused.value.current.title == "De la première"
    assert Source.objects.get().title == "De la première"
    assert second.title == "Avant"


def test_an_editor_who_reads_between_the_check_and_the_write_is_refused_too(source, monkeypatch):
    real = type(Source.objects.all())
    update = real.update

    def overtaken(rows, **changes):
        monkeypatch.setattr(real, "update", update)
        Source.objects.filter(pk=source.pk).update(title="Entre-temps", version=2)
        return update(rows, **changes)

    monkeypatch.setattr(real, "update", overtaken)
    with pytest.raises(StaleVersion) as refused:
        versions.save(source, seen=1, changes={"title": "Après"})

    assert refused.value.current.title == "Entre-temps"
