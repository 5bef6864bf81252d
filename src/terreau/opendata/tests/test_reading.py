"""What is recognised of a file, and how each bad file is refused: without a database."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.opendata.pure import cells, lambert93
from terreau.opendata.pure.connectors import recognise
from terreau.opendata.pure.drafts import Plan, drafts
from terreau.opendata.pure.fields import BY_NAME, is_known, is_personal, propose
from terreau.opendata.pure.limits import MOST_CELL
from terreau.opendata.pure.opening import open_file
from terreau.opendata.pure.problems import Unreadable
from terreau.opendata.pure.tables import Opened
from terreau.opendata.tests import files


def read(tmp_path: Path, content: Any) -> Opened:
    path = tmp_path / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_file(path, is_known)


def drafted(opened: Opened):
    mapping = propose(opened.columns, [row for _number, row in opened.rows()])
    return list(drafts(opened.rows(), Plan.of(opened.columns, mapping, recognise(opened.columns))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(tmp_path, encoding, separator):
    lines = [
        ["Nom", "Ville", "Téléphone"],
        ["Maison du Vélo", "Onnaing", "03 27 11 22 33"],
        ["Chez l'Été", "Préseau", ""],
    ]
    opened = read(tmp_path, "\r\n".join(separator.join(line) for line in lines).encode(encoding))
    assert (opened.columns, opened.separator) == (("Nom", "Ville", "Téléphone"), separator)
    assert [row["Nom"] for _number, row in opened.rows()] == ["Maison du Vélo", "Chez l'Été"]


def test_titles_above_the_header_are_told_and_rows_keep_their_numbers(tmp_path):
    opened = read(tmp_path, "Annuaire des structures;;\nMis à jour en 2025;;\n\nNom;Ville;SIRET\nTruc;Anzin;\n")
    assert (opened.header_row, opened.titles) == (4, ("Annuaire des structures", "Mis à jour en 2025"))
    assert [number for number, _row in opened.rows()] == [5]


def test_a_row_of_groups_above_the_header_gives_its_words_to_the_columns(tmp_path):
    rows = [
        ["Structure", "", "Adresse", "", ""],
        ["Nom", "Sigle", "Rue", "Code postal", "Ville"],
        ["Truc", "T", "1 rue Haute", 59300, "Anzin"],
    ]
    opened = read(tmp_path, files.xlsx(rows))
    assert opened.columns == (
        "Structure : Nom",
        "Structure : Sigle",
        "Adresse : Rue",
        "Adresse : Code postal",
        "Adresse : Ville",
    )
    (draft,) = drafted(opened)
    assert draft.values == {
        "name": "Truc",
        "acronym": "T",
        "address": "1 rue Haute",
        "postcode": "59300",
        "commune": "Anzin",
    }


def test_a_workbook_keeps_the_digits_of_numbers(tmp_path):
    (draft,) = drafted(
        read(tmp_path, files.xlsx([["Nom", "SIRET", "SIREN", "CP"], ["Truc", 39286602600017, 392866026, 1000]]))
    )
    assert (draft.values["siret"], draft.values["postcode"]) == (files.SIRET, "01000")
    (draft,) = drafted(read(tmp_path, files.xlsx([["Nom", "SIREN"], ["Truc", 26280206]])))
    assert draft.values["siren"] == "026280206"


def test_an_opendocument_sheet_is_read(tmp_path):
    (draft,) = drafted(read(tmp_path, files.ods([["Nom", "Commune"], ["Truc", "Anzin"]])))
    assert draft.values == {"name": "Truc", "commune": "Anzin"}


def _wide(count: int) -> str:
    return ";".join(f"Colonne{place}" for place in range(count)) + "\n" + ";".join(["x"] * count)


BAD = {
    "empty": b"",
    "columns": _wide(2000),
    "foreign": b"%PDF-1.7 ...",
    "old_excel": b"\xd0\xcf\x11\xe0" + bytes(600),
    "broken_workbook": b"PK\x03\x04" + bytes(200),
    "bomb": files.packed({**files.FRAME, "xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 40_000_000}),
    "broken_json": b'{"data": [{"name": "a"}, {"name": ',
    "not_text": b"Nom;Ville\n\x00\x00binaire\n",
}
BAD["too_many_cells"] = files.packed({
    **files.FRAME,
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{files.MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
})  # fmt: skip


@pytest.mark.parametrize("code", BAD)
def test_a_file_that_cannot_be_read_says_why(tmp_path, code):
    with pytest.raises(Unreadable) as refused:
        list(read(tmp_path, BAD[code]).rows())
    assert refused.value.code == code


def test_an_opendocument_sheet_that_claims_a_billion_cells_is_refused(tmp_path):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    with pytest.raises(Unreadable, match="too_many_cells"):
        read(tmp_path, files.ods_of(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'))


def test_empty_rows_that_a_spreadsheet_repeats_to_its_end_are_no_bomb(tmp_path):
    line = '<table:table-row><table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell></table:table-row>'
    rest = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert read(tmp_path, files.ods_of(line + rest)).columns == ("Nom",)


def test_a_quote_never_closed_tells_its_row(tmp_path):
    content = 'Nom;Ville\nTruc;Anzin\n"Machin;Anzin\n' + "x" * 13_000_000
    with pytest.raises(Unreadable, match="broken_csv") as refused:
        list(read(tmp_path, content).rows())
    assert refused.value.details == {"row": "3"}


def test_a_cell_of_five_megabytes_is_refused_with_its_column(tmp_path):
    (draft,) = drafted(read(tmp_path, f"Nom;Description\nTruc;{'a' * 5_000_000}\n"))
    (problem,) = draft.problems
    assert (draft.number, problem.column, problem.code, problem.details["most"]) == (
        2,
        "Description",
        "long_cell",
        str(MOST_CELL),
    )


REFUSED = {
    "39286602600018": ("siret", "number"), "12345678200010": ("siret", "number"), "73282932000074": ("siret", "number"),
    "3,92866E+13": ("siret", "number"), "392866027": ("siren", "number"), "X123": ("rna", "number"), "31/02/2020": ("start", "date"),
    "hier": ("start", "date"), "<b>Truc</b>": ("name", "html"), "x" * 301: ("name", "long"), "***": ("name", "name"),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_value_that_cannot_be_is_refused(text):
    field, code = REFUSED[text]
    value, problem = cells.read(BY_NAME[field], text, "Colonne")
    assert value is None
    assert problem is not None
    assert (problem.code, problem.refuses, problem.column) == (code, True, "Colonne")


READ = {
    ("siret", "356 000 000 00048"): "35600000000048", ("start", "31/01/2020"): "2020-01-31", ("start", "2020"): "2020", ("start", "03/2019"): "2019-03",
    ("start", "0001-01-01"): None, ("start", "1900-01-01"): None, ("telephone", "0033327112233"[4:]): "03 27 11 22 33", ("telephone", "03.27.11.22.33"): "03 27 11 22 33",
    ("site", "www.exemple.fr"): "https://www.exemple.fr", ("email", "contact@exemple.fr"): "contact@exemple.fr", ("name", "[ND]"): None,
    ("description", "<p>Du <a href='x'>pain</a>"): "Du pain", ("activities", "Vélo; Cuisine;Vélo"): ["Vélo", "Cuisine"], ("activity_code", "8899B"): "88.99B",
    ("latitude", "50,35"): 50.35, ("commune_code", "2a004"): "2A004", ("name", "R&amp;D"): "R&D",
}  # fmt: skip


@pytest.mark.parametrize("given", READ)
def test_a_value_is_read_as_it_is_meant(given):
    field, text = given
    assert cells.read(BY_NAME[field], text, "Colonne")[0] == READ[given]


@pytest.mark.parametrize(
    ("field", "text"),
    [("email", "camille.dupuis@exemple.fr"), ("telephone", "06 11 22 33 44"), ("telephone", "+33 7 11 22 33 44")],
)
def test_what_may_be_a_persons_is_left(field, text):
    value, problem = cells.read(BY_NAME[field], text, "Colonne")
    assert value is None
    assert problem is not None
    assert (problem.refuses, problem.value) == (False, "")


@pytest.mark.parametrize(
    "column", ["Président", "Nom du contact", "Prénom", "Portable", "Civilité", "responsable de la structure"]
)
def test_columns_about_persons_are_never_proposed_nor_kept(column):
    assert is_personal(column)
    plan = Plan.of(("Nom", column), propose(("Nom", column), []), None)
    (draft,) = drafts(iter([(2, {"Nom": "Truc", column: "Camille"})]), plan)
    assert (draft.values, draft.raw) == ({"name": "Truc"}, {"Nom": "Truc"})


@pytest.mark.parametrize("column", ["Nombre de salariés", "Date de création", "Nom"])
def test_columns_about_figures_are_not_about_persons(column):
    assert not is_personal(column)


def test_coordinates_of_nowhere_and_nulls_are_unknown(tmp_path):
    content = files.as_json(
        {
            "items": [
                {
                    "source": "dora",
                    "id": "dora--1",
                    "nom": "Truc",
                    "date_maj": "2025-01-01",
                    "longitude": 0.0,
                    "latitude": 0.0,
                    "siret": "",
                    "commune": None,
                }
            ]
        }
    )
    (draft,) = drafted(read(tmp_path, content))
    assert draft.values == {"name": "Truc", "data_inclusion": "dora--1"}


def test_a_unit_that_is_not_diffused_is_refused(tmp_path):
    columns = (
        "siren,statutDiffusionUniteLegale,denominationUniteLegale,categorieJuridiqueUniteLegale,prenom1UniteLegale\n"
    )
    opened = read(tmp_path, columns + "392866026,P,[ND],9220,\n789566155,O,Truc,9220,\n026280206,O,,1000,Camille\n")
    assert [[problem.code for problem in draft.problems] for draft in drafted(opened)] == [
        ["not_diffused", "name"],
        [],
        ["natural_person", "name"],
    ]


def test_managers_of_a_search_answer_are_never_read(tmp_path):
    result = {
        "siren": "392866026",
        "nom_complet": "TRUC",
        "siege": {"siret": files.SIRET},
        "dirigeants": [{"nom": "DUPUIS"}],
        "statut_diffusion": "O",
    }
    opened = read(tmp_path, files.as_json({"results": [result]}))
    (draft,) = drafted(opened)
    assert "DUPUIS" not in str(draft)
    connector = recognise(opened.columns)
    assert connector is not None
    assert connector.why_left("dirigeants") == "person"


def test_a_compact_element_has_the_places_of_its_list(tmp_path):
    (draft,) = drafted(
        read(tmp_path, files.as_json({"ontology": "gogocompact", "data": [["10j2", "À table", 45.8, -0.5, [10430]]]}))
    )
    assert (draft.outside_id, draft.values) == ("10j2", {"name": "À table", "longitude": -0.5, "latitude": 45.8})


def test_lambert_93_becomes_degrees():
    # The reference point of NT/G 71: 3° east, 46° 30' north is the false origin.
    assert lambert93.to_degrees(700000.0, 6600000.0) == (3.0, 46.5)
    assert lambert93.to_degrees(3.37, 50.19) is None


def test_a_cell_too_many_is_told_with_its_row(tmp_path):
    (draft,) = drafted(read(tmp_path, "Nom;Ville\nTruc;Anzin;de trop\n"))
    assert [problem.code for problem in draft.problems] == ["extra_cells"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=6))
def test_no_cell_breaks_the_reading(texts):
    for field in BY_NAME.values():
        for text in texts:
            value, problem = cells.read(field, text, "Colonne")
            assert value is None or problem is None or not problem.refuses
