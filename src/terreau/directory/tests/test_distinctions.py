"""Prizes, labels, habilitations, approvals: dated, sourced, of one organisation or of one initiative."""

import re

import pytest

from terreau.directory import services
from terreau.directory.models import Distinction
from terreau.directory.tests.factories import (
    DistinctionFactory,
    InitiativeFactory,
    OrganisationFactory,
    SourceFactory,
    cite,
    told,
)
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed
from terreau.kernel.models import AuditEvent, Citation, Entry, Fact

LIST = "/valenciennois/distinctions/"
NEW = "/valenciennois/nouvelle-distinction/"


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def typed(**changes):
    return {
        "holder": "La FLAC", "sort": "prix", "name": "Prix du lien", "giver": "", "start": "2021", "end": "",
        "summary": "", "source": "", "locator": "", "visibility": "publique", "opened_on": "1",
    } | changes  # fmt: skip


@pytest.fixture
def flac(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="flac", name="La FLAC"))


def test_distinctions_are_read_by_year_and_by_sort_with_their_sources(visitor, flac, valenciennois):
    source = told(SourceFactory(territory=valenciennois, title="Le livret"))
    label = DistinctionFactory.create(territory=valenciennois, organisation=flac, name="Label vert", sort="label", start="2019-05", end="2022")  # fmt: skip
    cite(label, source, "12")
    prize = DistinctionFactory.create(territory=valenciennois, organisation=flac, name="Prix du lien", start="2021")
    DistinctionFactory(territory=valenciennois, organisation=flac, name="Prix sans date")
    page = words(visitor.get(LIST))
    order = ("<h2>2021</h2>", "Prix du lien", "<h2>2019</h2>", "Label vert", "Le livret", "Année inconnue", "Prix sans date")  # fmt: skip
    assert sorted(order, key=page.index) == list(order)
    assert f'id="{prize.key}"' in page
    for question, seen in (
        ("type=label", {"Label vert"}), ("annee=2021", {"Prix du lien"}), ("annee=inconnue", {"Prix sans date"}),
        ("le=2023", {"Prix du lien", "Prix sans date"}), ("annee=2021&type=label", set()),
    ):  # fmt: skip
        shown = words(visitor.get(f"{LIST}?{question}"))
        assert {name for name in ("Label vert", "Prix du lien", "Prix sans date") if name in shown} == seen, question


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    source = SourceFactory.create(territory=valenciennois)
    for _ in range(size):
        giver = OrganisationFactory.create(territory=valenciennois)
        cite(DistinctionFactory(territory=valenciennois, giver=giver, start="2021"), source)
        initiative = InitiativeFactory.create(territory=valenciennois)
        DistinctionFactory(territory=valenciennois, organisation=None, initiative=initiative, start="2020")
    with queries(4):
        visitor.get(LIST)


@pytest.mark.parametrize("hidden", ["distinction", "holder"])
def test_what_is_hidden_is_nowhere(hidden, visitor, animator, flac, valenciennois):
    distinction = DistinctionFactory.create(territory=valenciennois, organisation=flac, name="Prix tu", start="2020")
    row = distinction if hidden == "distinction" else flac
    row.visibility = Visibility.TEAM
    row.save()
    told(distinction)
    assert "Prix tu" not in words(visitor.get(LIST))
    assert "Prix tu" in words(animator.get(LIST))
    assert not Entry.objects.filter(record_id=distinction.pk, visibility=Visibility.PUBLIC).exists()


def test_a_hidden_giver_is_not_named(visitor, flac, valenciennois):
    giver = OrganisationFactory.create(territory=valenciennois, name="Le Jury caché", visibility=Visibility.TEAM)
    DistinctionFactory(territory=valenciennois, organisation=flac, name="Prix connu", giver=giver)
    page = words(visitor.get(LIST))
    assert ("Prix connu" in page, "Le Jury caché" in page) == (True, False)


def test_a_distinction_is_recorded_told_sourced_and_audited(animator, flac, valenciennois):
    source = told(SourceFactory(territory=valenciennois, key="livret"))
    giver = told(OrganisationFactory(territory=valenciennois, name="La Région"))
    response = animator.post(NEW, typed(giver="la region", source="livret", locator="28"))
    distinction = Distinction.objects.get()
    assert (response.status_code, distinction.organisation, distinction.giver) == (302, flac, giver)
    assert Citation.objects.filter(record_id=distinction.pk, source=source, locator="28").exists()
    assert Fact.objects.get(record_id=distinction.pk).what == "directory.distinction"
    assert AuditEvent.objects.get().action == "directory.distinction.record"


def test_an_initiative_may_be_distinguished_by_someone_the_directory_does_not_know(animator, valenciennois):
    initiative = told(InitiativeFactory(territory=valenciennois, name="Le Tiers-lieu"))
    animator.post(NEW, typed(holder="Le Tiers-lieu", giver="Fondation lointaine"))
    distinction = Distinction.objects.get()
    assert (distinction.initiative, distinction.organisation) == (initiative, None)
    assert (distinction.giver, distinction.given_by) == (None, "Fondation lointaine")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("holder", "Inconnue", "n'est pas dans l'annuaire"),
        ("giver", "La FLAC", "ne se distingue pas elle-même"),
        ("start", "2999", "dans l'avenir"),
        ("end", "2000", "commence après sa fin"),
        ("name", "", "obligatoire"),
        ("sort", "x", "Sélectionnez un choix valide"),
    ],
)
def test_what_cannot_be_true_is_refused_where_it_was_typed(field, value, said, animator, flac):
    response = animator.post(NEW, typed(**{field: value}))
    assert (response.status_code, Distinction.objects.count()) == (200, 0)
    assert said in words(response)


def test_two_hands_on_one_distinction_lose_nothing(animator, steward, flac, valenciennois):
    told(DistinctionFactory(territory=valenciennois, key="prix", organisation=flac, name="Prix du lien", start="2021"))
    address = f"{LIST}prix/modifier/"
    assert 'value="La FLAC"' in words(animator.get(address))
    assert steward.post(address, typed(start="2020")).status_code == 302
    refused = animator.post(address, typed(start="2019", summary="Reçu en mai."))
    assert (refused.status_code, str(Distinction.objects.get().start)) == (409, "2020")
    assert "Reçu en mai." in words(refused)


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "administrator", "stranger"])
def test_only_animators_and_stewards_keep_distinctions(who, request, flac, valenciennois):
    client = request.getfixturevalue(who)
    assert client.post(NEW, typed()).status_code == 403
    with pytest.raises(NotAllowed):
        services.record_distinction(
            territory=valenciennois, by=client.actor, values={"organisation": flac, "name": "Pirate"}
        )
    assert Distinction.objects.count() == 0


def test_an_empty_list_says_what_will_be_there(visitor, valenciennois):
    assert "Ici se liront les prix, labels et agréments reçus" in words(visitor.get(LIST))
