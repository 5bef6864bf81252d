import pytest
from django.db import IntegrityError, transaction

from terreau.directory.models import Nature, Organisation, Person, Role
from terreau.kernel.models import Entry, Fact
from terreau.kernel.pure.edtf import parse
from terreau.kernel.testing.dossiers import checked, messages, stored
from terreau.plan.models import Plan, PlanAction, PlanAxis, PlanSponsor, PlanStaff, RegionalContext
from terreau.plan.tests.test_pages import FILES, PEOPLE


@pytest.fixture
def plan(valenciennois):
    nature = Nature.objects.create(territory=valenciennois, key="association", name="association")
    cavm = Organisation.objects.create(territory=valenciennois, key="cavm", name="CAVM", nature=nature)
    return Plan.objects.create(territory=valenciennois, key="plan", name="Plan", lead=cavm)


@pytest.fixture
def role(valenciennois, plan):
    person = Person.objects.create(territory=valenciennois, key="p1")
    return Role.objects.create(
        territory=valenciennois, key="f1", person=person, organisation=plan.lead, function="élue"
    )


def test_plans_loaded_twice_are_unchanged(valenciennois, tmp_path):
    first = stored(valenciennois, tmp_path, **FILES)
    again = stored(valenciennois, tmp_path, **FILES)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)


def test_axes_may_exchange_their_ranks_in_one_load(valenciennois, tmp_path):
    text = "plans: [{{id: p, nom: P, pilote: cavm, axes: [{{id: a, rang: {}, intitule: A}}, {{id: b, rang: {}, intitule: B}}]}}]"
    stored(valenciennois, tmp_path, plans=text.format(1, 2))
    stored(valenciennois, tmp_path, plans=text.format(2, 1))
    assert dict(PlanAxis.objects.values_list("key", "rank")) == {"a": 2, "b": 1}


def test_two_axes_of_one_rank_are_refused(tmp_path):
    text = (
        "plans: [{id: p, nom: P, pilote: cavm, axes: [{id: a, rang: 1, intitule: A}, {id: b, rang: 1, intitule: B}]}]"
    )
    [fault] = messages(checked(tmp_path, plans=text))
    assert "ont le rang 1" in fault


def test_a_function_written_twice_in_a_list_is_refused(tmp_path):
    text = "plans: [{id: p, nom: P, pilote: cavm, moyens_humains: [{fonction: f1}, {fonction: f1}]}]"
    [fault] = messages(checked(tmp_path, plans=text, fonctions=PEOPLE))
    assert "écrite deux fois" in fault


def test_an_axis_of_rank_zero_is_refused(tmp_path):
    text = "plans:\n- {id: p, nom: P, pilote: cavm, axes: [{id: a, rang: 0, intitule: A}]}"
    assert [line.split()[0] for line in messages(checked(tmp_path, plans=text))] == ["plans.yaml:3"]


def test_the_database_refuses_an_axis_of_rank_zero(valenciennois, plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAxis.objects.create(territory=valenciennois, key="a", plan=plan, rank=0, name="A")


def test_the_database_refuses_an_action_that_ends_before_it_starts(valenciennois, plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.create(territory=valenciennois, key="a", plan=plan, name="A", start="2020", end="2019")


def test_the_database_refuses_a_context_that_ends_before_it_starts(valenciennois):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionalContext.objects.create(territory=valenciennois, key="c", name="C", start="2020", end="2019")


@pytest.mark.parametrize("model", [PlanStaff, PlanSponsor])
def test_the_database_refuses_a_function_twice_in_a_list(model, plan, role):
    model.objects.create(plan=plan, role=role)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(plan=plan, role=role)


def test_a_plan_tells_its_drafting_its_start_and_its_end(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **FILES)
    told = (
        Fact.objects.filter(what__startswith="plan.", title__contains="remier plan")
        .order_by("what")
        .values_list("what", "when")
    )
    assert list(told) == [("plan.ended", parse("2020~")), ("plan.started", parse("2017"))]
    drafted = Fact.objects.get(what="plan.drafted")
    assert (drafted.when, drafted.actors.count()) == (parse("2016"), 2)


def test_an_action_tells_its_start(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **FILES)
    fact = Fact.objects.get(what="plan.action_started")
    assert (fact.title, fact.when) == ("Annuaire en ligne", parse("2017"))


def test_what_a_hidden_plan_holds_is_told_to_nobody(valenciennois, tmp_path):
    text = """
        plans: [{id: p, nom: P, pilote: cavm, visibilite: equipe, axes: [{id: a, rang: 1, intitule: A}],
                 actions: [{id: b, nom: B, debut: '2020'}]}]
        """
    stored(valenciennois, tmp_path, plans=text)
    assert list(Entry.objects.filter(kind__startswith="plan").values_list("key", "visibility")) == [("p", "equipe")]
    assert Fact.objects.filter(what__startswith="plan").count() == 0
