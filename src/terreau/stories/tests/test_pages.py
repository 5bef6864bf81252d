import pytest

from terreau.kernel.models import Entry, Fact
from terreau.stories.testing import load

SAID = """
source: livret
temoignages:
  - {id: t01, genre: citation, personne: p01, organisation: atelier, fonction: Directrice, themes: [emploi], page: 12,
     resume: "On embauche, et on le dit."}
  - {id: t02, genre: citation, organisation: reseau, fonction: Chargé de mission, themes: [mobilite], page: 22-23, resume: Il faut relier.}
  - {id: t03, genre: edito, organisation: reseau, fonction: Présidente, themes: [mobilite], page: 3, resume: Un édito.}
"""
DOUBT = """
contradictions:
  - {id: c-annee, sujet: L'année de l'embauche, type: date, gravite: faible, origine: interne, objets: [t01], lecture: Peut-être deux embauches.,
     enonces: [{enonce: En 2019, source: livret, page: 4}, {enonce: En 2020, source: livret, page: 9}]}
"""
HIDDEN = """
source: livret
temoignages:
  - {id: t01, organisation: atelier, fonction: Directrice, resume: Dit à toutes et tous.}
  - {id: t02, organisation: atelier, fonction: Trésorière, resume: Dit aux membres., visibilite: membres}
  - {id: t03, organisation: atelier, fonction: Salariée, resume: Dit à l'équipe., visibilite: equipe}
  - {id: t04, organisation: discrete, fonction: Bénévole, resume: Dit depuis une structure discrète.}
"""


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_reads_who_speaks_as_what_and_on_which_page(visitor, db, tmp_path):
    load(tmp_path, temoignages=SAID)

    page = visitor.get("/val/recits/").context["page"]

    assert [(group.name, [voice.key for voice in group.voices]) for group in page.groups] == [
        ("L'Atelier", ["t01"]),
        ("Le Réseau", ["t02"]),
    ]
    voice = page.groups[0].voices[0]
    assert (voice.function, voice.summary, voice.source.locator) == (
        "Directrice",
        "On embauche, et on le dit.",
        "p.\u00a012",
    )
    assert [theme.label for theme in voice.themes] == ["Emploi"]
    assert page.count == page.total == 3


def test_the_page_says_that_texts_are_summaries_and_never_quotes(visitor, db, tmp_path):
    load(tmp_path, temoignages=SAID)

    html = text_of(visitor, "/val/recits/")

    assert "sans reprendre ses mots" in html
    assert "<blockquote" not in html
    assert "<q" not in html


def test_editorials_are_read_apart(visitor, db, tmp_path):
    load(tmp_path, temoignages=SAID)

    page = visitor.get("/val/recits/").context["page"]

    assert [voice.key for voice in page.editorials] == ["t03"]
    assert "t03" not in {voice.key for group in page.groups for voice in group.voices}


@pytest.mark.parametrize(
    ("question", "kept"),
    [("theme=emploi", {"t01"}), ("theme=mobilite", {"t02", "t03"}), ("organisation=reseau", {"t02", "t03"}),
     ("theme=emploi&organisation=reseau", set()), ("theme=inconnu", set())],
)  # fmt: skip
def test_filters_keep_what_answers_to_all_of_them(visitor, db, tmp_path, question, kept):
    load(tmp_path, temoignages=SAID)

    page = visitor.get(f"/val/recits/?{question}").context["page"]

    assert {voice.key for group in page.groups for voice in group.voices} | {
        voice.key for voice in page.editorials
    } == kept
    assert page.count == len(kept)


def test_each_choice_says_how_many_testimonies_it_gives(visitor, db, tmp_path):
    load(tmp_path, temoignages=SAID)

    themes, organisations = visitor.get("/val/recits/?theme=mobilite").context["page"].facets

    assert [(option.value, option.count, option.selected) for option in themes.options] == [
        ("emploi", 1, False),
        ("mobilite", 2, True),
    ]
    assert [(option.value, option.count) for option in organisations.options] == [("reseau", 2)]


def test_a_choice_without_result_offers_the_way_back(visitor, db, tmp_path):
    load(tmp_path, temoignages=SAID)

    assert 'href="?"' in text_of(visitor, "/val/recits/?theme=emploi&organisation=reseau")


def test_a_disagreement_shows_its_statements_and_the_reading(visitor, db, tmp_path):
    load(tmp_path, temoignages=SAID, contradictions=DOUBT)

    html = text_of(visitor, "/val/recits/")

    assert all(words in html for words in ("En 2019", "En 2020", "Peut-être deux embauches."))


def test_the_name_of_a_person_appears_nowhere(visitor, steward, db, tmp_path):
    load(tmp_path, "valenciennois", temoignages=SAID)

    for client in (visitor, steward):
        html = text_of(client, "/valenciennois/recits/")
        assert "Camille" not in html
        assert "p01" not in html
    assert not Entry.objects.filter(title__contains="Camille").exists()


def test_a_testimony_is_called_by_organisation_and_function(db, tmp_path):
    load(tmp_path, temoignages=SAID)

    assert Entry.objects.get(kind="testimony", key="t01").title == "L'Atelier, directrice"


def test_a_testimony_does_not_name_an_organisation_kept_to_the_team(db, tmp_path):
    load(tmp_path, temoignages=HIDDEN)

    assert Entry.objects.get(kind="testimony", key="t04").title == "Bénévole"


@pytest.mark.parametrize(
    ("who", "keys"),
    [
        ("visitor", {"t01", "t04"}),
        ("stranger", {"t01", "t04"}),
        ("member", {"t01", "t02", "t04"}),
        ("animator", {"t01", "t02", "t03", "t04"}),
    ],
)
def test_a_testimony_is_shown_to_those_whom_it_is_for(request, db, who, keys, tmp_path):
    client = request.getfixturevalue(who)
    load(tmp_path, "valenciennois", temoignages=HIDDEN)

    page = client.get("/valenciennois/recits/").context["page"]

    assert {voice.key for group in page.groups for voice in group.voices} == keys


def test_an_organisation_kept_to_the_team_is_not_named_to_a_visitor(visitor, animator, tmp_path):
    load(tmp_path, "valenciennois", temoignages=HIDDEN)

    assert "La Discrète" not in text_of(visitor, "/valenciennois/recits/").replace("\u2019", "'")
    assert "La Discrète" in text_of(animator, "/valenciennois/recits/")
    assert visitor.get("/valenciennois/recits/?organisation=discrete").context["page"].count == 0


def test_testimonies_of_another_territory_stay_there(visitor, elsewhere, tmp_path):
    load(tmp_path, temoignages=SAID)

    assert visitor.get("/ailleurs/recits/").context["page"].total == 0


def test_an_empty_territory_says_what_will_be_here_and_what_to_do(visitor, elsewhere):
    html = text_of(visitor, "/ailleurs/recits/")

    assert "Ici se liront les témoignages" in html
    assert "temoignages.yaml" in html


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_testimonies(items, visitor, tmp_path, queries):
    rows = "".join(
        f"  - {{id: t{place}, organisation: {'atelier' if place % 2 else 'reseau'}, fonction: Élue, themes: [emploi], resume: Oui.}}\n"
        for place in range(items)
    )
    doubts = DOUBT.replace("objets: [t01]", f"objets: [{', '.join(f't{place}' for place in range(items))}]")
    load(tmp_path, temoignages=f"source: livret\ntemoignages:\n{rows}", contradictions=doubts)

    with queries(7):
        visitor.get("/val/recits/")


def test_a_dated_testimony_tells_a_fact_and_an_undated_one_tells_none(db, tmp_path):
    load(tmp_path, temoignages=SAID.replace("fonction: Présidente,", "fonction: Présidente, date: 2021~,"))

    fact = Fact.objects.get(kind="testimony")

    assert (fact.what, fact.when.text, fact.certainty) == ("stories.said", "2021~", "percue")
