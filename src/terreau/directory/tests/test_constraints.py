import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from terreau.directory.models import Organisation, OrganisationName
from terreau.directory.tests.factories import (
    CarrierFactory,
    IdentifierFactory,
    InitiativeFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    TieFactory,
    TieKindFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db

DATED = {
    "organisation": OrganisationFactory, "name": NameFactory, "identifier": IdentifierFactory, "role": RoleFactory, "tie": TieFactory,
    "initiative": InitiativeFactory, "carrier": CarrierFactory,
}  # fmt: skip


@pytest.mark.parametrize("make", DATED.values(), ids=DATED)
def test_nothing_surely_ends_before_it_starts(make):
    with pytest.raises(IntegrityError, match="start_end"):
        make(start="2019", end="2018-12")


@pytest.mark.parametrize("make", DATED.values(), ids=DATED)
def test_imprecise_dates_may_overlap(make):
    row = make(start="2018-11", end="2018~")
    row.refresh_from_db()
    assert (str(row.start), str(row.end)) == ("2018-11", "2018~")


def test_one_key_names_one_organisation_of_a_territory(valenciennois):
    OrganisationFactory(territory=valenciennois, key="cavm")
    with pytest.raises(IntegrityError):
        OrganisationFactory(territory=valenciennois, key="cavm")


def test_two_territories_may_use_one_key(valenciennois, elsewhere):
    OrganisationFactory(territory=valenciennois, key="cavm")
    OrganisationFactory(territory=elsewhere, key="cavm")
    assert Organisation.objects.filter(key="cavm").count() == 2


def test_a_tie_needs_two_organisations(valenciennois):
    alone = OrganisationFactory(territory=valenciennois)
    with pytest.raises(IntegrityError, match="directory_tie_between_two"):
        TieFactory(territory=valenciennois, origin=alone, target=alone)


@pytest.mark.parametrize("weight", [0, -1])
def test_the_weight_of_a_tie_is_positive(weight):
    with pytest.raises(IntegrityError, match="directory_tie_weight"):
        TieKindFactory(weight=weight)


def test_a_public_name_is_written():
    with pytest.raises(IntegrityError, match="directory_public_name_is_known"):
        PersonFactory(name="", name_is_public=True)


def test_an_identifier_is_given_once_to_an_organisation():
    first = IdentifierFactory(value="123456789")
    with pytest.raises(IntegrityError):
        IdentifierFactory(organisation=first.organisation, value="123456789")


def test_an_organisation_carries_an_initiative_once():
    first = CarrierFactory()
    with pytest.raises(IntegrityError):
        CarrierFactory(initiative=first.initiative, organisation=first.organisation)


def test_an_organisation_that_holds_the_story_is_not_deleted():
    with pytest.raises(ProtectedError):
        TieFactory.create().origin.delete()


def test_the_names_of_an_organisation_go_with_it():
    name = NameFactory.create()
    name.organisation.delete()
    assert not OrganisationName.objects.filter(pk=name.pk).exists()
