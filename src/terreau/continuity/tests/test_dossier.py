import pytest

from terreau.continuity.models import ConclusionPoint, Contribution, Ingredient, IngredientIndicator, OpenTopic, Stake
from terreau.kernel.models import Citation, Link
from terreau.stories.testing import check, dumped, load

INGREDIENTS = """
ingredients:
  - {id: ing-1, rang: 1, nom: La confiance, resume: Elle se transmet., faits: [reseau, t01], sources: [{source: livret, page: 24}],
     indicateurs: [{id: ing-1-i1, statut: proposition, nom: Mois sans titulaire, observe_dans: fonctions}, {id: ing-1-i2, nom: Passations}]}
apports_de_la_conclusion:
  - {id: ing-c1, nom: Le temps long, resume: Il ne se décrète pas., sources: [{source: livret, page: 34}]}
"""
TESTIMONIES = "source: livret\ntemoignages: [{id: t01, organisation: atelier, fonction: Directrice, resume: Oui.}]"
CONTRIBUTIONS = """
apporteur: reseau
apports:
  - {id: app-1, rang: 1, nom: Relier, resume: Mettre en lien., temoignages: [t01], note: Deux fois., sources: [{source: livret, page: 42}]}
  - {id: app-2, rang: 2, nom: Former, apporteur: atelier}
"""
STAKES = """
enjeux:
  - {id: enj-1, type: tension, nom: L'image, resume: Trop étroite., acteurs: [reseau, atelier], echelle: commune, note: À suivre.,
     sources: [{source: livret, page: 30}]}
sujets_regionaux_ouverts:
  - {id: suj-1, nom: L'alimentation, porteur: reseau, sources: [{source: livret, page: 33}]}
"""


def test_an_ingredient_is_stored_with_its_facts_and_indicators(db, tmp_path):
    load(tmp_path, ingredients=INGREDIENTS, temoignages=TESTIMONIES)

    ingredient = Ingredient.objects.get()
    indicators = list(IngredientIndicator.objects.order_by("key"))
    links = Link.objects.filter(from_id=ingredient.pk, role="fact").order_by("position")

    assert (ingredient.rank, ingredient.name, ingredient.summary) == (1, "La confiance", "Elle se transmet.")
    assert [(one.key, one.status, one.observed_in) for one in indicators] == [
        ("ing-1-i1", "proposition", "fonctions"),
        ("ing-1-i2", "proposition", ""),
    ]
    assert [link.to_kind for link in links] == ["organisation", "testimony"]
    assert Citation.objects.get(record_id=ingredient.pk).locator == "24"


def test_a_contribution_takes_the_contributor_of_the_file_unless_it_has_its_own(db, tmp_path):
    load(tmp_path, apports=CONTRIBUTIONS, temoignages=TESTIMONIES)

    assert [row.contributor.key for row in Contribution.objects.order_by("rank")] == ["reseau", "atelier"]


def test_a_stake_is_stored_with_its_actors_in_order_and_its_scale(db, tmp_path):
    load(tmp_path, enjeux=STAKES)

    stake = Stake.objects.get()

    assert (stake.sort, str(stake.scale), stake.note) == ("tension", "Commune", "À suivre.")
    assert {actor.key for actor in stake.actors.all()} == {"reseau", "atelier"}
    assert OpenTopic.objects.values_list("holder__key", flat=True).get() == "reseau"


def test_the_handover_is_written_again_as_it_was_read(db, tmp_path):
    territory = load(tmp_path, ingredients=INGREDIENTS, temoignages=TESTIMONIES, apports=CONTRIBUTIONS, enjeux=STAKES)

    (ingredient,) = dumped(territory, "ingredients")
    (stake,) = dumped(territory, "enjeux")
    first, second = dumped(territory, "apports")

    assert ingredient["faits"] == ["reseau", "t01"]
    assert [one["id"] for one in ingredient["indicateurs"]] == ["ing-1-i1", "ing-1-i2"]
    assert dumped(territory, "apports_de_la_conclusion")[0]["resume"] == "Il ne se décrète pas."
    assert (stake["acteurs"], stake["sources"]) == (["reseau", "atelier"], [{"source": "livret", "page": 30}])
    assert (first["temoignages"], first["note"], first["apporteur"], second["apporteur"]) == (
        ["t01"],
        "Deux fois.",
        "reseau",
        "atelier",
    )
    assert dumped(territory, "sujets_regionaux_ouverts")[0]["porteur"] == "reseau"
    assert ConclusionPoint.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("ingredients", "ingredients: [{id: ing-1, rang: 0, nom: La confiance}]"),
        ("ingredients", "ingredients: [{id: ing-1, rang: 1, nom: La confiance, faits: [inconnu]}]"),
        (
            "ingredients",
            "ingredients: [{id: ing-1, rang: 1, nom: La confiance, indicateurs: [{id: i, nom: N, observe_dans: ailleurs}]}]",
        ),
        ("apports", "apports: [{id: app-1, rang: 1, nom: Relier}]"),
        ("apports", "apporteur: reseau\napports: [{id: app-1, rang: 1, nom: Relier, temoignages: [reseau]}]"),
        ("enjeux", "enjeux: [{id: enj-1, type: souci, nom: L'image}]"),
        ("enjeux", "enjeux: [{id: enj-1, type: enjeu, nom: L'image, acteurs: [inconnu]}]"),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_is_written(tmp_path, file, text):
    problems = check(tmp_path, **{file: text}).problems

    assert [problem.file for problem in problems] == [f"{file}.yaml"]
