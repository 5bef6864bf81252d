import pytest

from terreau.kernel.testing.dossiers import stored

PEOPLE = """
    personnes:
      - {id: p1, nom: Camille Secret}
      - {id: p2, nom: Camille Public, nom_public: true, visibilite: publique}
    """
BODIES = """
    instances:
      - id: comite
        nom: Comité stratégique
        autres_noms: [CoStrat]
        organisation: cavm
        organisation_certitude: deduite
        type: gouvernance
        debut: '2023'
        composition:
          - {organisation: apes, qualite: bureau de l'association, certitude: deduite}
          - {personne: p1, qualite: co-présidente}
          - {personne: p2, qualite: co-président}
          - {collectif: entreprises du pôle}
        role: Lieu de décision.
        themes: [mobilite]
        sources: [{source: livret, page: 6}]
      - id: groupes
        nom: Groupes de travail
        organisation: apes
        type: groupe_de_travail
        debut: 2017~
        fin: '2022'
        devenir: [{type: fusionne_dans, vers: comite, date: 2022/2023, note: Selon la frise.}]
      - {id: espace, nom: Espace à venir, organisation: apes, type: reseau_professionnel, statut: projet}
    fonctions_du_ptce: [{id: animation, nom: Animation territoriale, sources: [{source: livret, page: 6}]}]
    evolutions:
      - {id: ev2, date: '2023', resume: Passage à trois comités., instances: [comite]}
      - {id: ev1, date: 2017~, resume: Création des groupes., instances: [groupes]}
    """


def many(count):
    bodies = [
        f"- {{id: b{n}, nom: Groupe {n}, organisation: cavm, type: jury, contradictions: [c{n}], themes: [mobilite], "
        f"composition: [{{organisation: apes}}, {{collectif: élus}}], devenir: [{{type: remplace_par, vers: apes}}], "
        f"sources: [{{source: livret}}]}}"
        for n in range(count)
    ]
    changes = [f"- {{id: v{n}, date: '2020', resume: Un tournant., instances: [b{n}]}}" for n in range(count)]
    disputes = [
        f"- {{id: c{n}, sujet: Nombre, type: chiffre, gravite: faible, origine: interne, objets: [b{n}], "
        f"enonces: [{{enonce: Dix., source: livret}}]}}"
        for n in range(count)
    ]
    return {
        "instances": "instances:\n" + "\n".join(bodies) + "\nevolutions:\n" + "\n".join(changes),
        "contradictions": "contradictions:\n" + "\n".join(disputes),
    }


def shown(client, territory):
    return client.get(f"/{territory.slug}/gouvernance/").content.decode()


def test_the_page_tells_a_body_and_who_sits_there(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    html = shown(visitor, valenciennois)
    expected = [
        'id="comite"', "Comité stratégique", "CoStrat", "L’agglomération", "Lieu de décision.", "Mobilité", "bureau de l’association",
        "entreprises du pôle", "certainty-deduite", "p.\u00a06", "Animation territoriale",
    ]  # fmt: skip
    assert [words for words in expected if words not in html] == []


def test_a_person_is_named_only_when_the_name_is_public(visitor, animator, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    pages = [shown(client, valenciennois) for client in (visitor, animator)]
    assert [
        ("Camille Secret" in html, "Camille Public" in html, "une personne, co-présidente" in html) for html in pages
    ] == [(False, True, True)] * 2


def test_what_a_body_became_is_told_in_words_with_its_date(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    html = " ".join(shown(visitor, valenciennois).split())
    assert 'a fusionné dans <a href="/valenciennois/gouvernance/#comite">Comité stratégique</a>' in html
    assert "Selon la frise." in html


def test_bodies_are_said_living_planned_or_ended(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    html = shown(visitor, valenciennois)
    assert [
        words
        for words in ("groupe de travail\u00a0· terminée", "réseau professionnel\u00a0· en projet", "1 a pris fin")
        if words not in html
    ] == []


def test_turns_of_governance_are_in_the_order_of_time(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, fonctions=PEOPLE, instances=BODIES)
    html = shown(visitor, valenciennois)
    assert html.index('id="ev1"') < html.index('id="ev2"')


def test_a_page_without_any_body_says_what_to_do_first(visitor, valenciennois):
    assert "Les instances du territoire seront ici" in shown(visitor, valenciennois)


def test_a_body_of_the_team_is_not_shown_to_a_visitor_even_as_a_successor(visitor, animator, valenciennois, tmp_path):
    secret = """
        instances:
          - {id: ouvert, nom: Groupe ouvert, organisation: cavm, type: jury, devenir: [{type: renomme_en, vers: cache, date: '2020'}]}
          - {id: cache, nom: Groupe caché, organisation: cavm, type: jury, visibilite: equipe}
        evolutions: [{id: v, resume: Un tournant., instances: [ouvert, cache]}]
        """
    stored(valenciennois, tmp_path, instances=secret)
    pages = [shown(client, valenciennois) for client in (visitor, animator)]
    assert [("Groupe ouvert" in html, "Groupe caché" in html) for html in pages] == [(True, False), (True, True)]


def test_bodies_of_another_territory_are_not_shown(visitor, valenciennois, elsewhere, tmp_path):
    stored(elsewhere, tmp_path, fonctions=PEOPLE, instances=BODIES)
    assert ["Comité stratégique" in shown(visitor, territory) for territory in (valenciennois, elsewhere)] == [
        False,
        True,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_bodies(count, visitor, valenciennois, tmp_path, queries):
    stored(valenciennois, tmp_path, **many(count))
    with queries(8):
        html = shown(visitor, valenciennois)
    assert html.count("a été remplacée par") == count
