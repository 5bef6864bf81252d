"""What a reader finds, on whichever database runs the suite."""

import uuid

import pytest
from django.apps import apps
from django.conf import settings as house
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.kernel.enums import Visibility
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import VISITOR, Actor
from terreau.kernel.search.finding import Match, find
from terreau.kernel.search.folding import fold

Territory = apps.get_model(house.TERREAU_TENANT)
pytestmark = pytest.mark.django_db


@pytest.fixture
def valley():
    return Territory.objects.create(slug="vallee", name="Vallée")


def enter(territory, title, *names, body="", weight=5, kind="organisation", visibility=Visibility.PUBLIC):
    return Entry.objects.create(
        territory=territory, kind=kind, record_id=uuid.uuid4(), key=fold(title).replace(" ", "-")[:100], title=title,
        names="\n".join(dict.fromkeys(fold(name) for name in (title, *names))), body=fold(body), weight=weight, visibility=visibility,
    )  # fmt: skip


@pytest.fixture
def known(valley):
    """A small territory, with names that look like one another."""
    enter(valley, "Chez Oscaar", "Chez Ooscaar", body="restaurant", weight=0)
    enter(valley, "Maison du Vélo de Valenciennes", body="atelier de réparation", weight=0)
    enter(valley, "Gédas", "Gedas", "Groupement d'entraide", weight=0)
    enter(valley, "Club pour agir en Valenciennois", "CAPEP", weight=0)
    enter(valley, "Acteurs pour une économie solidaire", "A.P.E.S.", weight=0)
    enter(valley, "Maison de l'emploi", weight=0)
    enter(valley, "Régie de quartier", "Vivre ensemble", weight=0)
    enter(valley, "L'Œuf et la Poule", weight=0)
    enter(valley, "Salon du vélo", kind="event", weight=2, body="oscar de la mobilité, avec la CAPEP")
    enter(valley, "Rencontre des oscillateurs", kind="event", weight=2)
    return valley


def titles(results):
    return [hit.title for hit in results.hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("oscar", "Chez Oscaar"),
        ("ooscaar", "Chez Oscaar"),
        ("chez oscar", "Chez Oscaar"),
        ("OSCAAR", "Chez Oscaar"),
        ("maison velo", "Maison du Vélo de Valenciennes"),
        ("la maison du velo", "Maison du Vélo de Valenciennes"),
        ("vélo maison", "Maison du Vélo de Valenciennes"),
        ("maizon du vello", "Maison du Vélo de Valenciennes"),
        ("maisonduvelodevalenciennes", "Maison du Vélo de Valenciennes"),
        ("valenciennes maison", "Maison du Vélo de Valenciennes"),
        ("maison de l’emploi", "Maison de l'emploi"),
        ("gedas", "Gédas"),
        ("gedsa", "Gédas"),
        ("kedas", "Gédas"),
        ("capep", "Club pour agir en Valenciennois"),
        ("capp", "Club pour agir en Valenciennois"),
        ("apes", "Acteurs pour une économie solidaire"),
        ("A.P.E.S", "Acteurs pour une économie solidaire"),
        ("apse", "Acteurs pour une économie solidaire"),
        ("economie solidaire acteurs", "Acteurs pour une économie solidaire"),
        ("vivre ensemble", "Régie de quartier"),
        ("regie quartiers", "Régie de quartier"),
        ("oeuf", "L'Œuf et la Poule"),
        ("l'œuf", "L'Œuf et la Poule"),
        ("poule oeuf", "L'Œuf et la Poule"),
        ("réparation atelier", "Maison du Vélo de Valenciennes"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(known, typed, first):
    assert titles(find(known, typed, VISITOR))[0] == first


def test_whole_names_come_before_beginnings_then_mistyped_then_texts(valley):
    enter(valley, "Annuaire", body="la ruche")
    enter(valley, "La Ruhce")
    enter(valley, "La Ruche d'en bas")
    enter(valley, "La Ruche", weight=9)
    assert titles(find(valley, "ruche", VISITOR)) == ["La Ruche", "La Ruche d'en bas", "La Ruhce", "Annuaire"]


def test_equally_close_names_come_by_weight_then_by_title(valley):
    enter(valley, "Fête du jardin", weight=3, kind="event")
    enter(valley, "Jardin d'hiver", weight=1)
    enter(valley, "Jardin d'été", weight=1)
    assert titles(find(valley, "jard", VISITOR)) == ["Jardin d'été", "Jardin d'hiver", "Fête du jardin"]


@pytest.mark.parametrize(
    ("typed", "match", "reason"),
    [
        ("gédas", Match.NAME, "nom"),
        ("capep", Match.OTHER_NAME, "autre nom : Capep"),
        ("vivre ensemble", Match.OTHER_NAME, "autre nom : Vivre ensemble"),
        ("oscar", Match.SPELLING, "orthographe proche"),
        ("capp", Match.SPELLING, "orthographe proche de : Capep"),
        ("reparation", Match.TEXT, "texte"),
    ],
)
def test_a_hit_says_why_it_is_here(known, typed, match, reason):
    hit = find(known, typed, VISITOR).hits[0]
    assert (hit.match, hit.reason.replace("\u00a0", " ")) == (match, reason)


def test_a_mistyped_query_says_which_name_was_meant(known):
    assert find(known, "gedsa", VISITOR).corrected == "gedas"
    assert find(known, "gedas", VISITOR).corrected == ""


def test_short_words_match_only_whole_names_and_words(valley):
    enter(valley, "BP", weight=0)
    enter(valley, "BPALC", weight=0)
    assert titles(find(valley, "bp", VISITOR)) == ["BP"]
    assert titles(find(valley, "b", VISITOR)) == []


def test_an_unknown_word_does_not_match_everything(known):
    assert titles(find(known, "xyzt", VISITOR)) == []
    assert titles(find(known, "kiwi", VISITOR)) == []


@pytest.mark.parametrize("typed", ["", "   ", "!?…", "«»", "\x00", "'", "*", '"'])
def test_an_empty_query_finds_nothing_and_costs_nothing(known, typed):
    with CaptureQueriesContext(connection) as queries:
        results = find(known, typed, VISITOR)
    assert (results.hits, results.total, len(queries)) == ((), 0, 0)


@pytest.mark.parametrize("typed", ["maison", "oscar", "zzzzzz", "de la", "maizon vello"])
def test_a_search_takes_four_queries_at_most(known, typed):
    with CaptureQueriesContext(connection) as queries:
        find(known, typed, VISITOR)
    assert len(queries) <= 4


def test_a_very_long_query_is_cut(known):
    assert find(known, "gedas " * 5000, VISITOR).hits[0].title == "Gédas"


def test_kinds_are_kept_when_asked(known):
    assert titles(find(known, "velo", VISITOR, kinds=("event",))) == ["Salon du vélo"]
    assert titles(find(known, "velo", VISITOR, kinds=('no" such', "event"))) == ["Salon du vélo"]
    assert titles(find(known, "velo", VISITOR, kinds=('no" such',))) == []


def test_pages_follow_one_another_without_repeating(valley):
    for number in range(25):
        enter(valley, f"Atelier {number:02}")
    first, second = find(valley, "atelier", VISITOR, limit=20), find(valley, "atelier", VISITOR, limit=20, offset=20)
    assert (first.total, first.has_more, second.has_more) == (25, True, False)
    assert titles(first) + titles(second) == [f"Atelier {number:02}" for number in range(25)]


def test_another_territory_is_never_searched(known):
    elsewhere = Territory.objects.create(slug="ailleurs", name="Ailleurs")
    enter(elsewhere, "Gédas d'ailleurs")
    assert titles(find(known, "gedas", VISITOR)) == ["Gédas"]
    assert titles(find(elsewhere, "gedsa", VISITOR)) == ["Gédas d'ailleurs"]


def as_role(territory, *roles):
    return Actor(user_id=uuid.uuid4(), roles={territory.pk: frozenset(roles)})


@pytest.mark.parametrize("typed", ["secret", "sceret", "confidences"])
def test_a_hidden_record_is_found_only_by_those_who_may_see_it(valley, typed):
    for visibility in Visibility:
        enter(valley, f"Secret {visibility.name}", body="confidences", visibility=visibility)
    elsewhere = Territory.objects.create(slug="ailleurs", name="Ailleurs")
    seen = {
        who: set(titles(find(valley, typed, reader)))
        for who, reader in {
            "visitor": VISITOR,
            "stranger": as_role(elsewhere, "steward"),
            "member": as_role(valley, "member"),
            "animator": as_role(valley, "animator"),
        }.items()
    }
    assert seen == {
        "visitor": {"Secret PUBLIC"},
        "stranger": {"Secret PUBLIC"},
        "member": {"Secret PUBLIC", "Secret MEMBERS"},
        "animator": {"Secret PUBLIC", "Secret MEMBERS", "Secret TEAM"},
    }


def test_a_hidden_name_is_never_proposed_as_a_correction(valley):
    enter(valley, "Projet Confidentiel", visibility=Visibility.TEAM)
    results = find(valley, "projte confidentiel", VISITOR)
    assert (results.hits, results.corrected, results.total) == ((), "", 0)


NAMES = st.text(alphabet="abcdeéèçœ '-0159ABC’", min_size=1, max_size=80).filter(fold)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=12, unique_by=fold))
def test_a_record_is_always_on_the_first_page_for_its_own_name(names):
    territory = Territory.objects.create(slug=f"t{uuid.uuid4().hex}", name="T")
    for name in names:
        enter(territory, name)
    for name in names:
        assert name in titles(find(territory, name, VISITOR))


@settings(max_examples=150, deadline=None)
@given(typed=st.one_of(st.text(max_size=120), st.text(alphabet="abo AND OR NOT NEAR(\"'*^:{}+-|&!<>%_\\", max_size=60)))
def test_any_text_is_a_safe_query(typed):
    territory, created = Territory.objects.get_or_create(slug="surete", defaults={"name": "Sûreté"})
    if created:
        enter(territory, "Abo and or not near", body="a b c")
    results = find(territory, typed, VISITOR)
    assert results.total >= len(results.hits)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["velo", "velos", "vleo", "maison velo", "autre"]), st.sampled_from(list(Visibility))
        ),
        max_size=10,
    ),
    typed=st.sampled_from(["velo", "vello", "maison", "mot"]),
)
def test_a_wider_reader_sees_all_that_a_narrower_one_sees(rows, typed):
    territory = Territory.objects.create(slug=f"t{uuid.uuid4().hex}", name="T")
    for name, visibility in rows:
        enter(territory, name, body="mot", visibility=visibility)
    readers = [VISITOR, as_role(territory, "member"), as_role(territory, "animator")]
    found = [{hit.record_id for hit in find(territory, typed, reader, limit=100).hits} for reader in readers]
    assert found[0] <= found[1] <= found[2]
