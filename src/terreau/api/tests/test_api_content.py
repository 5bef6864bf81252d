"""What each operation tells, to whom."""

import pytest

from terreau.directory.models import OrganisationLink, Staffing

BASE = "/api/v1/territoires/valenciennois"
LISTS = ("organisations", "liens", "jalons", "faits", "sources", "contradictions")


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, response.content
    return response.json()


def keys(client, name):
    return [one["id"] for one in read(client, f"{BASE}/{name}/")["elements"]]


def test_territories_are_listed_with_their_home(visitor, valenciennois):
    assert read(visitor, "/api/v1/territoires/") == {
        "suivant": None,
        "elements": [
            {
                "id": "valenciennois",
                "nom": "Valenciennois",
                "nom_complet": None,
                "adresse": "http://testserver/valenciennois/",
            }
        ],
    }


def test_a_territory_gives_its_vocabularies(visitor, world):
    told = read(visitor, f"{BASE}/")
    assert (told["natures"], told["themes"], told["types_de_lien"]) == (
        [{"id": "association", "nom": "Association"}],
        [{"id": "mobilite", "nom": "Mobilité"}],
        [{"id": "membre", "nom": "est membre de", "inverse": "a pour membre", "famille": "rattachement", "poids": 1.0}],
    )


def test_an_organisation_is_told_in_the_words_of_the_dossier(visitor, full):
    told = read(visitor, f"{BASE}/organisations/velo/")
    assert {
        name: told[name]
        for name in (
            "id",
            "nom",
            "nature",
            "creation",
            "creation_au_plus_tot",
            "creation_au_plus_tard",
            "fin",
            "themes",
        )
    } == {
        "id": "velo",
        "nom": "Velo",
        "nature": "association",
        "creation": "2014",
        "creation_au_plus_tot": "2014-01-01",
        "creation_au_plus_tard": "2014-12-31",
        "fin": None,
        "themes": ["mobilite"],
    }


def test_an_organisation_gives_its_names_sources_and_contradictions(visitor, full):
    told = read(visitor, f"{BASE}/organisations/velo/")
    assert (told["autres_noms"], told["sources"], told["contradictions"]) == (
        [{"nom": "VELO", "type": "sigle", "source": "livret", "page": None, "debut": None, "fin": None}],
        [{"source": "livret", "page": "12", "champ": None, "valeur": None, "certitude": "etablie"}],
        ["date-velo"],
    )


def test_an_organisation_gives_where_it_is_how_to_reach_it_and_who_works_there(visitor, full):
    secret = full.organisation("siege-cache", visibility="equipe")
    one = full.organisation(
        "complete",
        parent=secret,
        address="3 place d'Armes",
        commune_code="59606",
        longitude=3.5,
        latitude=50.3,
        point_origin="adresse",
        email="a@example.org",
        description="Long",
    )
    Staffing.objects.create(
        organisation=one, when="2019", employees=12, full_time_equivalents="9.5", source=full.livret
    )
    OrganisationLink.objects.create(organisation=one, label="Blog", url="https://blog.example.org/")

    told = read(visitor, f"{BASE}/organisations/complete/")

    assert [told[name] for name in ("adresse_postale", "code_insee", "longitude", "origine_du_point", "courriel")] == [
        "3 place d'Armes", "59606", 3.5, "adresse", "a@example.org",
    ]  # fmt: skip
    assert (told["rattachement"], told["telephone"], told["description"]) == (None, None, "Long")
    assert told["liens_ailleurs"] == [{"intitule": "Blog", "url": "https://blog.example.org/"}]
    assert told["effectifs"] == [
        {
            "date": "2019",
            "salaries": 12,
            "equivalents_temps_plein": 9.5,
            "benevoles": None,
            "source": "livret",
            "page": None,
        }
    ]


def test_the_list_and_the_page_of_an_organisation_say_the_same(visitor, full):
    listed = {one["id"]: one for one in read(visitor, f"{BASE}/organisations/")["elements"]}
    assert listed["velo"] == read(visitor, f"{BASE}/organisations/velo/")


def test_a_tie_keeps_its_imprecise_date(visitor, full):
    (told,) = read(visitor, f"{BASE}/liens/")["elements"]
    assert [told[name] for name in ("de", "vers", "type", "debut", "debut_au_plus_tot", "debut_au_plus_tard", "fin")] == [
        "velo", "fleur", "membre", "2016/2018", "2016-01-01", "2018-12-31", None,
    ]  # fmt: skip


def test_ties_of_one_organisation_are_kept_alone(visitor, full):
    other = full.organisation("autre")
    full.tie("autre-fleur", other, full.organisation("tiers"))
    assert [one["id"] for one in read(visitor, f"{BASE}/liens/?organisation=fleur")["elements"]] == ["velo-fleur"]


def test_a_milestone_names_its_actors(visitor, full):
    (told,) = read(visitor, f"{BASE}/jalons/")["elements"]
    assert (told["id"], told["date"], told["date_au_plus_tard"], told["acteurs"]) == (
        "ouverture",
        "2018-11",
        "2018-11-30",
        ["velo"],
    )


def test_a_fact_names_who_tells_it_and_who_took_part(visitor, full):
    (told,) = read(visitor, f"{BASE}/faits/")["elements"]
    assert (told["titre"], told["fiche"], told["acteurs"], told["adresse"]) == (
        "Velo",
        {"genre": "organisation", "id": "velo", "titre": "Velo", "adresse": "http://testserver/ici/"},
        [{"genre": "organisation", "id": "fleur", "titre": "Fleur", "adresse": "http://testserver/ici/"}],
        "http://testserver/la/",
    )


@pytest.mark.parametrize(("key", "count"), [("velo", 1), ("fleur", 1), ("secret", 0), ("personne", 0)])
def test_facts_of_one_organisation_are_those_it_tells_or_took_part_in(visitor, full, key, count):
    assert len(read(visitor, f"{BASE}/faits/?organisation={key}")["elements"]) == count


def test_a_contradiction_keeps_its_statements_and_objects(visitor, full):
    (told,) = read(visitor, f"{BASE}/contradictions/")["elements"]
    assert (told["enonces"], told["objets"]) == (
        [{"enonce": "en 2012", "valeur": "2012", "source": "livret", "page": "12", "certitude": "etablie"}],
        ["velo"],
    )


def test_a_search_finds_by_name(visitor, full):
    told = read(visitor, f"{BASE}/recherche/?q=velo")
    assert [(one["genre"], one["id"], one["trouve_par"]) for one in told["elements"]] == [
        ("organisation", "velo", "nom")
    ]


# --- Who sees what ---------------------------------------------------------------------------------------------------

PUBLIC = {
    "organisations": ["fleur", "velo"],
    "liens": ["velo-fleur"],
    "jalons": ["ouverture"],
    "sources": ["livret"],
    "contradictions": ["date-velo"],
}
ALL = {
    "organisations": ["fleur", "secret", "velo"],
    "liens": ["fleur-velo-secret", "velo-fleur", "velo-secret"],
    "jalons": ["ouverture", "reserve"],
    "sources": ["livret", "notes-internes"],
    "contradictions": ["date-reservee", "date-velo"],
}


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("who", ["visitor", "stranger", "member", "administrator"])
def test_what_is_for_the_team_is_absent_for_others(request, full, who, name):
    assert keys(request.getfixturevalue(who), name) == PUBLIC[name]


@pytest.mark.parametrize("name", ALL)
def test_the_team_reads_everything(animator, full, name):
    assert keys(animator, name) == ALL[name]


@pytest.mark.parametrize("who", ["visitor", "stranger"])
@pytest.mark.parametrize("name", [*LISTS, "recherche"])
def test_no_answer_names_what_its_reader_may_not_see(request, full, who, name):
    response = request.getfixturevalue(who).get(f"{BASE}/{name}/" + ("?q=secret" if name == "recherche" else ""))
    hidden = (b"secret", b"Secret", b"SECRET", b"notes-internes", b"reserve")
    assert (response.status_code, [word for word in hidden if word in response.content]) == (200, [])


def test_an_organisation_for_the_team_is_not_found_by_a_visitor(visitor, animator, full):
    path = f"{BASE}/organisations/secret/"
    assert (visitor.get(path).status_code, animator.get(path).status_code) == (404, 200)


@pytest.mark.parametrize("name", LISTS)
def test_records_of_another_territory_are_absent(visitor, full, elsewhere, name):
    assert read(visitor, f"/api/v1/territoires/ailleurs/{name}/")["elements"] == []


def test_an_organisation_of_another_territory_is_not_found(visitor, full, elsewhere):
    assert visitor.get("/api/v1/territoires/ailleurs/organisations/velo/").status_code == 404
