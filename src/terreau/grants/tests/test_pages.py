import pytest

from terreau.kernel.testing.dossiers import stored

CALLS = """
    appels:
      - id: aap
        nom: Appel à projets ESS
        autres_noms: [appel ESS]
        porteur: cavm
        depuis: '2017'
        rythme: fil_de_l_eau
        plafond: {montant: 10000, devise: EUR, par: projet}
        cibles: [{id: cible, nom: Démarrage d'un projet}]
        candidats: Associations du territoire
        selection: {principe: Un groupe d'acteurs décide.}
        issues:
          - {id: argent, nom: Soutien financier, type: argent}
          - {id: conseil, nom: Conseil technique, type: appui}
        cumul_possible: true
        effets_rapportes: [{resume: Peu de candidats au début., sources: [{source: livret, page: 26}]}]
        laureats_connus: [apes]
        lacunes: [Aucun montant attribué n'est donné.]
        sources: [{source: livret, page: 20}]
    autres_appuis:
      - {id: marche, nom: Marché de concertation, porteur: cavm, beneficiaire: apes, type: marche, periode: 2015/2016, resume: Lancé en 2015.}
      - {id: europe, nom: Fonds européens, type: argent}
    distinctions:
      - {id: prix, nom: Prix de l'ESS, beneficiaire: apes, date: '2019', sources: [{source: livret, page: 28}]}
    """


def many(count):
    calls = [
        f"- {{id: a{n}, nom: Appel {n}, porteur: cavm, plans: [p], contradictions: [c{n}], laureats_connus: [apes], "
        f"cibles: [{{id: t{n}, nom: Cible}}], issues: [{{id: i{n}, nom: Conseil, type: appui}}], "
        f"effets_rapportes: [{{resume: Un effet., sources: [{{source: livret}}]}}]}}"
        for n in range(count)
    ]
    supports = [f"- {{id: s{n}, nom: Appui {n}, porteur: cavm, type: argent}}" for n in range(count)]
    disputes = [
        f"- {{id: c{n}, sujet: Nombre, type: chiffre, gravite: faible, origine: interne, objets: [a{n}], "
        f"enonces: [{{enonce: Dix., source: livret}}]}}"
        for n in range(count)
    ]
    return {
        "plans": "plans: [{id: p, nom: Plan, pilote: cavm}]",
        "appels": "appels:\n" + "\n".join(calls) + "\nautres_appuis:\n" + "\n".join(supports),
        "contradictions": "contradictions:\n" + "\n".join(disputes),
    }


def shown(client, territory):
    return client.get(f"/{territory.slug}/appels/").content.decode()


def test_the_page_tells_a_call_with_its_cap_and_more_than_money(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, appels=CALLS)
    html = shown(visitor, valenciennois)
    expected = [
        'id="aap"', "10\u202f000\u00a0€", "plafond par projet", "au fil de l’eau", "L’agglomération", "appel ESS", "Démarrage d’un projet",
        "Conseil technique", "Un groupe d’acteurs décide.", "Peu de candidats au début.", "p.\u00a026", "L’animatrice",
        "Aucun montant attribué n’est donné.", "non connu",
    ]  # fmt: skip
    assert [words for words in expected if words not in html.replace("10\u00a0000", "10\u202f000")] == []


def test_the_page_tells_other_supports_and_distinctions(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, appels=CALLS)
    html = shown(visitor, valenciennois)
    assert [
        words for words in ('id="marche"', "de 2015 à 2016", 'id="prix"', "Prix de l’ESS", "2019") if words not in html
    ] == []


def test_a_cap_that_nobody_states_is_unknown_and_not_zero(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, appels="appels: [{id: a, nom: Appel, porteur: cavm}]")
    html = shown(visitor, valenciennois)
    assert ("is-unknown" in html, "0\u00a0€" in html) == (True, False)


def test_a_cap_in_another_currency_says_which(visitor, valenciennois, tmp_path):
    stored(
        valenciennois,
        tmp_path,
        appels="appels: [{id: a, nom: Appel, porteur: cavm, plafond: {montant: 500, devise: CHF}}]",
    )
    assert "CHF" in shown(visitor, valenciennois)


def test_a_page_without_any_call_says_what_to_do_first(visitor, valenciennois):
    assert "Les appels à projets du territoire seront ici" in shown(visitor, valenciennois)


def test_a_call_of_the_team_is_not_shown_to_a_visitor_nor_what_it_holds(visitor, animator, valenciennois, tmp_path):
    secret = """
        appels: [{id: a, nom: Appel caché, porteur: cavm, visibilite: equipe, cibles: [{id: t, nom: Cible cachée}]}]
        autres_appuis: [{id: s, nom: Appui caché, type: argent, visibilite: equipe}]
        distinctions: [{id: p, nom: Prix caché, beneficiaire: apes, visibilite: equipe}]
        """
    stored(valenciennois, tmp_path, appels=secret)
    names = ("Appel caché", "Cible cachée", "Appui caché", "Prix caché")
    assert [[name in shown(client, valenciennois) for name in names] for client in (visitor, animator)] == [
        [False] * 4,
        [True] * 4,
    ]


def test_calls_of_another_territory_are_not_shown(visitor, valenciennois, elsewhere, tmp_path):
    stored(elsewhere, tmp_path, appels=CALLS)
    assert ["Appel à projets ESS" in shown(visitor, territory) for territory in (valenciennois, elsewhere)] == [
        False,
        True,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_calls(count, visitor, valenciennois, tmp_path, queries):
    stored(valenciennois, tmp_path, **many(count))
    with queries(8):
        html = shown(visitor, valenciennois)
    assert html.count('<p class="figure-value">') == count
