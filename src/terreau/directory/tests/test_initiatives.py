import re
import threading

import pytest
from django.db import connection

from terreau.directory import services
from terreau.directory.models import Distinction, Initiative, InitiativeStep
from terreau.directory.tests.factories import (
    CarrierFactory,
    DisputeFactory,
    GapFactory,
    InitiativeFactory,
    OrganisationFactory,
    SourceFactory,
    StatementFactory,
    cite,
    link,
    told,
)  # fmt: skip
from terreau.directory.tests.test_forms import rows
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.models import AuditEvent, Entry, Fact

LIST = "/valenciennois/initiatives/"
PAGE = f"{LIST}tzcld/"


@pytest.fixture
def tzcld(valenciennois):
    return told(
        InitiativeFactory.create(territory=valenciennois, key="tzcld", name="Zéro chômeur", stage="fonctionnement")
    )


def text_of(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def crowd(territory, initiative, size):
    source = SourceFactory.create(territory=territory, key="livret", title="Le livret")
    cite(initiative, source, "22")
    for number in range(size):
        CarrierFactory(initiative=initiative, organisation=OrganisationFactory(territory=territory), start="2021")
        CarrierFactory(initiative=initiative, organisation=OrganisationFactory(territory=territory), part="partenaire")
        InitiativeStep.objects.create(initiative=initiative, name="embauches", when="2023-07-01", figure=30, unit="personnes", source=source, locator="22-23", position=number)  # fmt: skip
        Distinction.objects.create(
            territory=territory, key=f"d{number}", initiative=initiative, name="Habilitation nationale", start="2023"
        )
        dispute = told(DisputeFactory(territory=territory))
        StatementFactory(dispute=dispute, source=source)
        for row in (dispute, told(GapFactory(territory=territory))):
            link(row, initiative)
    told(initiative)


@pytest.mark.parametrize("size", [1, 3])
def test_pages_cost_the_same_for_one_or_three_of_everything(size, visitor, valenciennois, tzcld, queries):
    crowd(valenciennois, tzcld, size)
    for _ in range(size):
        told(InitiativeFactory(territory=valenciennois))
    with queries(6):
        visitor.get(PAGE)
    with queries(2):
        visitor.get(LIST)


def test_the_page_tells_steps_carriers_doubts_and_sources(visitor, valenciennois, tzcld):
    crowd(valenciennois, tzcld, 1)
    page = text_of(visitor)
    for said in ("En fonctionnement", "1er juillet 2023", "<strong>Embauches</strong> : 30 personnes", "Qui la porte", "à partir de 2021", "Ses partenaires",
                 "Habilitation nationale", "Désaccord", "Lacune", "p. 22-23", "Le livret"):  # fmt: skip
        assert said in page, said


def test_a_step_is_told_on_the_pages_of_those_who_carry_it(visitor, valenciennois, tzcld):
    crowd(valenciennois, tzcld, 1)
    carrier = tzcld.carriers.get(part="porteur").organisation
    assert "Zéro chômeur : embauches" in text_of(visitor, carrier.get_absolute_url())
    assert Fact.objects.get(what="directory.initiative_step").detail == "30 personnes"


def test_the_list_says_who_carries_and_keeps_one_stage(visitor, valenciennois, tzcld):
    CarrierFactory(initiative=tzcld, organisation=OrganisationFactory(territory=valenciennois, name="L'ACSRV"))
    told(InitiativeFactory(territory=valenciennois, name="Le jardin", stage="idee"))
    everything, running = text_of(visitor, LIST), text_of(visitor, f"{LIST}?etape=fonctionnement")
    assert "Portée par L'ACSRV" in everything
    assert ("Le jardin" in everything, "Le jardin" in running, "Zéro chômeur" in running) == (True, False, True)
    assert "Aucune initiative n'en est à ce stade" in text_of(visitor, f"{LIST}?etape=terminee")


def test_an_empty_list_says_what_will_be_there(visitor, valenciennois):
    assert "Ici se liront les initiatives" in text_of(visitor, LIST)


def test_no_page_names_what_its_reader_may_not_see(visitor, animator, valenciennois, tzcld):
    hidden = OrganisationFactory.create(territory=valenciennois, name="Cachée", visibility=Visibility.TEAM)
    CarrierFactory(initiative=tzcld, organisation=hidden)
    Initiative.objects.filter(pk=tzcld.pk).update(organisation=hidden)
    Distinction.objects.create(territory=valenciennois, key="d", initiative=tzcld, name="Prix", giver=hidden)
    for address in (PAGE, LIST):
        assert "Cachée" not in text_of(visitor, address)
        assert "Cachée" in text_of(animator, address)
    Initiative.objects.filter(pk=tzcld.pk).update(visibility=Visibility.TEAM)
    assert visitor.get(PAGE).status_code == 404
    assert "Zéro chômeur" not in text_of(visitor, LIST)


def test_an_initiative_is_opened_and_corrected_with_its_steps(animator, valenciennois):
    OrganisationFactory(territory=valenciennois, key="acsrv", name="L'ACSRV")
    sent = {"name": "Zéro chômeur", "stage": "creation", "visibility": "publique"}
    sent |= rows("carriers", {"organisation": "L'ACSRV", "part": "porteur", "start": "2021"}, {"part": "porteur"})
    sent |= rows(
        "steps",
        {"name": "candidature", "when": "2021"},
        {"name": "embauches", "when": "2023-07-01", "figure": "30", "unit": "personnes"},
        {},
    )

    response = animator.post(f"{LIST}ajouter/", sent)

    made = Initiative.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}zero-chomeur/")
    assert [carrier.organisation.key for carrier in made.carriers.all()] == ["acsrv"]
    assert [step.name for step in made.steps.all()] == ["candidature", "embauches"]
    edit = f"{LIST}zero-chomeur/modifier/"
    sent |= {
        "opened_on": "1",
        "steps-INITIAL_FORMS": "2",
        "carriers-INITIAL_FORMS": "1",
        "steps-0-DELETE": "on",
        "name": "TZCLD",
    }
    assert animator.post(edit, sent).status_code == 302
    made.refresh_from_db()
    assert (made.name, [step.name for step in made.steps.all()]) == ("TZCLD", ["embauches"])
    assert animator.post(edit, sent | {"name": "Autre"}).status_code == 409
    assert [event.action for event in AuditEvent.objects.order_by("sequence")] == [
        "directory.create",
        "directory.change",
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"steps": [{"name": ""}]}, "steps"),
        ({"steps": [{"name": "embauches", "figure": "-3"}]}, "steps"),
        ({"steps": [{"name": "embauches", "unit": "personnes"}]}, "steps"),
        ({"carriers": [{"organisation": "inconnue", "part": "porteur"}]}, "carriers"),
        ({"carriers": [{"organisation": "acsrv", "part": "porteur"}] * 2}, "carriers"),
        ({"changes": {"stage": "fanee"}}, "stage"),
        ({"changes": {"start": "2020", "end": "2019"}}, "end"),
        ({"changes": {"visibility": "privee"}}, "visibility"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(given, field, animator, valenciennois, tzcld):
    OrganisationFactory(territory=valenciennois, key="acsrv")
    with pytest.raises(RuleBroken) as refused:
        services.update_initiative(tzcld, by=animator.actor, version=1, **{"changes": {}, **given})
    tzcld.refresh_from_db()
    assert (refused.value.field, tzcld.version, AuditEvent.objects.count()) == (field, 1, 0)


def test_the_audit_brings_an_initiative_back(animator, valenciennois, tzcld):
    born = OrganisationFactory.create(territory=valenciennois, key="barakajobs")
    services.update_initiative(
        tzcld, by=animator.actor, version=1, changes={"organisation": born, "start": "2023~"},
        steps=[{"name": "embauches", "figure": "30", "unit": "personnes"}],
    )  # fmt: skip
    before = {name: values[0] for name, values in AuditEvent.objects.get().changes.items()}
    services.update_initiative(tzcld, by=animator.actor, version=2, steps=before.pop("steps"), changes=before)
    tzcld.refresh_from_db()
    assert (tzcld.organisation, tzcld.start, tzcld.steps.count()) == (None, None, 0)


def test_hiding_an_initiative_hides_its_distinctions(animator, valenciennois, tzcld):
    told(Distinction.objects.create(territory=valenciennois, key="d", initiative=tzcld, name="Prix", start="2020"))
    services.update_initiative(tzcld, by=animator.actor, version=1, changes={"visibility": "equipe"})
    assert not Entry.objects.filter(
        visibility=Visibility.PUBLIC, record_id__in=[tzcld.pk, *tzcld.distinctions.values_list("pk", flat=True)]
    )
    assert not Fact.objects.filter(visibility=Visibility.PUBLIC, title="Prix").exists()


@pytest.mark.parametrize("who", ["visitor", "member", "officer", "stranger"])
def test_only_those_who_keep_the_directory_write(who, valenciennois, tzcld, request):
    actor = request.getfixturevalue(who).actor
    with pytest.raises(NotAllowed):
        services.create_initiative(valenciennois, by=actor, name="X")
    with pytest.raises(NotAllowed):
        services.update_initiative(tzcld, by=actor, version=1, changes={"name": "X"})


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_corrections_one_wins(animator, tzcld):
    outcomes, start = [], threading.Barrier(2)

    def correct(name):
        start.wait()
        try:
            services.update_initiative(
                Initiative.objects.get(pk=tzcld.pk), by=animator.actor, version=1, changes={}, steps=[{"name": name}]
            )
            outcomes.append("kept")
        except StaleVersion:
            outcomes.append("stale")
        finally:
            connection.close()

    hands = [threading.Thread(target=correct, args=(name,)) for name in ("Une", "Deux")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    tzcld.refresh_from_db()
    assert (sorted(outcomes), tzcld.version, tzcld.steps.count()) == (["kept", "stale"], 2, 1)
