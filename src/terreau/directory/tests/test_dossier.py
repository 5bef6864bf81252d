import textwrap

import pytest

from terreau.kernel import dossier as d

ORGANISATIONS = """
natures: [{id: association, nom: Association}]
organisations:
  - {id: un, nom: Un, nature: association}
  - {id: deux, nom: Deux, nature: association}
"""
TIES = """
types:
  - {id: suit, nom: succède à, inverse: a pour successeur, famille: genealogie}
  - {id: aide, nom: aide, inverse: est aidé par}
relations:
"""


@pytest.fixture
def problems(tmp_path):
    """Check a dossier of two organisations; gives its problems as « file:line message »."""

    def check(**files):
        contents = {"territoire": "id: valenciennois\nnom: Valenciennois", "organisations": ORGANISATIONS} | files
        for name, text in contents.items():
            head = "" if name == "territoire" else "territoire: valenciennois\n"
            (tmp_path / f"{name}.yaml").write_text(head + textwrap.dedent(text), encoding="utf-8")
        return [f"{problem.file}:{problem.line} {problem.message}" for problem in d.check(tmp_path).problems]

    return check


def test_two_organisations_and_their_tie_are_sound(problems):
    assert problems(relations=TIES + "  - {id: r1, de: un, vers: deux, type: suit, debut: '2009'}\n") == []


@pytest.mark.parametrize(("weight", "count"), [("2", 0), ("0.5", 0), ("0", 1), ("-1", 1), ("beaucoup", 1)])
def test_the_weight_of_a_kind_of_tie_is_a_positive_number(problems, weight, count):
    assert (
        len(problems(relations=f"types: [{{id: aide, nom: aide, inverse: est aidé par, poids: {weight}}}]\n")) == count
    )


def test_a_circle_of_successions_is_refused_and_shown(problems):
    rows = "  - {id: r1, de: un, vers: deux, type: suit}\n  - {id: r2, de: deux, vers: un, type: suit}\n"
    (problem,) = problems(relations=TIES + rows)
    assert "tournent en rond" in problem
    assert problem.startswith(("relations.yaml:7 ", "relations.yaml:8 "))


def test_a_circle_of_other_ties_is_no_succession(problems):
    rows = "  - {id: r1, de: un, vers: deux, type: aide}\n  - {id: r2, de: deux, vers: un, type: aide}\n"
    assert problems(relations=TIES + rows) == []


def test_a_tie_to_nobody_is_refused_where_it_is_written(problems):
    (problem,) = problems(relations=TIES + "  - {id: r1, de: un, vers: personne, type: aide}\n")
    assert problem.startswith("relations.yaml:7 ")
    assert "personne" in problem


def test_a_tie_to_itself_is_refused(problems):
    (problem,) = problems(relations=TIES + "  - {id: r1, de: un, vers: un, type: aide}\n")
    assert "elle-même" in problem


def test_a_tie_of_an_unknown_kind_is_refused(problems):
    assert len(problems(relations=TIES + "  - {id: r1, de: un, vers: deux, type: inconnu}\n")) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("relations", TIES + "  - {id: r1, de: un, vers: deux, type: aide, debut: '2019', fin: '2018'}\n"),
        (
            "fonctions",
            "personnes: [{id: p1}]\nfonctions:\n  - {id: f1, personne: p1, organisation: un, fonction: directrice, debut: '2019', fin: '2018'}\n",
        ),
        (
            "initiatives",
            "initiatives:\n  - {id: i1, nom: Jardin, porteurs: [{organisation: un, debut: '2019', fin: '2018'}]}\n",
        ),
        (
            "organisations",
            ORGANISATIONS + "  - {id: trois, nom: Trois, nature: association, creation: '2019', fin: '2018'}\n",
        ),
    ],
)
def test_a_period_upside_down_is_refused(problems, file, text):
    (problem,) = problems(**{file: text})
    assert problem.startswith(f"{file}.yaml:")
    assert "précède le début" in problem


def test_an_unknown_key_or_word_is_refused(problems):
    assert (
        len(
            problems(organisations=ORGANISATIONS + "  - {id: trois, nom: Trois, nature: association, couleur: rouge}\n")
        )
        == 1
    )
    assert len(problems(initiatives="initiatives: [{id: i1, nom: Jardin, etape: fanée}]\n")) == 1


def test_two_organisations_of_one_key_are_refused(problems):
    assert len(problems(organisations=ORGANISATIONS + "  - {id: un, nom: Encore un, nature: association}\n")) == 1


@pytest.mark.parametrize(
    ("register", "value", "count"),
    [
        ("siren", "245901160", 0),
        ("siren", "245901161", 1),
        ("siret", "35600000000048", 0),
        ("siret", "24590116", 1),
        ("rna", "W595000001", 0),
        ("rna", "595000001", 1),
        ("wikidata", "Q123", 0),
    ],
)
def test_a_number_that_no_register_gives_is_refused_where_it_is_written(problems, register, value, count):
    written = f"  - {{id: trois, nom: Trois, nature: association, identifiants: [{{registre: {register}, valeur: '{value}'}}]}}\n"

    found = problems(organisations=ORGANISATIONS + written)

    assert len(found) == count
    assert all(line.startswith("organisations.yaml:7 ") and value in line for line in found)
