import pytest
from django.db import IntegrityError, transaction

from terreau.directory.models import Nature, Organisation
from terreau.governance.models import Body, Seat
from terreau.governance.tests.test_pages import BODIES, PEOPLE
from terreau.kernel.models import Fact
from terreau.kernel.testing.dossiers import checked, messages, stored


@pytest.fixture
def body(valenciennois):
    nature = Nature.objects.create(territory=valenciennois, key="association", name="association")
    cavm = Organisation.objects.create(territory=valenciennois, key="cavm", name="CAVM", nature=nature)
    return Body.objects.create(territory=valenciennois, key="jury", name="Jury", organisation=cavm, sort="jury")


def faults(tmp_path, text):
    return messages(checked(tmp_path, instances="instances:\n" + text))


def test_bodies_loaded_twice_are_unchanged(valenciennois, tmp_path):
    first = stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    again = stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)


def test_bodies_that_become_one_another_in_a_circle_are_refused(tmp_path):
    text = "\n".join(
        f"- {{id: {one}, nom: N, organisation: cavm, type: jury, devenir: [{{type: renomme_en, vers: {other}}}]}}"
        for one, other in ("ab", "bc", "ca")
    )
    [fault] = faults(tmp_path, text)
    assert "tournent en rond" in fault


def test_a_body_that_becomes_an_organisation_is_no_circle(tmp_path):
    assert (
        faults(
            tmp_path, "- {id: a, nom: N, organisation: cavm, type: jury, devenir: [{type: fusionne_dans, vers: cavm}]}"
        )
        == []
    )


def test_a_seat_where_nobody_sits_is_refused(tmp_path):
    [fault] = faults(
        tmp_path, "- {id: a, nom: N, organisation: cavm, type: jury, composition: [{qualite: présidente}]}"
    )
    assert "ne dit pas qui siège" in fault


def test_a_planned_body_with_an_end_is_refused(tmp_path):
    [fault] = faults(tmp_path, "- {id: a, nom: N, organisation: cavm, type: jury, statut: projet, fin: '2020'}")
    assert "changer" in fault


def test_the_database_refuses_a_seat_where_nobody_sits(body):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(body=body, capacity="présidente")


def test_the_database_refuses_a_seat_left_before_it_was_taken(body):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(body=body, college="élus", start="2020", end="2019")


@pytest.mark.parametrize("wrong", [{"state": "projet", "end": "2020"}, {"start": "2020", "end": "2019"}])
def test_the_database_refuses_an_impossible_life(wrong, body):
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(pk=body.pk).update(**wrong)


def test_a_body_tells_its_creation_its_end_and_what_it_became(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    told = (
        Fact.objects.filter(what__startswith="governance.body").order_by("what", "title").values_list("what", "title")
    )
    assert [(what, title.replace("\u00a0", " ")) for what, title in told] == [
        ("governance.body_became", "Groupes de travail a fusionné dans Comité stratégique"),
        ("governance.body_created", "Création : Comité stratégique"),
        ("governance.body_created", "Création : Groupes de travail"),
        ("governance.body_ended", "Fin : Groupes de travail"),
    ]


def test_a_succession_to_a_hidden_body_is_told_to_those_who_see_it(valenciennois, tmp_path):
    secret = """
        instances:
          - {id: ouvert, nom: Ouvert, organisation: cavm, type: jury, devenir: [{type: renomme_en, vers: cache, date: '2020'}]}
          - {id: cache, nom: Caché, organisation: cavm, type: jury, visibilite: equipe}
        """
    stored(valenciennois, tmp_path, instances=secret)
    assert Fact.objects.get(what="governance.body_became").visibility == "equipe"


def test_a_turn_of_governance_names_the_bodies_concerned(valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    fact = Fact.objects.get(what="governance.change", title="Passage à trois comités.")
    assert list(fact.actors.values_list("kind", "record_id")) == [("body", Body.objects.get(key="comite").pk)]
