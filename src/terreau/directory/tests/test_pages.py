import re

import pytest
from django.utils import translation

from terreau.directory.tests.factories import (
    AcronymFactory,
    DisputeFactory,
    GapFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    SourceFactory,
    StatementFactory,
    TieFactory,
    TieKindFactory,
    cite,
    crowded,
    link,
    told,
)  # fmt: skip
from terreau.kernel.enums import Severity, SourceGenre, Visibility

LIST = "/valenciennois/annuaire/"
RESOURCES = "/valenciennois/ressources/"
SOURCES = f"{RESOURCES}sources/"
ACRONYMS = f"{RESOURCES}sigles/"
DOUBTS = "/valenciennois/contradictions/"
SECRET = "Dominique Exemple"


def text_of(client, address):
    """Give the words of a page, spaces made plain; fails unless the page is there."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


# The list, as each may see it


@pytest.mark.parametrize(
    ("visibility", "who"),
    [
        (Visibility.PUBLIC, {"visitor", "member", "animator", "stranger"}),
        (Visibility.MEMBERS, {"member", "animator"}),
        (Visibility.TEAM, {"animator"}),
        (Visibility.PRIVATE, set()),
    ],
)
def test_each_sees_what_they_may(visibility, who, valenciennois, request):
    told(OrganisationFactory(territory=valenciennois, key="ici", name="Ici même", visibility=visibility))
    seen, opened = set(), set()
    for name in ("visitor", "member", "animator", "stranger"):
        client = request.getfixturevalue(name)
        if "Ici même" in text_of(client, LIST):
            seen.add(name)
        if client.get(f"{LIST}ici/").status_code == 200:
            opened.add(name)
    assert (seen, opened) == (who, who)


def test_a_steward_opens_a_private_page(steward, valenciennois):
    told(OrganisationFactory(territory=valenciennois, key="ici", visibility=Visibility.PRIVATE))
    assert steward.get(f"{LIST}ici/").status_code == 200


def test_another_territory_has_its_own_directory(visitor, valenciennois, elsewhere):
    told(OrganisationFactory(territory=elsewhere, key="la-bas", name="Là-bas"))
    assert "Là-bas" not in text_of(visitor, LIST)
    assert visitor.get(f"{LIST}la-bas/").status_code == 404
    assert visitor.get("/ailleurs/annuaire/la-bas/").status_code == 200


# One organisation


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_costs_the_same_for_one_or_three_of_everything(size, visitor, valenciennois, queries):
    crowded(valenciennois, size)
    with queries(6):
        response = visitor.get(f"{LIST}centre/")
    assert response.status_code == 200


def test_a_page_tells_all_that_is_known(visitor, valenciennois):
    crowded(valenciennois, 1)
    page = text_of(visitor, f"{LIST}centre/")
    for words in ("Elle relie.", "SIREN", "Autre nom", "(variante, <a href=", "Le livret</a>, p. 0)", "Initiative", "Directrice", "trésorière", "Structure", "finance",
                  "est financée par", "Désaccord", "Énoncé", "Lacune", "SG", "p. 12"):  # fmt: skip
        assert words in page, words


def test_ties_are_worded_both_ways(visitor, valenciennois):
    kind = TieKindFactory(territory=valenciennois, name="porte", inverse="est porté par")
    one, two = (OrganisationFactory(territory=valenciennois, key=key, name=key.upper()) for key in ("flac", "oscaar"))
    told(
        TieFactory(territory=valenciennois, origin=one, target=two, kind=kind, certainty="deduite", note="Tiers-lieu.")
    )

    assert "FLAC porte</h3>" in text_of(visitor, f"{LIST}flac/")
    page = text_of(visitor, f"{LIST}oscaar/")
    assert "OSCAAR est porté par</h3>" in page
    assert '<a href="/valenciennois/annuaire/flac/">FLAC</a>' in page
    assert "certainty-deduite" in page


def test_the_same_person_is_recognised_and_never_named(visitor, animator, valenciennois):
    person = told(PersonFactory(territory=valenciennois, key="p17", name=SECRET))
    here, there = (
        OrganisationFactory(territory=valenciennois, key=key, name=key.upper()) for key in ("flac", "oscaar")
    )
    told(RoleFactory(territory=valenciennois, person=person, organisation=here, function="directeur"))
    told(RoleFactory(territory=valenciennois, person=person, organisation=there, function="cogérant"))

    for client in (visitor, animator):
        page = text_of(client, f"{LIST}flac/")
        assert re.search(
            r"Même personne que : <a href=\"/valenciennois/annuaire/oscaar/#[\w-]+\">cogérant</a>, OSCAAR", page
        )
        assert SECRET not in page
        assert "p17" not in page
        assert SECRET not in text_of(client, LIST)
        assert SECRET not in text_of(client, f"{LIST}?q=Dominique")


def test_a_public_name_is_shown_with_its_function(visitor, valenciennois):
    person = PersonFactory(territory=valenciennois, name="Camille Mandat", name_is_public=True)
    told(
        RoleFactory(
            territory=valenciennois,
            person=person,
            organisation=OrganisationFactory(territory=valenciennois, key="flac"),
        )
    )
    assert "Camille Mandat" in text_of(visitor, f"{LIST}flac/")


def test_a_page_does_not_name_what_its_reader_may_not_see(visitor, animator, valenciennois):
    here = OrganisationFactory(territory=valenciennois, key="flac")
    hidden = OrganisationFactory(territory=valenciennois, key="cachee", name="Cachée", visibility=Visibility.TEAM)
    role = told(RoleFactory(territory=valenciennois, organisation=here))
    told(RoleFactory(territory=valenciennois, person=role.person, organisation=hidden, start="2001"))
    told(TieFactory(territory=valenciennois, origin=here, target=hidden, start="2018"))
    dispute = DisputeFactory(territory=valenciennois, subject="Débat caché", visibility=Visibility.TEAM)
    StatementFactory(dispute=dispute)
    gap = GapFactory(territory=valenciennois, subject="Lacune cachée", visibility=Visibility.TEAM)
    acronym = AcronymFactory(territory=valenciennois, acronym="CACHE", visibility=Visibility.TEAM)
    for row in (told(dispute), told(gap), told(acronym)):
        link(row, here, "object" if row is not acronym else "stands_for")

    page, team = text_of(visitor, f"{LIST}flac/"), text_of(animator, f"{LIST}flac/")

    for words in ("Cachée", "cachee", "Débat caché", "Lacune cachée", "CACHE"):
        assert words not in page, words
        assert words in team, words


def test_disputed_statements_are_side_by_side(visitor, valenciennois):
    organisation = told(OrganisationFactory(territory=valenciennois, key="acsrv"))
    dispute = DisputeFactory(
        territory=valenciennois, key="c-nombre", subject="Nombre de centres", reading="Deux dates."
    )
    StatementFactory(dispute=dispute, text="Quinze centres", locator="11-12")
    StatementFactory(dispute=dispute, text="Vingt structures", locator="40", position=1)
    link(told(dispute), organisation)

    page = text_of(visitor, f"{LIST}acsrv/")

    places = [
        page.index(words)
        for words in (
            'id="c-nombre"',
            "Nombre de centres",
            "Quinze centres",
            "p. 11-12",
            "Vingt structures",
            "p. 40",
            "Deux dates.",
        )
    ]
    assert places == sorted(places)


def test_the_correction_is_offered_only_to_those_who_may(visitor, member, animator, valenciennois):
    told(OrganisationFactory(territory=valenciennois, key="flac"))
    offered = ["Corriger cette fiche" in text_of(client, f"{LIST}flac/") for client in (visitor, member, animator)]
    assert offered == [False, False, True]


# Sources and acronyms


@pytest.mark.parametrize("size", [1, 3])
def test_sources_and_acronyms_cost_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    crowded(valenciennois, size)
    for _ in range(size):
        link(told(DisputeFactory(territory=valenciennois)), told(SourceFactory(territory=valenciennois)))
    with queries(5):
        visitor.get(SOURCES)
    with queries(6):
        visitor.get(ACRONYMS)


@pytest.mark.parametrize("size", [1, 3])
def test_a_source_costs_the_same_for_one_or_three_quotations(size, visitor, valenciennois, queries):
    crowded(valenciennois, size)
    with queries(8):
        response = visitor.get(f"{RESOURCES}livret/")
    assert response.status_code == 200


def test_sources_are_grouped_by_genre_with_what_is_quoted(visitor, valenciennois):
    source = told(
        SourceFactory(territory=valenciennois, title="Le livret", authors=["Apes"], publisher="Apes", year="2024~")
    )
    told(SourceFactory(territory=valenciennois, title="Le cours", genre=SourceGenre.COURSE))
    seen = told(OrganisationFactory(territory=valenciennois))
    hidden = told(OrganisationFactory(territory=valenciennois, visibility=Visibility.TEAM))
    for row, page in ((seen, "4"), (seen, "9"), (hidden, "5")):
        cite(row, source, page)

    page = text_of(visitor, SOURCES)

    assert (
        page.index("<h3>Livret</h3>") < page.index("Le livret") < page.index("<h3>Cours</h3>") < page.index("Le cours")
    )
    assert '<p>Apes · <span class="date">vers 2024</span></p>' in page
    assert "1 fiche en est tirée" in page
    assert "rien n'en est tiré ici" in page


def test_acronyms_say_what_they_stand_for_and_when_nobody_knows(visitor, valenciennois):
    organisation = told(OrganisationFactory(territory=valenciennois, key="phare"))
    known = told(
        AcronymFactory(territory=valenciennois, acronym="PHARE", expansion="Pôle Hainaut", former="Phare d'avant")
    )
    told(AcronymFactory(territory=valenciennois, acronym="CAPEP", origin="inconnue"))
    link(known, organisation, "stands_for")

    page = text_of(visitor, ACRONYMS)

    assert '<a href="/valenciennois/annuaire/phare/">PHARE</a>' in page
    assert "Pôle Hainaut" in page
    assert "auparavant : Phare d'avant" in page
    assert re.search(r"CAPEP</th> <td><em>non connu</em>", page)


def test_quotations_follow_the_pages_of_a_source(visitor, animator, valenciennois):
    source = told(SourceFactory(territory=valenciennois, key="livret", address="apes-hdf.org", print_run=600))
    for name, page, visibility in (
        ("Dixième", "10", "publique"),
        ("Deuxième", "2", "publique"),
        ("Secrète", "3", "equipe"),
    ):
        cite(told(OrganisationFactory(territory=valenciennois, name=name, visibility=visibility)), source, page)

    page = text_of(visitor, f"{RESOURCES}livret/")

    assert page.index("Deuxième") < page.index("Dixième")
    assert "2 passages en sont tirés" in page
    assert "Secrète" not in page
    assert "600 exemplaires" in page
    assert 'href="https://apes-hdf.org"' in page
    assert "3 passages en sont tirés" in text_of(animator, f"{RESOURCES}livret/")


def test_an_unknown_source_or_organisation_is_not_found(visitor, valenciennois):
    assert visitor.get(f"{RESOURCES}inconnue/").status_code == 404
    assert visitor.get(f"{LIST}inconnue/").status_code == 404


def test_a_hidden_source_is_not_found(visitor, valenciennois):
    told(SourceFactory(territory=valenciennois, key="livret", visibility=Visibility.TEAM))
    assert visitor.get(f"{RESOURCES}livret/").status_code == 404


# Doubts


@pytest.mark.parametrize("size", [1, 3])
def test_doubts_cost_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    crowded(valenciennois, size)
    with queries(6):
        visitor.get(DOUBTS)


def test_doubts_keep_their_anchors_and_answer_filters(visitor, valenciennois):
    for key, severity in (("c-forte", Severity.HIGH), ("c-faible", Severity.LOW)):
        StatementFactory(dispute=DisputeFactory(territory=valenciennois, key=key, severity=severity))
    GapFactory(territory=valenciennois, key="lac-un", ask="la mairie")

    everything, strong = text_of(visitor, DOUBTS), text_of(visitor, f"{DOUBTS}?gravite=forte&type=inconnu")

    assert everything.index('id="c-forte"') < everything.index('id="c-faible"') < everything.index('id="lac-un"')
    assert "À demander : la mairie" in everything
    assert "2 contradictions" in everything
    assert ('id="c-forte"' in strong, 'id="c-faible"' in strong) == (True, False)
    assert '<option value="faible">faible : graphie (1)</option>' in strong


def test_a_dispute_names_the_records_that_its_reader_may_see(visitor, animator, valenciennois):
    dispute = told(DisputeFactory(territory=valenciennois))
    link(dispute, told(OrganisationFactory(territory=valenciennois, name="Visible")))
    link(dispute, told(OrganisationFactory(territory=valenciennois, name="Cachée", visibility=Visibility.TEAM)))
    assert ("Visible" in text_of(visitor, DOUBTS), "Cachée" in text_of(visitor, DOUBTS)) == (True, False)
    assert "Cachée" in text_of(animator, DOUBTS)


def test_pages_without_anything_say_what_will_be_there(visitor, valenciennois):
    assert "Ici se liront les sources" in text_of(visitor, SOURCES)
    assert "Ici se liront les sigles" in text_of(visitor, ACRONYMS)
    assert "Ici se liront les ressources" in text_of(visitor, RESOURCES)
    assert "Aucune contradiction n'est relevée" in text_of(visitor, DOUBTS)
    assert "Aucune lacune n'est relevée" in text_of(visitor, DOUBTS)


@pytest.mark.parametrize(
    "address", [LIST, f"{LIST}centre/", RESOURCES, SOURCES, ACRONYMS, f"{RESOURCES}livret/", DOUBTS]
)
def test_pages_read_in_english(address, visitor, valenciennois):
    crowded(valenciennois, 1)
    visitor.cookies["django_language"] = "en"
    with translation.override("en"):
        response = visitor.get(address)
    assert response.status_code == 200
    assert '<html lang="en">' in response.content.decode()
