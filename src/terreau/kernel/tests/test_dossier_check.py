"""What `terreau check` says: every problem at once, with file, line, value and remedy."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.utils import translation

from terreau.kernel import dossier as d

ROOT = "id: val-neuf\nnom: Val Neuf\n"
ORGANISATIONS = """\
territoire: val-neuf
natures:
- {id: association, nom: Association}
organisations:
- id: regie
  nom: Régie
  nature: association
- id: jardin
  nom: Jardin
  nature: association
"""
RELATIONS = """\
territoire: val-neuf
types:
- {id: succede_a, nom: succède à, inverse: a pour successeur, famille: genealogie}
relations:
"""


@pytest.fixture
def written(tmp_path):
    """Write files, then give what the check says as (place, message): `written(organisations="…")`."""

    def write(**files: str | bytes) -> list[tuple[str, str]]:
        for name, text in ({"territoire": ROOT} | files).items():
            content = text if isinstance(text, bytes) else dedent(text).encode()
            (tmp_path / f"{name}.yaml").write_bytes(content)
        return told(tmp_path)

    return write


def told(directory: Path) -> list[tuple[str, str]]:
    return [(f"{problem.file}:{problem.line}", plain(problem.message)) for problem in d.check(directory).problems]


def plain(text: str) -> str:
    """Undo the typography that the catalogue adds."""
    return text.translate({0xA0: " ", 0x202F: " ", 0x2019: "'"})


def test_a_sound_dossier_has_no_problem(written):
    assert written(organisations=ORGANISATIONS) == []


def test_an_unknown_key_is_told_with_the_closest_one(written):
    [(place, message)] = written(territoire=ROOT + "nom_compet: Val Neuf et alentours\n")

    assert place == "territoire.yaml:3"
    assert message.startswith(
        "clé inconnue « nom_compet » (voulez-vous dire « nom_complet » ?) ; clés admises ici : id,"
    )


def test_an_unknown_key_deep_inside_is_told_on_its_line(written):
    text = ORGANISATIONS + "  identifiants:\n  - registre: siren\n    valeur: '123456782'\n    numero: 4\n"

    [(place, message)] = written(organisations=text)

    assert place == "organisations.yaml:14"
    assert "« numero »" in message


def test_an_unknown_file_is_told_with_the_closest_one(written):
    [(place, message)] = written(organisation=ORGANISATIONS)

    assert place == "organisation.yaml:1"
    assert message.startswith(
        "fichier inconnu (voulez-vous dire « organisations.yaml » ?) ; fichiers admis : appels.yaml,"
    )


def test_a_file_that_is_named_yml_is_not_passed_over_in_silence(written, tmp_path):
    (tmp_path / "organisations.yml").write_text(ORGANISATIONS, encoding="utf-8")

    [(place, message)] = written()

    assert place == "organisations.yml:1"
    assert "voulez-vous dire « organisations.yaml » ?" in message


def test_other_files_of_the_folder_are_nobodys_business(written, tmp_path):
    (tmp_path / "LISEZMOI.txt").write_text("Bonjour", encoding="utf-8")
    (tmp_path / "photos").mkdir()

    assert written() == []


def test_a_bad_date_is_told_with_what_to_write(written):
    [(place, message)] = written(organisations=ORGANISATIONS + "  creation: 12/05/2019\n")

    assert (place, message) == (
        "organisations.yaml:11",
        '« organisations.creation » : "12/05/2019" n\'est pas une date EDTF ; écrire par exemple "2019-05-12".',
    )


def test_an_unknown_identifier_is_told_with_the_closest_one(written):
    [(place, message)] = written(
        organisations=ORGANISATIONS.replace("nature: association\n- id: j", "nature: asociation\n- id: j")
    )

    assert (place, message) == (
        "organisations.yaml:7",
        (
            "« nature » : aucune fiche ne porte l'identifiant « asociation » (nature attendue) "
            "(voulez-vous dire « association » ?) ; le corriger ou l'ajouter."
        ),
    )


def test_an_identifier_of_another_kind_is_not_the_one_that_is_expected(written):
    [(place, message)] = written(
        organisations=ORGANISATIONS,
        fonctions="""\
        territoire: val-neuf
        personnes: [{id: p1}]
        fonctions:
        - {id: f1, personne: regie, organisation: jardin, fonction: présidence}
        """,
    )

    assert place == "fonctions.yaml:4"
    assert "« personne » : aucune fiche ne porte l'identifiant « regie » (personne attendue)" in message


def test_an_identifier_taken_in_another_file_is_told_with_both_places(written):
    [(place, message)] = written(
        organisations=ORGANISATIONS,
        initiatives="territoire: val-neuf\ninitiatives:\n- nom: Le jardin\n  id: jardin\n",
    )

    assert place == "organisations.yaml:8"
    assert message == "l'identifiant « jardin » est déjà pris (initiatives.yaml, ligne 4) : en choisir un autre."


def test_an_identifier_written_twice_in_a_vocabulary_is_told_on_the_second(written):
    twice = ORGANISATIONS.replace("organisations:\n", "- {id: association, nom: Encore}\norganisations:\n")

    [(place, message)] = written(organisations=twice)

    assert place == "organisations.yaml:4"
    assert message == "l'identifiant « association » est écrit deux fois : en choisir un autre."


def test_a_key_written_twice_is_told_on_the_second(written):
    [(place, message)] = written(territoire=ROOT + "nom: Vallée Neuve\n")

    assert (place, message) == ("territoire.yaml:3", "la clé « nom » est écrite deux fois : n'en garder qu'une.")


def test_successions_in_a_circle_are_told_as_a_path(written):
    ties = """\
- {id: r1, de: regie, vers: jardin, type: succede_a}
- {id: r2, de: jardin, vers: regie, type: succede_a}
"""
    [(place, message)] = written(organisations=ORGANISATIONS, relations=RELATIONS + ties)

    assert place in {"relations.yaml:5", "relations.yaml:6"}
    assert message.startswith("les successions tournent en rond (")
    assert "regie → jardin" in message


def test_a_tie_to_nobody_and_a_tie_to_itself_are_told_at_once(written):
    ties = """\
- {id: r1, de: regie, vers: regies, type: succede_a}
- id: r2
  de: jardin
  vers: jardin
  type: succede_a
"""
    first, second, *_circle = written(organisations=ORGANISATIONS, relations=RELATIONS + ties)

    assert first[0] == "relations.yaml:5"
    assert "« regies » (organisation attendue) (voulez-vous dire « regie » ?)" in first[1]
    assert second == ("relations.yaml:8", "le lien relie « jardin » à elle-même : changer « de » ou « vers ».") or (
        _circle[0] == ("relations.yaml:8", "le lien relie « jardin » à elle-même : changer « de » ou « vers ».")
    )


def test_an_end_before_its_start_is_told_on_the_end(written):
    [(place, message)] = written(organisations=ORGANISATIONS + "  creation: 2019\n  fin: 2016-09\n")

    assert place == "organisations.yaml:12"
    assert message == "la fin « 2016-09 » précède le début « 2019 » : les inverser, ou corriger celle qui est fausse."


def test_an_end_before_its_start_deep_inside_is_told_on_the_end(written):
    names = "  autres_noms:\n  - nom: JP\n    type: sigle\n    debut: 2019\n    fin: 2010\n"

    [(place, _message)] = written(organisations=ORGANISATIONS + names)

    assert place == "organisations.yaml:15"


def test_a_period_that_is_still_going_on_ends_with_two_dots(written):
    assert written(organisations=ORGANISATIONS + '  creation: 2019\n  fin: ".."\n') == []


def test_a_date_that_is_no_end_is_never_two_dots(written):
    [(place, message)] = written(organisations=ORGANISATIONS + '  creation: ".."\n')

    assert place == "organisations.yaml:11"
    assert '".."' in message


def test_a_value_that_is_not_admitted_is_told_with_those_that_are(written):
    names = "  autres_noms:\n  - {nom: JP, type: cigle}\n"

    [(place, message)] = written(organisations=ORGANISATIONS + names)

    assert place == "organisations.yaml:12"
    assert message.startswith(
        "« organisations.autres_noms.type » : la valeur « cigle » n'est pas admise (voulez-vous dire « sigle » ?) ; valeurs admises : "
    )


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("  nom: 2019", "« organisations.nom » : un texte est attendu, pas « 2019 » ; le mettre entre guillemets."),
        ("  nom:", "« organisations.nom » : un texte est attendu, pas « rien » ; le mettre entre guillemets."),
        ("  nom: ''", "« organisations.nom » : le texte est vide ; l'écrire, ou retirer la clé."),
        ("  nom: '  '", "« organisations.nom » : le texte est vide ; l'écrire, ou retirer la clé."),
        ("  nom: [a]", "« organisations.nom » : un texte est attendu, pas « ['a'] » ; le mettre entre guillemets."),
    ],
)
def test_a_wrong_type_is_told_with_the_value_and_the_remedy(written, line, remedy):
    text = ORGANISATIONS.replace("  nom: Jardin", line)

    assert written(organisations=text) == [("organisations.yaml:9", remedy)]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("  anonyme: peut-être", "« organisations.anonyme » : écrire true ou false, pas « peut-être »."),
        (
            "  activites: jardinage",
            "« organisations.activites » : une liste est attendue, pas « jardinage » ; mettre des tirets ou des crochets.",
        ),
        (
            "  identifiants: [siren]",
            "« organisations.identifiants » : des clés et des valeurs sont attendues, pas « siren ».",
        ),
        ("  site: pas une adresse", "« site » : Saisissez une URL valide."),
        (
            f"  commune: {'x' * 121}",
            "« commune » : Assurez-vous que cette valeur comporte au plus 120 caractères (actuellement 121).",
        ),
        (
            "  themes: [Eau potable]",
            (
                "« organisations.themes » : « Eau potable » n'est pas un identifiant ; "
                "écrire des minuscules sans accent, des chiffres et des tirets."
            ),
        ),
    ],
)
def test_what_the_table_cannot_hold_is_told_on_its_line(written, line, remedy):
    assert written(organisations=f"{ORGANISATIONS}{line}\n") == [("organisations.yaml:11", remedy)]


def test_a_number_that_is_not_one_is_told(written):
    types = RELATIONS.replace("famille: genealogie}", "famille: genealogie, poids: deux}").replace("relations:\n", "")

    [(place, message)] = written(relations=types)

    assert place == "relations.yaml:3"
    assert message == "« types.poids » : un nombre est attendu, pas « deux » (point décimal, sans espace ni unité)."


def test_a_number_finer_than_its_column_is_told(written):
    types = RELATIONS.replace("famille: genealogie}", "famille: genealogie, poids: 0.333}").replace("relations:\n", "")

    [(place, message)] = written(relations=types)

    assert place == "relations.yaml:3"
    assert message.startswith("« poids » : Assurez-vous qu'il n'y a pas plus de 2 chiffres après la virgule")


def test_a_missing_key_is_told_where_its_record_starts(written):
    [(place, message)] = written(organisations=ORGANISATIONS.replace("  nom: Jardin\n", ""))

    assert (place, message) == ("organisations.yaml:8", "la clé « nom » est obligatoire et manque ici : l'ajouter.")


def test_bad_yaml_is_told_where_it_stops_making_sense(written):
    [(place, message)] = written(organisations="territoire: val-neuf\norganisations:\n- id: a: b\n  nom: A\n")

    assert place == "organisations.yaml:3"
    assert message.startswith("YAML illisible (")


def test_a_file_that_is_not_utf8_is_told_on_the_line_of_the_wrong_byte(written):
    [(place, message)] = written(organisations="territoire: val-neuf\n# Régie\n".encode("latin-1"))

    assert place == "organisations.yaml:2"
    assert message == "le fichier n'est pas en UTF-8 (octet 24) : l'enregistrer en UTF-8."


def test_a_file_of_another_territory_is_told(written):
    [(place, message)] = written(organisations=ORGANISATIONS.replace("territoire: val-neuf", "\nterritoire: val-vieux"))

    assert place == "organisations.yaml:2"
    assert message == "ce fichier dit « val-vieux », le dossier est celui de « val-neuf » : écrire le même identifiant."


def test_a_territory_cannot_take_an_address_of_the_site(written):
    [(place, message)] = written(territoire="nom: Val Neuf\nid: compte\n")

    assert place == "territoire.yaml:2"
    assert message == "« id » : « compte » est une adresse du site : choisir un autre identifiant."


def test_a_folder_without_its_first_file_is_told(tmp_path):
    assert told(tmp_path) == [
        ("territoire.yaml:1", f"le fichier manque dans {tmp_path} : un dossier commence par lui.")
    ]


def test_a_path_that_is_no_folder_is_told(tmp_path):
    [(_place, message)] = told(tmp_path / "ailleurs")

    assert message == f"« {tmp_path / 'ailleurs'} » n'est pas un dossier : donner celui qui contient territoire.yaml."


def test_a_folder_in_the_place_of_a_file_is_told(written, tmp_path):
    (tmp_path / "organisations.yaml").mkdir()

    [(place, message)] = written()

    assert place == "organisations.yaml:1"
    assert message.startswith("le fichier ne s'ouvre pas (")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("organisations: &tout [*tout]\n", 2, "les renvois YAML (& et *) ne sont pas admis"),
        ("natures: &n\n- {id: a, nom: A}\norganisations: *n\n", 2, "les renvois YAML (& et *) ne sont pas admis"),
        ("? [a, b]\n: c\n", 2, "une clé est un mot simple"),
        ('natures:\n- {id: a, nom: "A\\0B"}\n', 3, "contient un caractère qui ne s'écrit pas"),
        ("---\nautre: document\n", 2, "YAML illisible"),
        ("natures: !!python/object:os.system {}\n", 2, ""),
        ("- une liste\n", 2, "YAML illisible"),
    ],
)
def test_odd_yaml_is_told_and_never_breaks_the_check(written, text, line, words):
    (place, message), *_others = written(organisations="territoire: val-neuf\n" + text)

    assert place == f"organisations.yaml:{line}"
    assert words in message


def test_a_file_of_brackets_is_told_and_never_breaks_the_check(written):
    assert written(organisations="territoire: val-neuf\norganisations: " + "[" * 5000)[0][0].startswith(
        "organisations.yaml:"
    )


def test_all_problems_are_told_at_once_and_none_is_made_up(written):
    problems = written(
        territoire=ROOT + "couleur: vert\n",
        organisations="""\
        territoire: val-neuf
        natures:
        - {id: association, nom: Association}
        organisations:
        - id: regie
          nom: Régie
          nature: association
          creation: hier
          themes: [inconnu]
        - id: jardin
          nature: association
          creation: 2019
          fin: 2018
        """,
        relations=RELATIONS
        + "- {id: r1, de: regie, vers: jardin, type: succede_a, certitude: sûre}\n- {id: r2, de: regie, vers: jardin, type: suit}\n",
        fonctions="territoire: val-neuf\nfonctions: [\n",
    )

    assert [place for place, _message in problems] == [
        "fonctions.yaml:3",
        "organisations.yaml:8",
        "organisations.yaml:9",
        "organisations.yaml:10",
        "organisations.yaml:13",
        "relations.yaml:5",
        "relations.yaml:6",
        "territoire.yaml:3",
    ]


def test_problems_are_told_in_english_too(written):
    with translation.override("en"):
        problems = dict(
            written(
                territoire=ROOT + "couleur: vert\n",
                organisations=ORGANISATIONS + "  creation: hier\n  themes: [inconnu]\n",
            )
        )

    assert problems["territoire.yaml:3"].startswith('unknown key "couleur"; keys allowed here: id,')
    assert problems["organisations.yaml:11"].startswith('"organisations.creation": "hier" is not an EDTF date;')
    assert problems["organisations.yaml:12"].startswith('"themes": no record has the identifier "inconnu" (')
