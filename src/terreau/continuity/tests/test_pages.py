import pytest

from terreau.continuity.tests.test_dossier import CONTRIBUTIONS, INGREDIENTS, STAKES, TESTIMONIES
from terreau.kernel.models import Entry, Fact
from terreau.stories.testing import load

DOUBTS = """
contradictions:
  - {id: c-image, sujet: L'image du secteur, type: recit, gravite: faible, origine: interne, objets: [enj-1, ing-1, app-1],
     enonces: [{enonce: Bonne, source: livret, page: 4}, {enonce: Mauvaise, source: livret, page: 9}]}
lacunes:
  - {id: lac-1, sujet: La liste des communes, objets: [reseau], demander_a: La mairie, etat: demandee}
  - {id: lac-2, sujet: Les budgets}
"""
PAGES = ("relais/", "relais/apports/", "relais/enjeux/", "relais/inconnues/")
ALL = {
    "ingredients": INGREDIENTS,
    "temoignages": TESTIMONIES,
    "apports": CONTRIBUTIONS,
    "enjeux": STAKES,
    "contradictions": DOUBTS,
}


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.context["page"]


def test_an_ingredient_shows_its_facts_its_indicators_and_its_pages(visitor, db, tmp_path):
    load(tmp_path, **ALL)

    (line,) = page_of(visitor, "/val/relais/").ingredients

    assert [(fact.title, fact.url) for fact in line.facts] == [
        ("Le Réseau", "/val/annuaire/reseau/"), ("L'Atelier, directrice", "/val/recits/#t01"),
    ]  # fmt: skip
    assert [(one.name, one.observed_in) for one in line.indicators] == [
        ("Mois sans titulaire", "les fonctions tenues dans le temps"),
        ("Passations", ""),
    ]
    assert [source.locator for source in line.item.sources] == ["p.\u00a024"]
    assert [doubt.label for doubt in line.item.doubts] == ["L'image du secteur"]


def test_the_conclusion_follows_the_ingredients(visitor, db, tmp_path):
    load(tmp_path, **ALL)

    assert [item.name for item in page_of(visitor, "/val/relais/").conclusion] == ["Le temps long"]


def test_an_indicator_is_never_shown_as_a_measure(visitor, db, tmp_path):
    load(tmp_path, **ALL)

    html = visitor.get("/val/relais/").content.decode()

    assert "ces indicateurs sont proposés ici, les sources ne les mesurent pas" in html.replace("\u00a0", " ")


def test_contributions_stand_under_who_brought_them_with_what_was_said(visitor, db, tmp_path):
    load(tmp_path, **ALL)

    groups = page_of(visitor, "/val/relais/apports/").groups

    assert [(group.name, [line.item.name for line in group.contributions]) for group in groups] == [
        ("Le Réseau", ["Relier"]),
        ("L'Atelier", ["Former"]),
    ]
    assert [(voice.function, voice.summary) for voice in groups[0].contributions[0].voices] == [
        ("L'Atelier, directrice", "Oui.")
    ]


def test_stakes_are_grouped_by_kind_with_whom_they_concern(visitor, db, tmp_path):
    load(tmp_path, **ALL)

    page = page_of(visitor, "/val/relais/enjeux/")

    (group,) = page.groups
    assert (group.label, group.stakes[0].scale, group.stakes[0].item.note) == ("Tensions", "Commune", "À suivre.")
    assert [actor.label for actor in group.stakes[0].actors] == ["L'Atelier", "Le Réseau"]
    assert [(topic.item.name, topic.holder.title) for topic in page.topics] == [("L'alimentation", "Le Réseau")]


def test_a_gap_says_whom_to_ask_and_where_the_search_stands(visitor, db, tmp_path):
    load(tmp_path, **ALL)

    asked, open_ = page_of(visitor, "/val/relais/inconnues/").gaps

    assert (asked.item.name, asked.ask, asked.state) == ("La liste des communes", "La mairie", "question posée")
    assert [one.title for one in asked.about] == ["Le Réseau"]
    assert (open_.ask, open_.state, open_.about) == ("", "ouverte", ())
    assert "interlocuteur à trouver" in visitor.get("/val/relais/inconnues/").content.decode()


@pytest.mark.parametrize(
    "kind", ["ingredient", "ingredient_indicator", "conclusion_point", "contribution", "stake", "open_topic"]
)
def test_the_address_of_each_record_leads_to_its_place_on_a_page(visitor, db, tmp_path, kind):
    load(tmp_path, **ALL)

    entry = Entry.objects.filter(kind=kind).order_by("key")[0]
    address, anchor = entry.url.split("#")

    assert f'id="{anchor}"' in visitor.get(address).content.decode()


def test_what_is_handed_over_tells_no_fact(db, tmp_path):
    load(tmp_path, **ALL)

    assert not Fact.objects.filter(
        kind__in=["ingredient", "ingredient_indicator", "stake", "contribution", "open_topic"]
    ).exists()


HIDDEN = {
    "ingredients": INGREDIENTS.replace("nom: La confiance", "nom: La confiance, visibilite: equipe").replace("nom: Le temps long", "nom: Le temps long, visibilite: equipe"),
    "temoignages": TESTIMONIES.replace("fonction: Directrice", "fonction: Directrice, visibilite: equipe"),
    "apports": CONTRIBUTIONS.replace("nom: Former", "nom: Former, visibilite: equipe"),
    "enjeux": STAKES.replace("nom: L'image", "nom: L'image, visibilite: equipe").replace("nom: L'alimentation", "nom: L'alimentation, visibilite: equipe"),
    "contradictions": DOUBTS.replace("sujet: La liste", "visibilite: equipe, sujet: La liste").replace("sujet: Les", "visibilite: equipe, sujet: Les")
    .replace("sujet: L'image", "visibilite: equipe, sujet: L'image"),
}  # fmt: skip
SECRETS = (
    "La confiance",
    "Le temps long",
    "Former",
    "L'image",
    "L'alimentation",
    "La liste des communes",
    "Les budgets",
    "Oui.",
    "irectrice",
)


def seen_by(client):
    html = (
        " ".join(client.get(f"/valenciennois/{page}").content.decode() for page in PAGES)
        .replace("\u2019", "'")
        .replace("&#x27;", "'")
    )
    return {secret for secret in SECRETS if secret in html}


def test_what_is_kept_to_the_team_is_seen_by_the_team_alone(visitor, member, stranger, animator, tmp_path):
    load(tmp_path, "valenciennois", **HIDDEN)

    assert seen_by(animator) == set(SECRETS)
    assert seen_by(visitor) == seen_by(member) == seen_by(stranger) == set()


def test_an_indicator_kept_to_the_team_is_hidden_in_a_public_ingredient(visitor, animator, tmp_path):
    load(
        tmp_path,
        "valenciennois",
        **ALL | {"ingredients": INGREDIENTS.replace("nom: Passations", "nom: Passations, visibilite: equipe")},
    )

    assert "Passations" not in visitor.get("/valenciennois/relais/").content.decode()
    assert "Passations" in animator.get("/valenciennois/relais/").content.decode()


def test_organisations_kept_to_the_team_are_not_named(visitor, animator, tmp_path):
    stakes = STAKES.replace("acteurs: [reseau, atelier]", "acteurs: [discrete]").replace(
        "porteur: reseau", "porteur: discrete"
    )
    files = {
        "enjeux": stakes,
        "apports": CONTRIBUTIONS.replace("apporteur: reseau", "apporteur: discrete"),
        "temoignages": TESTIMONIES,
    }
    load(tmp_path, "valenciennois", **files)

    for page in ("relais/enjeux/", "relais/apports/"):
        assert "La Discrète" not in visitor.get(f"/valenciennois/{page}").content.decode()
        assert "La Discrète" in animator.get(f"/valenciennois/{page}").content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_territory_says_what_will_be_here_even_beside_a_full_one(visitor, elsewhere, tmp_path, address):
    load(tmp_path, **ALL)

    html = visitor.get(f"/ailleurs/{address}").content.decode()

    assert 'class="empty"' in html
    assert ".yaml" in html


@pytest.mark.parametrize(
    ("address", "cost"), [("relais/", 8), ("relais/apports/", 7), ("relais/enjeux/", 8), ("relais/inconnues/", 5)]
)
@pytest.mark.parametrize("items", [1, 3])
def test_a_page_costs_the_same_for_one_or_three_records(visitor, db, tmp_path, queries, address, cost, items):
    places = range(items)
    ingredients = "".join(
        f"  - {{id: ing-{n}, rang: 1, nom: Un, faits: [reseau], indicateurs: [{{id: ind-{n}, nom: Deux}}], sources: [{{source: livret}}]}}\n"
        for n in places
    )
    points = "".join(f"  - {{id: ing-c{n}, nom: Un}}\n" for n in places)
    contributions = "".join(
        f"  - {{id: app-{n}, rang: 1, nom: Un, temoignages: [t01], sources: [{{source: livret}}]}}\n" for n in places
    )
    stakes = "".join(
        f"  - {{id: enj-{n}, type: enjeu, nom: Un, acteurs: [reseau], echelle: commune}}\n" for n in places
    )
    topics = "".join(f"  - {{id: suj-{n}, nom: Un, porteur: reseau}}\n" for n in places)
    gaps = "".join(f"  - {{id: lac-{n}, sujet: Un, objets: [reseau]}}\n" for n in places)
    objects = ", ".join(f"{kind}-{n}" for n in places for kind in ("ing", "app", "enj"))
    head = DOUBTS.split("lacunes:", maxsplit=1)[0].replace("enj-1, ing-1, app-1", objects)
    load(
        tmp_path,
        ingredients=f"ingredients:\n{ingredients}apports_de_la_conclusion:\n{points}",
        apports=f"apporteur: reseau\napports:\n{contributions}",
        enjeux=f"enjeux:\n{stakes}sujets_regionaux_ouverts:\n{topics}",
        contradictions=f"{head}lacunes:\n{gaps}",
        temoignages=TESTIMONIES,
    )

    with queries(cost):
        visitor.get(f"/val/{address}")
