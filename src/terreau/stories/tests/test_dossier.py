from terreau.stories import models
from terreau.stories.testing import check, dumped, load

TWO = """
source: livret
temoignages:
  - {id: t01, genre: edito, personne: p01, organisation: atelier, fonction: Directrice, date: 2021-05, themes: [emploi, mobilite],
     page: 3, resume: Le temps long compte.}
  - {id: t02, genre: edito, fonction: Élu, cosigne_avec: t01, page: 18-19, resume: Cosigne., note: Lu deux fois.}
"""


def test_a_testimony_is_stored_with_all_that_the_file_says(db, tmp_path):
    load(tmp_path, temoignages=TWO)

    first, second = models.Testimony.objects.order_by("key")

    assert (first.genre, first.person.key, first.organisation.key, first.function) == (
        "edito",
        "p01",
        "atelier",
        "Directrice",
    )
    assert (first.said_on.text, first.locator, first.summary) == ("2021-05", "3", "Le temps long compte.")
    assert (first.source.key, [theme.key for theme in first.themes.order_by("key")]) == (
        "livret",
        ["emploi", "mobilite"],
    )
    assert (second.cosigned_with, second.locator, second.note) == (first, "18-19", "Lu deux fois.")


def test_testimonies_are_written_again_as_they_were_read(db, tmp_path):
    territory = load(tmp_path, temoignages=TWO)

    first, second = dumped(territory, "temoignages")

    assert first == {
        "id": "t01", "genre": "edito", "personne": "p01", "organisation": "atelier", "fonction": "Directrice", "date": "2021-05",
        "themes": ["emploi", "mobilite"], "source": "livret", "page": 3, "resume": "Le temps long compte.",
    }  # fmt: skip
    assert second["cosigne_avec"] == "t01"


def test_a_testimony_keeps_its_own_source_when_the_file_has_another(db, tmp_path):
    text = TWO.replace("fonction: Élu,", "fonction: Élu, source: lettre,")
    sources = "sources: [{id: livret, titre: Livret, genre: livret}, {id: lettre, titre: Lettre, genre: lettre}]"

    load(tmp_path, temoignages=text, sources=sources)

    assert models.Testimony.objects.get(key="t02").source.key == "lettre"


def test_a_testimony_without_any_source_is_refused(db, tmp_path):
    problems = check(tmp_path, temoignages="temoignages: [{id: t01, fonction: Élue, resume: Oui.}]").problems

    assert [(problem.file, problem.line) for problem in problems] == [("temoignages.yaml", 2)]


def test_a_testimony_that_cosigns_itself_is_refused(db, tmp_path):
    text = "source: livret\ntemoignages: [{id: t01, fonction: Élue, resume: Oui., cosigne_avec: t01}]"

    problems = check(tmp_path, temoignages=text).problems

    assert [problem.file for problem in problems] == ["temoignages.yaml"]
    assert "se cosigne lui-même" in problems[0].message
