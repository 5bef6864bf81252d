from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.accounts.testing import TerritoryFactory
from terreau.directory.facts import organisations as ours
from terreau.directory.models import Organisation
from terreau.directory.tests.factories import (
    CarrierFactory,
    IdentifierFactory,
    InitiativeFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    SourceFactory,
    TieFactory,
    TieKindFactory,
    crowded,
    told,
)  # fmt: skip
from terreau.kernel import facts
from terreau.kernel.enums import Certainty, Visibility
from terreau.kernel.models import Entry, Fact, FactActor

SECRET = "Dominique Exemple"


def everything_told(territory):
    """Give the read model of a territory as plain text, whatever the table."""
    entries = (
        Entry.objects.filter(territory=territory)
        .order_by("kind", "record_id")
        .values_list("kind", "key", "title", "subtitle", "names", "body", "url", "visibility")
    )
    told_facts = (
        Fact.objects.filter(territory=territory)
        .order_by("kind", "record_id", "what")
        .values_list("kind", "what", "title", "detail", "url", "visibility")
    )
    return [*entries], [*told_facts]


def test_any_name_of_an_organisation_finds_it(valenciennois):
    organisation = OrganisationFactory.create(territory=valenciennois, name="Chez Oscaar")
    NameFactory(organisation=organisation, name="Chez Oscar", sort="coquille")
    IdentifierFactory(organisation=organisation, value="123456789")
    told(organisation)

    entry = Entry.objects.get(record_id=organisation.pk)

    assert entry.names.split("\n") == ["chez oscaar", "chez oscar", "123456789"]


def test_an_organisation_tells_its_creation_and_its_end(valenciennois):
    organisation = told(
        OrganisationFactory(
            territory=valenciennois, name="GIEPP", start="2001~", end="2008", start_note="En assemblée."
        )
    )

    rows = (
        Fact.objects.filter(record_id=organisation.pk).order_by("what").values_list("what", "when", "title", "detail")
    )

    assert [(what, str(when), title, detail) for what, when, title, detail in rows] == [
        (ours.CREATED, "2001~", "GIEPP", "En assemblée."),
        (ours.ENDED, "2008", "GIEPP", "En assemblée."),
    ]


def test_an_undated_organisation_tells_nothing_but_is_found(valenciennois):
    organisation = told(OrganisationFactory(territory=valenciennois))
    assert (Fact.objects.count(), Entry.objects.filter(record_id=organisation.pk).count()) == (0, 1)


def test_a_role_says_the_function_and_never_the_person(valenciennois):
    person = told(PersonFactory(territory=valenciennois, name=SECRET))
    role = told(
        RoleFactory(
            territory=valenciennois, person=person, function="présidente", start="2019", certainty=Certainty.DEDUCED
        )
    )

    fact = Fact.objects.get(record_id=role.pk)

    assert (fact.title, fact.certainty) == ("présidente", Certainty.DEDUCED)
    assert list(FactActor.objects.filter(fact=fact).values_list("kind", "record_id")) == [
        ("organisation", role.organisation_id),
        ("person", person.pk),
    ]
    assert SECRET not in str(everything_told(valenciennois))
    assert "dominique" not in str(everything_told(valenciennois))


def test_a_person_is_told_only_by_a_public_name(valenciennois):
    hidden = told(PersonFactory(territory=valenciennois, name=SECRET))
    known = told(
        PersonFactory(territory=valenciennois, name="Camille Mandat", name_is_public=True, visibility=Visibility.PUBLIC)
    )

    assert list(Entry.objects.filter(kind="person").values_list("record_id", "title")) == [(known.pk, "Camille Mandat")]
    assert not Entry.objects.filter(record_id=hidden.pk).exists()


def test_a_tie_reads_as_a_sentence(valenciennois):
    kind = TieKindFactory(
        territory=valenciennois, name="met en commun des moyens avec", inverse="met en commun des moyens avec"
    )
    one, two = (
        OrganisationFactory(territory=valenciennois, name="A"),
        OrganisationFactory(territory=valenciennois, name="B"),
    )
    tie = told(TieFactory(territory=valenciennois, origin=one, target=two, kind=kind, start="2018", end="2020"))

    assert list(Fact.objects.filter(record_id=tie.pk).order_by("what").values_list("what", "title")) == [
        (ours.TIE_ENDED, "A met en commun des moyens avec B"),
        (ours.TIE_STARTED, "A met en commun des moyens avec B"),
    ]


def test_a_tie_is_told_no_wider_than_its_narrowest_end(valenciennois):
    hidden = OrganisationFactory(territory=valenciennois, visibility=Visibility.TEAM)
    tie = told(TieFactory(territory=valenciennois, target=hidden, start="2018"))

    assert Entry.objects.get(record_id=tie.pk).visibility == Visibility.TEAM
    assert Fact.objects.get(record_id=tie.pk).visibility == Visibility.TEAM


def test_a_function_is_told_no_wider_than_its_organisation(valenciennois):
    hidden = OrganisationFactory(territory=valenciennois, name="Cachée", visibility=Visibility.MEMBERS)
    role = told(RoleFactory(territory=valenciennois, organisation=hidden, start="2018"))

    assert Entry.objects.get(record_id=role.pk).visibility == Visibility.MEMBERS
    assert Fact.objects.get(record_id=role.pk).visibility == Visibility.MEMBERS


def test_an_initiative_does_not_name_a_carrier_that_its_reader_may_not_see(valenciennois):
    initiative = InitiativeFactory.create(territory=valenciennois, start="2020")
    CarrierFactory(
        initiative=initiative,
        organisation=OrganisationFactory(
            territory=valenciennois, name="Cachée", key="cachee", visibility=Visibility.TEAM
        ),
    )
    CarrierFactory(
        initiative=initiative,
        organisation=OrganisationFactory(territory=valenciennois, name="Visible", key="visible"),
        position=1,
    )
    told(initiative)

    entry = Entry.objects.get(record_id=initiative.pk)

    assert (entry.subtitle, entry.url) == ("Visible", f"/valenciennois/initiatives/{initiative.key}/")
    assert [actor.record_id for actor in FactActor.objects.all()] == [Organisation.objects.get(key="visible").pk]


def test_a_source_tells_its_publication_when_its_year_is_known(valenciennois):
    told(SourceFactory(territory=valenciennois))
    dated = told(SourceFactory(territory=valenciennois, year="2024~"))
    assert list(Fact.objects.values_list("record_id", "what")) == [(dated.pk, ours.PUBLISHED)]


def test_rebuilt_facts_equal_the_lived_ones(valenciennois):
    crowded(valenciennois, 2)
    for theirs in Organisation.objects.exclude(key="centre"):
        told(theirs)
    lived = everything_told(valenciennois)

    facts.rebuild(valenciennois)

    assert everything_told(valenciennois) == lived


def test_rebuilding_costs_the_same_for_one_or_three(queries):
    small, large = TerritoryFactory(), TerritoryFactory()
    crowded(small, 1)
    crowded(large, 3)
    with CaptureQueriesContext(connection) as for_one:
        facts.rebuild(small)
    with queries(
        len([query for query in for_one if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])
    ):
        facts.rebuild(large)


def test_what_names_an_organisation_is_told_again_with_it(valenciennois):
    organisation = crowded(valenciennois, 1)
    assert sorted(record.KIND for record in ours.tellings_around(organisation)) == ["initiative", "role", "tie", "tie"]
