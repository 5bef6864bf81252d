import pytest

from terreau.kernel.testing.dossiers import stored

PEOPLE = """
    personnes: [{id: p1, nom: Camille Secret}]
    fonctions:
      - {id: f1, personne: p1, organisation: cavm, fonction: chargée de mission, debut: '2016', fin: '2017'}
      - {id: f2, personne: p1, organisation: cavm, fonction: élue référente, debut: '2016', certitude: deduite}
    """
PLANS = """
    plans:
      - id: plan1
        nom: Premier plan
        sigle: PLDESS
        pilote: cavm
        periode: 2017/2020~
        note_periode: La fin n'est pas écrite.
        elaboration: [{date: '2016', resume: Concertation confiée à un cabinet., acteurs: [cavm, apes], sources: [{source: livret, page: 16}]}]
        mode_elaboration: cabinet_exterieur
        axes:
          - {id: axe1, rang: 1, intitule: Favoriser la promotion des initiatives, court: Faire connaître}
          - {id: axe2, rang: 2, intitule: Impulser une dynamique}
        actions: [{id: act1, nom: Annuaire en ligne, debut: '2017', objet: ctx2, jalon: j1}]
        moyens_humains: [{fonction: f1}]
        portage_politique: [{fonction: f2}]
        sources: [{source: livret, page: 20}, {source: livret, page: 25}]
      - id: plan2
        nom: Second plan
        pilote: cavm
        periode: 2021/2026
        mode_elaboration: co_construction
        axes: [{id: axe3, rang: 1, intitule: Vers une gouvernance territoriale}]
    changement_de_methode: {resume: D'une étude à un plan écrit ensemble., sources: [{source: livret, page: 25}]}
    contexte_regional:
      - id: ctx1
        nom: Conditions régionales
        acteurs: [cavm]
        conditions: [{id: cond1, nom: Un élu référent, satisfaite_le: '2016', jalon: j1}]
        ambitions: [{id: amb1, nom: Achat responsable}]
    contexte_national: [{id: ctx2, nom: Loi sur l'ESS, debut: '2014', acteurs: [apes]}]
    """
TIMELINE = "jalons: [{id: j1, date: '2017', titre: Le kiosque ouvre, piste: acteurs}]"
FILES = {"fonctions": PEOPLE, "plans": PLANS, "frise": TIMELINE}


def many(count):
    plans = [
        f"- {{id: plan{n}, nom: Plan {n}, pilote: cavm, contradictions: [c{n}], elaboration: [{{resume: Une étape., acteurs: [apes]}}], "
        f"axes: [{{id: x{n}, rang: 1, intitule: Axe}}], actions: [{{id: a{n}, nom: Action, objet: apes}}], "
        f"moyens_humains: [{{fonction: f1}}], sources: [{{source: livret}}]}}"
        for n in range(count)
    ]
    contexts = [
        f"- {{id: k{n}, nom: Contexte {n}, acteurs: [cavm], conditions: [{{id: d{n}, nom: Condition}}], ambitions: [{{id: b{n}, nom: Ambition}}]}}"
        for n in range(count)
    ]
    disputes = [
        f"- {{id: c{n}, sujet: Nombre, type: chiffre, gravite: faible, origine: interne, objets: [plan{n}], "
        f"enonces: [{{enonce: Dix., source: livret}}]}}"
        for n in range(count)
    ]
    return {
        "fonctions": PEOPLE,
        "plans": "plans:\n" + "\n".join(plans) + "\ncontexte_regional:\n" + "\n".join(contexts),
        "contradictions": "contradictions:\n" + "\n".join(disputes),
    }


def shown(client, territory):
    return client.get(f"/{territory.slug}/plan/").content.decode()


def test_the_page_tells_how_a_plan_was_drafted_and_what_it_does(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **FILES)
    html = shown(visitor, valenciennois)
    expected = [
        'id="plan1"', "Premier plan", "PLDESS", "La fin n’est pas écrite.", "avec un cabinet extérieur", "Concertation confiée à un cabinet.",
        "p.\u00a016", 'id="axe1"', "Favoriser la promotion des initiatives", 'id="act1"', "Annuaire en ligne", "#ctx2",
        "p.\u00a020, p.\u00a025",
    ]  # fmt: skip
    assert [words for words in expected if words not in html] == []


def test_the_page_compares_the_axes_of_plans_side_by_side(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **FILES)
    table = shown(visitor, valenciennois).split("<table>")[1].split("</table>")[0]
    expected = (
        "Premier plan",
        "Second plan",
        "Faire connaître",
        "Vers une gouvernance territoriale",
        "pas d’axe de ce rang",
    )
    assert [words for words in expected if words not in table.replace("pas d'axe", "pas d’axe")] == []


def test_those_who_carried_a_plan_are_told_by_function_and_period_without_a_name(
    visitor, animator, valenciennois, tmp_path
):
    stored(valenciennois, tmp_path, **FILES)
    for client in (visitor, animator):
        html = shown(client, valenciennois)
        assert (
            "chargée de mission" in html,
            "de 2016 à 2017" in html,
            "élue référente" in html,
            "Camille" in html,
        ) == (True, True, True, False)


def test_the_page_tells_the_context_with_conditions_and_ambitions(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, **FILES)
    html = shown(visitor, valenciennois)
    expected = (
        "Conditions régionales",
        "Un élu référent",
        "Achat responsable",
        "Loi sur l’ESS",
        "D’une étude à un plan écrit ensemble.",
    )
    assert [words for words in expected if words not in html] == []


def test_a_page_without_any_plan_says_what_to_do_first(visitor, valenciennois):
    assert "Les plans du territoire seront ici" in shown(visitor, valenciennois)


def test_a_plan_of_the_team_is_not_shown_to_a_visitor_nor_what_it_holds(visitor, animator, valenciennois, tmp_path):
    secret = """
        plans:
          - id: plan1
            nom: Plan caché
            pilote: cavm
            visibilite: equipe
            elaboration: [{resume: Étape cachée.}]
            axes: [{id: axe1, rang: 1, intitule: Axe caché}]
            actions: [{id: act1, nom: Action cachée}]
        """
    stored(valenciennois, tmp_path, plans=secret)
    names = ("Plan caché", "Étape cachée", "Axe caché", "Action cachée")
    assert [[name in shown(client, valenciennois) for name in names] for client in (visitor, animator)] == [
        [False] * 4,
        [True] * 4,
    ]


def test_an_object_that_the_reader_may_not_see_is_not_named(visitor, animator, valenciennois, tmp_path):
    plans = "plans: [{id: p, nom: Plan, pilote: cavm, actions: [{id: a, nom: Soutenir, objet: e}]}]"
    events = "evenements: [{id: e, nom: Salon secret, type: visite, visibilite: equipe}]"
    stored(valenciennois, tmp_path, plans=plans, evenements=events)
    assert ["Salon secret" in shown(client, valenciennois) for client in (visitor, animator)] == [False, True]


def test_plans_of_another_territory_are_not_shown(visitor, valenciennois, elsewhere, tmp_path):
    stored(elsewhere, tmp_path, **FILES)
    assert ["Premier plan" in shown(visitor, territory) for territory in (valenciennois, elsewhere)] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_plans(count, visitor, valenciennois, tmp_path, queries):
    stored(valenciennois, tmp_path, **many(count))
    with queries(8):
        html = shown(visitor, valenciennois)
    assert html.count("Une étape.") == count
