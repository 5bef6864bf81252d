import datetime as dt
from uuid import uuid4

import pytest

from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import UNREAD, by_source, together
from terreau.kernel.models import Gap, Source, SourcePage
from terreau.kernel.pure.edtf import parse


@pytest.fixture
def source(valenciennois):
    return Source.objects.create(
        territory=valenciennois, key="livret", title="L'été, « 100 % »", authors=["Une", "Deux"], year="2024~",
        print_run=500, genre="livret", position=1,
    )  # fmt: skip


def values(row):
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in UNREAD
    }


def test_rows_read_together_equal_rows_read_apart(valenciennois, source):
    gap = Gap.objects.create(territory=valenciennois, key="trou", subject="Combien ?")
    page = SourcePage.objects.create(source=source, page="12", lines="1-9", certainty="imprimee")
    read = together(valenciennois, Source.objects.all(), Gap.objects.all(), SourcePage.objects.all())
    apart = [model.objects.get(pk=row.pk) for model, row in ((Source, source), (Gap, gap), (SourcePage, page))]
    assert [[values(row) for row in rows] for rows in read] == [[values(row)] for row in apart]


def test_dates_come_back_as_dates(valenciennois, source):
    [[row]] = together(valenciennois, Source.objects.all())
    assert (row.year, row.year_earliest, row.year_latest) == (
        parse("2024~"),
        dt.date(2024, 1, 1),
        dt.date(2024, 12, 31),
    )


def test_tables_read_together_cost_one_query(valenciennois, source, queries):
    with queries(1):
        found, none = together(valenciennois, Source.objects.all(), Gap.objects.all())
        assert ([row.territory for row in found], none) == ([valenciennois], [])


def test_rows_come_in_the_order_of_the_dossier(valenciennois):
    for key, position in (("c", 2), ("b", None), ("a", None), ("d", 0)):
        Gap.objects.create(territory=valenciennois, key=key, subject=key, position=position)
    [rows] = together(valenciennois, Gap.objects.all())
    assert [row.key for row in rows] == ["d", "c", "a", "b"]


def test_a_source_cited_twice_is_said_once_with_both_pages():
    ref = ("gap", uuid4())
    lines = [SourceLine(title="Livret", url="/l", locator=locator) for locator in ("p. 5", "p. 7", "p. 5")]
    assert by_source({ref: lines[:2]}) == {ref: [SourceLine(title="Livret", url="/l", locator="p. 5, p. 7")]}


def test_a_citation_that_states_a_value_keeps_its_line():
    ref = ("gap", uuid4())
    lines = [
        SourceLine(title="Livret", locator="p. 5", stated="15"),
        SourceLine(title="Livret", locator="p. 5", stated="20"),
    ]
    assert by_source({ref: lines}) == {ref: lines}
