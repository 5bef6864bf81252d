import pytest

from terreau.kernel.testing.dossiers import stored

EVENTS = """
    evenements:
      - id: village
        nom: Village de l'ESS
        type: salon_grand_public
        date: '2018-11'
        lieu: Place d'Armes
        organisateurs: [cavm, apes]
        organisateurs_certitude: deduite
        participants: Une vingtaine de structures
        formats: [stands, tables rondes]
        retombees:
          - {type: financement, beneficiaire: apes, resume: Une aide obtenue.}
        sources: [{source: livret, page: 27}, {source: livret, page: 28}]
      - {id: suite, nom: Édition suivante, type: salon_grand_public, statut: annule, date: '2020', organisateurs: [apes]}
      - {id: ailleurs, nom: Visite lointaine, type: visite}
    """


def many(count):
    lines = [
        f"- {{id: e{n}, nom: Salon {n}, type: rencontre, date: '20{10 + n}', organisateurs: [cavm], contradictions: [c{n}], chiffres: [f], "
        f"retombees: [{{type: lien, resume: Un lien.}}], sources: [{{source: livret, page: {n}}}]}}"
        for n in range(count)
    ]
    disputes = [
        f"- {{id: c{n}, sujet: Nombre, type: chiffre, gravite: faible, origine: interne, objets: [e{n}], "
        f"enonces: [{{enonce: Dix., source: livret}}, {{enonce: Vingt., source: livret}}]}}"
        for n in range(count)
    ]
    gaps = [f"- {{id: g{n}, sujet: Combien ?, objets: [e{n}]}}" for n in range(count)]
    return {
        "chiffres": "chiffres: [{id: f, libelle: Exposants, territoire_mesure: Ville, valeur: 50, unite: stands, source: livret}]",
        "evenements": "evenements:\n" + "\n".join(lines),
        "contradictions": "contradictions:\n" + "\n".join(disputes) + "\nlacunes:\n" + "\n".join(gaps),
    }


def shown(client, territory):
    return client.get(f"/{territory.slug}/agenda/").content.decode()


def test_the_page_tells_an_event_with_place_organisers_outcomes_and_pages(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    html = shown(visitor, valenciennois)
    expected = [
        'id="village"', "Village de l’ESS", "novembre 2018", "Place d’Armes", "L’agglomération", "certainty-deduite",
        "Une vingtaine de structures", "stands, tables rondes", "Une aide obtenue.", "financement", "p.\u00a027, p.\u00a028",
    ]  # fmt: skip
    assert [words for words in expected if words not in html] == []


def test_a_cancelled_event_is_said_so(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    assert "salon ou village grand public\u00a0· annulé" in shown(visitor, valenciennois)


def test_events_go_from_the_latest_year_to_those_without_a_date(visitor, valenciennois, tmp_path):
    stored(valenciennois, tmp_path, evenements=EVENTS)
    html = shown(visitor, valenciennois)
    places = [html.index(f'id="annee-{year}"') for year in ("2020", "2018", "inconnue")]
    assert places == sorted(places)


def test_an_empty_agenda_says_what_to_do_first(visitor, valenciennois):
    html = shown(visitor, valenciennois)
    assert "Les événements du territoire seront ici" in html
    assert "evenements.yaml" in html


def test_an_event_of_the_team_is_not_shown_to_a_visitor(visitor, animator, valenciennois, tmp_path):
    secret = "evenements: [{id: reserve, nom: Réunion réservée, type: rencontre, visibilite: equipe}]"
    stored(valenciennois, tmp_path, evenements=secret)
    assert ["Réunion réservée" in shown(client, valenciennois) for client in (visitor, animator)] == [False, True]


def test_an_organiser_that_the_reader_may_not_see_is_not_named(visitor, valenciennois, tmp_path):
    organisations = """
        natures: [{id: association, nom: association}]
        organisations:
          - {id: cavm, nom: Collectif discret, nature: association, visibilite: equipe}
          - {id: apes, nom: L'animatrice, nature: association}
        """
    stored(valenciennois, tmp_path, evenements=EVENTS, organisations=organisations)
    html = shown(visitor, valenciennois)
    assert ("Village" in html, "Collectif discret" in html) == (True, False)


def test_events_of_another_territory_are_not_shown(visitor, valenciennois, elsewhere, tmp_path):
    stored(elsewhere, tmp_path, evenements=EVENTS)
    assert ["Village" in shown(visitor, territory) for territory in (valenciennois, elsewhere)] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_costs_the_same_for_one_or_three_events(count, visitor, valenciennois, tmp_path, queries):
    stored(valenciennois, tmp_path, **many(count))
    with queries(8):
        html = shown(visitor, valenciennois)
    assert html.count("Les sources ne s'accordent pas") + html.count("Les sources ne s’accordent pas") == count
