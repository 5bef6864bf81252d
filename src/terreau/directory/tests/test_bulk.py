"""Rows by the thousand are those that Django would have made and written, one by one."""

from uuid import UUID

import pytest
from django.db import models
from django.urls import NoReverseMatch, reverse

from terreau.directory.models import Identifier, Organisation
from terreau.directory.services.bulk import OrganisationDraft, create_organisations
from terreau.directory.tests.factories import NatureFactory, OrganisationFactory
from terreau.kernel.addresses import address
from terreau.kernel.inserting import MOST_ROWS, insert_all, new_row
from terreau.kernel.models import Fact
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import parse

pytestmark = pytest.mark.django_db


def columns(row: models.Model, apart: tuple[str, ...] = ("id", "created_at", "updated_at")) -> dict[str, object]:
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname not in apart
    }


def test_a_row_made_at_once_is_the_one_that_the_model_makes() -> None:
    for model in (Organisation, Identifier, Fact):
        assert columns(new_row(model, {})) == columns(model())
    made = new_row(Organisation, {"name": "Chez nous", "start": parse("1999")})
    assert columns(made) == columns(Organisation(name="Chez nous", start=parse("1999")))  # type: ignore[misc]  # the stubs take an EDTF field for a text
    assert made._state.adding
    assert isinstance(made.pk, UUID)


def test_two_rows_share_no_list_nor_key() -> None:
    one, two = new_row(Organisation, {}), new_row(Organisation, {})
    assert one.pk != two.pk
    assert one.activities is not two.activities


def test_rows_are_written_as_save_writes_them() -> None:
    like = OrganisationFactory.create(
        name="Été à l'Œuvre", start="1999~", activities=["soudure"], longitude=3.5, latitude=50.25
    )
    apart = ("id", "created_at", "updated_at", "key")
    twin = new_row(Organisation, {**columns(like, apart), "key": "twin", "name_folded": "", "start_earliest": None})
    insert_all([twin])
    assert columns(Organisation.objects.get(key="twin"), apart) == columns(Organisation.objects.get(pk=like.pk), apart)
    assert not twin._state.adding


def test_the_keys_that_the_database_gives_come_back_in_order() -> None:
    one = OrganisationFactory.create(name="Chez nous")
    said = {"territory_id": one.territory_id, "kind": "organisation", "record_id": one.pk, "what": "test"}
    facts = [new_row(Fact, {**said, "title": str(number)}) for number in range(MOST_ROWS + 2)]
    insert_all(facts, keys=True)
    titles = dict(Fact.objects.filter(what="test").values_list("pk", "title"))
    assert [titles[fact.pk] for fact in facts] == [str(number) for number in range(MOST_ROWS + 2)]


def test_pages_opened_together_are_sorted_as_those_opened_one_by_one() -> None:
    nature = NatureFactory.create()
    drafts = [OrganisationDraft(name, nature, {}) for name in ("Écluse", "  Été   à l'Œuvre ", "a < b")]
    animator = Actor(roles={nature.territory_id: frozenset({"animator"})})
    made = create_organisations(nature.territory, by=animator, drafts=drafts)
    assert not [one for one in made if not isinstance(one, Organisation)]
    rows = Organisation.objects.order_by("name_folded").values_list("name_folded", "name")
    assert list(rows) == [("a b", "a < b"), ("ecluse", "Écluse"), ("ete a l oeuvre", "Été à l'Œuvre")]


@pytest.mark.parametrize("key", ["chez-nous", "a_b", "2", "é", "a b"])
def test_an_address_is_the_one_that_django_writes(key: str) -> None:
    name = "directory:organisation_detail"
    try:
        wanted = reverse(name, kwargs={"territory": "ici", "key": key})
    except NoReverseMatch:
        with pytest.raises(NoReverseMatch):
            address(name, "ici", key)
    else:
        assert address(name, "ici", key) == wanted
