"""The pages of duplicates: for the team, in few queries, without giving anything away."""

import re

import pytest

from terreau.directory.models import Organisation, Staffing
from terreau.directory.tests.factories import (
    IdentifierFactory,
    NameFactory,
    OrganisationFactory,
    SourceFactory,
    ThemeFactory,
    TieFactory,
    cite,
    told,
)
from terreau.duplicates import services
from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate, Merge
from terreau.duplicates.tests.factories import pair
from terreau.kernel.enums import Visibility

LIST = "/valenciennois/animation/doublons/"


def text_of(response):
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def two(territory, number=0, **fields):
    one = OrganisationFactory.create(
        territory=territory, name=f"Maison du vélo {number}", commune="Valenciennes", summary="Elle relie."
    )
    other = OrganisationFactory.create(
        territory=territory, name=f"La Maison du Vélo {number}", nature=one.nature, telephone="0327001122", **fields
    )
    return told(one), told(other)


def filled(territory, size):
    """Give a pair whose two records have `size` of everything."""
    one, other = two(territory)
    for number in range(size):
        for each in (one, other):
            NameFactory.create(organisation=each)
            IdentifierFactory.create(organisation=each)
            each.themes.add(ThemeFactory.create(territory=territory))
            Staffing.objects.create(organisation=each, employees=number + 1, when="2019")
            cite(each, SourceFactory.create(territory=territory))
            told(TieFactory.create(territory=territory, origin=each, start="2018"))
        pair(one, OrganisationFactory.create(territory=territory, nature=one.nature))
    return pair(one, other)


def address(found, word=""):
    return f"{LIST}{found.pk}/{word}"


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_or_three_pairs(size, animator, valenciennois, queries):
    for number in range(size):
        pair(*two(valenciennois, number))

    with queries(7):
        words = text_of(animator.get(LIST))

    assert words.count("Probable (0,80)") == size
    assert "même nom" in words
    assert "contre :</span> deux communes différentes" in words


@pytest.mark.parametrize("size", [1, 3])
def test_a_comparison_costs_the_same_for_one_or_three_of_everything(size, animator, valenciennois, queries):
    found = filled(valenciennois, size)

    with queries(16):
        animator.get(address(found))


def test_a_comparison_says_what_differs_in_words(animator, valenciennois):
    words = text_of(animator.get(address(filled(valenciennois, 1))))

    for said in ('Téléphone <span class="verdict">une seule fiche le dit', 'Nom <span class="verdict">différent',
                 "1 lien", "1 fait daté", "SIREN", "2019 – personnes salariées : 1", "champ", "ne le dit pas"):  # fmt: skip
        assert said in words


@pytest.mark.parametrize("who", ["visitor", "member", "juror", "stranger"])
def test_only_the_team_sees_the_pairs(who, request, valenciennois):
    client, found = request.getfixturevalue(who), pair(*two(valenciennois))

    for page in (LIST, address(found), f"{LIST}fusions/"):
        response = client.get(page)
        assert response.status_code in (302, 403)
        assert b"Maison" not in response.content


def test_an_observer_reads_and_writes_nothing(observer, valenciennois):
    found = pair(*two(valenciennois))

    assert "Voir la fiche réunie" not in text_of(observer.get(address(found)))
    assert "Chercher les doublons</button>" not in text_of(observer.get(LIST))
    assert observer.post(address(found, "decider/"), {"state": "distinct"}).status_code == 403
    assert observer.post(address(found, "reunir/"), {"do": "merge"}).status_code == 403


def test_a_pair_with_a_private_record_is_neither_listed_nor_shown(animator, steward, valenciennois):
    found = pair(*two(valenciennois, visibility=Visibility.PRIVATE))

    for client in (animator, steward):
        assert "Maison du vélo" not in text_of(client.get(LIST))
        assert client.get(address(found)).status_code == 404
        assert client.post(address(found, "reunir/"), {"do": "merge"}).status_code == 404


def test_a_private_record_is_not_brought_beside_a_pair(animator, valenciennois):
    found = pair(*two(valenciennois))
    OrganisationFactory.create(territory=valenciennois, key="refuge", name="Le refuge", visibility=Visibility.PRIVATE)

    assert "Le refuge" not in text_of(animator.get(address(found) + "?avec=refuge"))


def test_a_search_is_asked_from_the_page(animator, valenciennois):
    two(valenciennois)

    response = animator.post(f"{LIST}chercher/", follow=True)

    assert "2 fiches comparées, 1 nouvelles paires, 1 à examiner." in text_of(response)
    assert animator.get(f"{LIST}chercher/").status_code == 302


def test_a_large_territory_is_searched_beside_the_site(animator, valenciennois, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr("terreau.duplicates.views.AT_ONCE", 1)
    two(valenciennois)

    assert "La recherche est lancée" in text_of(animator.post(f"{LIST}chercher/", follow=True))
    assert Candidate.objects.count() == 1


def test_a_decision_moves_the_pair_to_its_list(animator, valenciennois):
    found = pair(*two(valenciennois))

    animator.post(address(found, "decider/"), {"state": "distinct"})

    assert "Aucune paire n'attend de décision" in text_of(animator.get(LIST))
    assert "Maison du vélo" in text_of(animator.get(f"{LIST}?etat=distinct"))
    assert "La paire ne revient que si les fiches changent beaucoup" in text_of(animator.get(address(found)))


def test_a_page_merges_and_undoes(animator, valenciennois):
    one, other = two(valenciennois)
    found = pair(one, other)
    seen = {f"version-{one.pk}": 1, f"version-{other.pk}": 1, "name": str(one.pk), "note": "both"}

    preview = text_of(animator.post(address(found, "reunir/"), seen | {"do": "preview"}))
    assert "La fiche réunie : Maison du vélo 0" in preview
    assert not Merge.objects.exists()
    choices = text_of(animator.post(address(found, "reunir/"), seen | {"do": "choose"}))
    assert re.search(rf'name="name" value="{one.pk}" checked', choices)
    response = animator.post(address(found, "reunir/"), seen | {"do": "merge"}, follow=True)
    assert "Les fiches sont réunies" in text_of(response)

    done = Merge.objects.get()
    assert "Maison du vélo 0" in text_of(animator.get(f"{LIST}fusions/"))
    assert "Défaire la fusion" in text_of(animator.get(f"{LIST}fusions/{done.pk}/"))
    response = animator.post(f"{LIST}fusions/{done.pk}/defaire/", follow=True)
    assert "chaque fiche est redevenue ce qu'elle était" in text_of(response)
    assert set(Organisation.objects.of(valenciennois).visible_to(animator.actor)) == {one, other}
    found.refresh_from_db()
    assert found.state == State.OPEN


def test_a_merge_done_by_someone_else_meanwhile_is_said(animator, steward, valenciennois):
    one, other = two(valenciennois)
    found = pair(one, other)
    seen = {f"version-{one.pk}": 1, f"version-{other.pk}": 1, "do": "merge"}
    steward.post(address(found, "reunir/"), seen)

    assert "Ces fiches sont déjà réunies" in text_of(animator.post(address(found, "reunir/"), seen, follow=True))
    assert Merge.objects.count() == 1


def test_a_form_opened_on_an_older_version_is_refused(animator, valenciennois):
    one, other = two(valenciennois)
    Organisation.objects.filter(pk=one.pk).update(version=2)

    response = animator.post(
        address(pair(one, other), "reunir/"), {f"version-{one.pk}": 1, f"version-{other.pk}": 1, "do": "merge"}
    )

    assert response.status_code == 409
    assert not Merge.objects.exists()


def test_a_choice_that_is_not_offered_is_refused_in_words(animator, valenciennois):
    found = pair(*two(valenciennois))

    words = text_of(animator.post(address(found, "reunir/"), {"do": "preview", "name": str(valenciennois.pk)}))

    assert "Une valeur choisie vient d'une autre fiche" in words


def test_three_records_are_compared_together(animator, valenciennois):
    one, other = two(valenciennois)
    third = OrganisationFactory.create(territory=valenciennois, key="mdv", name="MDV", nature=one.nature)
    found = pair(one, other)
    pair(other, third)

    page = text_of(animator.get(address(found)))
    assert '<a href="?avec=mdv">' in page
    seen = {f"version-{each.pk}": 1 for each in (one, other, third)} | {"avec": "mdv", "do": "merge"}
    animator.post(address(found, "reunir/"), seen)

    assert len(Merge.objects.get().originals) == 3
    assert Candidate.objects.filter(state=State.MERGED).count() == 2


def test_what_undoing_would_lose_is_said_and_asked(animator, valenciennois):
    one, other = two(valenciennois)
    result = services.merge(
        valenciennois, by=animator.actor, organisations=[one, other], choices={}, versions={one.pk: 1, other.pk: 1}
    )
    Organisation.objects.filter(pk=result.pk).update(version=2, summary="Corrigée.")
    page = f"{LIST}fusions/{Merge.objects.get().pk}/"

    assert "la fiche réunie elle-même" in text_of(animator.get(page))
    assert "Défaire perdrait" in text_of(animator.post(f"{page}defaire/"))
    assert "redevenue" in text_of(animator.post(f"{page}defaire/", {"losing": "on"}, follow=True))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_are_written_in_both_languages(language, animator, valenciennois):
    found = filled(valenciennois, 1)
    animator.cookies["django_language"] = language

    for page in (LIST, address(found), f"{LIST}fusions/", f"{LIST}?etat=ignored"):
        assert f'<html lang="{language}">' in text_of(animator.get(page))
