"""Imprecise dates at rest: the derived columns always follow the text."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models

from terreau.kernel.fields import EdtfField, EndField
from terreau.kernel.models import Source
from terreau.kernel.pure.edtf import EdtfError, parse
from terreau.kernel.pure.ends import OPEN_END, period_of, read_end
from terreau.kernel.pure.periods import Presence

YEAR = (dt.date(2019, 1, 1), dt.date(2019, 12, 31))


@pytest.fixture
def source(valenciennois):
    return Source(territory=valenciennois, key="lettre", title="La lettre", genre="lettre", year="2019")


def kept():
    row = Source.objects.get()
    return row.year, (row.year_earliest, row.year_latest)  # type: ignore[attr-defined]  # derived columns


def test_the_derived_columns_follow_a_save(source):
    source.save()

    assert kept() == (parse("2019"), YEAR)


def test_the_derived_columns_follow_a_bulk_create(source):
    Source.objects.bulk_create([source])

    assert kept() == (parse("2019"), YEAR)


def test_the_derived_columns_follow_an_update(source):
    source.year = "1999"
    source.save()

    Source.objects.update(year="2019")

    assert kept() == (parse("2019"), YEAR)


def test_a_date_taken_back_empties_its_columns(source):
    source.save()

    Source.objects.update(year=None)

    assert kept() == (None, (None, None))


def test_a_date_that_is_none_is_refused_with_the_remedy(source):
    source.year = "vers 2019"

    with pytest.raises(ValidationError, match="2019~"):
        source.save()


def test_nothing_is_kept_as_an_empty_text(source):
    source.year = None
    source.save()

    with connection.cursor() as cursor:
        cursor.execute("SELECT year FROM kernel_source")
        assert cursor.fetchall() == [("",)]


def test_an_end_may_be_still_going_on():
    field = EndField()

    assert field.to_python("..") == OPEN_END
    assert field.from_db_value("..") == OPEN_END
    assert field.get_prep_value(OPEN_END) == ".."
    assert field.derived("..") == {None: OPEN_END, "None_earliest": None, "None_latest": None}


def test_a_date_that_is_no_end_is_never_two_dots():
    with pytest.raises(ValidationError):
        EdtfField().to_python("..")


def test_an_end_is_the_column_of_a_date_for_migrations():
    assert EndField().deconstruct()[1:] == EdtfField().deconstruct()[1:]


def test_what_is_read_as_an_end():
    assert [read_end(value) for value in (" .. ", "2019", 2019, OPEN_END)] == [
        OPEN_END,
        parse("2019"),
        parse("2019"),
        OPEN_END,
    ]
    with pytest.raises(EdtfError):
        read_end("...")


def test_a_period_still_going_on_is_certain_from_its_start_on():
    assert period_of(parse("2019"), OPEN_END).at(dt.date(2300, 1, 1)) == Presence.CERTAIN
    assert period_of(parse("2019"), None).at(dt.date(2300, 1, 1)) == Presence.POSSIBLE


@pytest.mark.django_db
def test_a_field_of_a_class_brings_its_two_columns():
    names = [field.name for field in Source._meta.concrete_fields]

    assert names[names.index("year") :][:3] == ["year", "year_earliest", "year_latest"]
    assert isinstance(Source._meta.get_field("year_earliest"), models.DateField)


def test_two_sources_of_a_territory_never_share_a_key(source, valenciennois):
    source.save()

    with pytest.raises(IntegrityError):
        Source.objects.create(territory=valenciennois, key="lettre", title="Autre", genre="lettre")
