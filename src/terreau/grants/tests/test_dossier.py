from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from terreau.directory.models import Nature, Organisation
from terreau.grants.models import Call, SupportScheme
from terreau.grants.tests.test_pages import CALLS
from terreau.kernel.models import Entry, Fact
from terreau.kernel.pure.edtf import parse
from terreau.kernel.testing.dossiers import checked, messages, stored


@pytest.fixture
def owner(valenciennois):
    nature = Nature.objects.create(territory=valenciennois, key="association", name="association")
    return Organisation.objects.create(territory=valenciennois, key="cavm", name="CAVM", nature=nature)


def test_calls_loaded_twice_are_unchanged(valenciennois, tmp_path):
    first = stored(valenciennois, tmp_path, appels=CALLS)
    again = stored(valenciennois, tmp_path, appels=CALLS)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)


def test_a_cap_rests_as_an_exact_amount(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, appels="appels: [{id: a, nom: A, porteur: cavm, plafond: {montant: 1234.56}}]")
    assert Call.objects.get().cap == Decimal("1234.56")


@pytest.mark.parametrize("cap", ["{montant: 0}", "{montant: -5}", "{montant: 10, devise: euros}", "{par: projet}"])
def test_a_cap_that_makes_no_sense_is_refused(cap, tmp_path):
    result = checked(tmp_path, appels=f"appels:\n- {{id: a, nom: A, porteur: cavm, plafond: {cap}}}")
    assert [line.split()[0] for line in messages(result)] == ["appels.yaml:3"]


@pytest.mark.parametrize(
    "wrong", [{"cap": Decimal(0)}, {"cap": Decimal(-1)}, {"yearly_budget": Decimal(0)}, {"cap_per": "projet"},
              {"start": "2020", "end": "2019"}],
)  # fmt: skip
def test_the_database_refuses_an_impossible_call(wrong, valenciennois, owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(territory=valenciennois, key="a", name="A", owner=owner, **wrong)


def test_the_database_refuses_a_support_of_nothing(valenciennois):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportScheme.objects.create(territory=valenciennois, key="s", name="S", sort="argent", amount=Decimal(0))


def test_a_call_tells_its_opening_with_who_holds_it(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, appels=CALLS)
    fact = Fact.objects.get(what="grants.call_opened")
    assert (fact.when, fact.actors.get().record_id) == (parse("2017"), Organisation.objects.get(key="cavm").pk)


def test_dated_supports_and_distinctions_are_told_and_undated_ones_are_not(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, appels=CALLS)
    told = Fact.objects.filter(what__in=["grants.support", "directory.distinction"]).values_list("title", flat=True)
    assert sorted(told) == ["Marché de concertation", "Prix de l'ESS"]


def test_what_a_hidden_call_holds_is_found_by_nobody(valenciennois, tmp_path):
    secret = "appels: [{id: a, nom: A, porteur: cavm, visibilite: equipe, cibles: [{id: t, nom: Cible}]}]"
    stored(valenciennois, tmp_path, appels=secret)
    assert list(Entry.objects.filter(kind__startswith="call").values_list("key", "visibility")) == [("a", "equipe")]
