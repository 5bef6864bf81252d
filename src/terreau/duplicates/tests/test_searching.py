"""Searching a territory again and again, and asking about rows before they land."""

import pytest

from terreau.directory.models import Organisation
from terreau.directory.tests.factories import IdentifierFactory, NameFactory, OrganisationFactory, TieFactory
from terreau.duplicates import services
from terreau.duplicates.enums import Because, State
from terreau.duplicates.models import Candidate
from terreau.duplicates.pure.profiles import Profile
from terreau.duplicates.pure.weighing import AGAINST, FOR
from terreau.duplicates.services.background import search_later
from terreau.duplicates.tests.factories import pair
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.pure.actor import SYSTEM


@pytest.fixture
def two(valenciennois):
    one = OrganisationFactory.create(territory=valenciennois, name="Maison du Vélo", commune="Valenciennes")
    return one, OrganisationFactory.create(
        territory=valenciennois, name="La maison du velo", commune="Valenciennes", nature=one.nature
    )


def search(territory, by):
    return services.search(territory, by=by.actor)


def test_a_search_keeps_the_pairs_that_look_alike_with_their_reasons(animator, valenciennois, two):
    done = search(valenciennois, animator)

    found = Candidate.objects.get()
    assert (done.compared, done.created, done.open) == (2, 1, 1)
    assert {found.first, found.second} == set(two)
    assert found.reasons == [["same_name", 1.0], ["commune", 1.0]]


def test_searching_twice_changes_nothing(animator, valenciennois, two):
    search(valenciennois, animator)
    before = list(Candidate.objects.values())

    done = search(valenciennois, animator)

    assert (done.created, done.updated, done.closed, done.open) == (0, 0, 0, 1)
    assert list(Candidate.objects.values()) == before


def test_a_new_search_updates_scores_and_closes_what_no_longer_looks_alike(animator, valenciennois, two):
    search(valenciennois, animator)
    score = Candidate.objects.get().score

    Organisation.objects.filter(pk__in=[one.pk for one in two]).update(telephone="03 27 00 11 22")
    assert search(valenciennois, animator).updated == 1
    assert Candidate.objects.get().score > score
    Organisation.objects.filter(pk=two[0].pk).update(name="Radio des Ormes", telephone="", commune="Anzin")
    assert search(valenciennois, animator).closed == 1
    assert not Candidate.objects.exists()


def test_a_pair_declared_distinct_only_comes_back_when_the_records_changed_much(animator, valenciennois, two):
    search(valenciennois, animator)
    services.decide(Candidate.objects.get(), state=State.DISTINCT, by=animator.actor)

    Organisation.objects.filter(pk__in=[one.pk for one in two]).update(postcode="59300")
    search(valenciennois, animator)
    assert Candidate.objects.get().state == State.DISTINCT

    for one in two:
        IdentifierFactory.create(organisation=one, scheme="rna", value="W596001234")
    search(valenciennois, animator)
    found = Candidate.objects.get()
    assert (found.state, found.decided_at, found.decided_score) == (State.OPEN, None, None)


def test_a_pair_left_aside_stays_aside(animator, valenciennois, two):
    search(valenciennois, animator)
    services.decide(Candidate.objects.get(), state=State.IGNORED, by=animator.actor)
    IdentifierFactory.create(organisation=two[0], value="123456782")
    IdentifierFactory.create(organisation=two[1], value="123456782")

    search(valenciennois, animator)

    assert Candidate.objects.get().state == State.IGNORED


def test_private_merged_and_unnamed_records_are_not_compared(animator, valenciennois, two):
    Organisation.objects.filter(pk=two[0].pk).update(visibility="privee")
    OrganisationFactory.create(territory=valenciennois, name="Maison du vélo", is_anonymous=True)

    assert search(valenciennois, animator).created == 0


def test_what_a_tie_already_joins_is_two_structures(animator, valenciennois, two):
    TieFactory.create(territory=valenciennois, origin=two[0], target=two[1])

    assert search(valenciennois, animator).created == 0


def test_another_territory_is_another_world(animator, valenciennois, elsewhere, two):
    OrganisationFactory.create(territory=elsewhere, name="Maison du Vélo", commune="Valenciennes")

    search(valenciennois, animator)

    assert Candidate.objects.count() == 1


@pytest.mark.parametrize("who", ["visitor", "member", "officer", "observer", "stranger"])
def test_only_animators_stewards_and_the_instance_search(who, request, valenciennois):
    with pytest.raises(NotAllowed):
        search(valenciennois, request.getfixturevalue(who))
    assert services.search(valenciennois, by=SYSTEM).compared == 0


def test_the_worker_searches_with_the_rights_of_who_asked(animator, member, valenciennois, two, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    search_later(valenciennois, by=animator.actor)

    assert Candidate.objects.count() == 1
    with pytest.raises(NotAllowed):
        search_later(valenciennois, by=member.actor)


def test_deciding_twice_is_deciding_once(animator, two):
    found = pair(*two)
    stale = Candidate.objects.get()
    services.decide(found, state=State.DISTINCT, by=animator.actor)

    with pytest.raises(RuleBroken, match="entre-temps"):
        services.decide(stale, state=State.IGNORED, by=animator.actor)
    services.decide(found, state=State.OPEN, by=animator.actor)
    assert Candidate.objects.get().state == State.OPEN


# Rows of a file, before they land


def test_rows_are_told_what_they_look_like_and_nothing_is_written(valenciennois, two, queries):
    NameFactory.create(organisation=two[0], name="MDV")
    rows = [
        Profile(12, ("Maison du vélo (asso)",), commune="VALENCIENNES"),
        Profile(13, ("Radio des Ormes",), commune="Valenciennes"),
    ]

    with queries(6):
        found = services.propose_for(valenciennois, rows)

    assert list(found) == [12]
    assert {proposal.key for proposal in found[12]} == {one.key for one in two}
    assert found[12][0].reasons == (("same_name", 1.0), ("commune", 1.0))
    assert not Candidate.objects.exists()


def test_rows_never_tell_of_private_records(valenciennois):
    OrganisationFactory.create(territory=valenciennois, name="Le refuge", visibility="privee")

    assert services.propose_for(valenciennois, [Profile(1, ("Le refuge",))]) == {}


def test_every_reason_of_the_core_has_its_words():
    assert {reason.value for reason in Because} == {*FOR, *AGAINST}
    assert {reason.value for reason in Because if reason.is_against} == {*AGAINST}
