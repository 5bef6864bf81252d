from decimal import Decimal

import pytest

from terreau.kernel import dossier as d
from terreau.observatory.models import Figure, PortraitItem, UnquantifiedClaim
from terreau.observatory.testing import check, load

FIGURES = """
chiffres:
  - {id: ch-taux, libelle: Taux de chômage, territoire_mesure: val, date: '2024', valeur: 7.1, unite: "%", source: livret, page: 7,
     source_certitude: deduite, note: Arrondi.}
  - {id: ch-petites, libelle: Petites associations, territoire_mesure: atelier, valeur_min: 300, valeur_max: 400, unite: associations,
     approx: true, source: livret, page: 29}
  - {id: ch-inconnu, libelle: Bénévoles, territoire_mesure: Lille, unite: personnes, source: livret}
affirmations_sans_chiffre:
  - {id: af-baisse, resume: Le nombre baisse., source: livret, page: 32}
"""
PORTRAIT = 'portrait: [{libelle: Chômage, chiffre: ch-taux, valeur: 7.1, unite: "%"}, {libelle: Bénévoles, chiffre: ch-inconnu}]\n'


def one(**fields):
    said = {
        "id": "ch-1",
        "libelle": "Communes",
        "territoire_mesure": "val",
        "valeur": 35,
        "unite": "communes",
        "source": "livret",
    } | fields
    return "chiffres: [{" + ", ".join(f"{key}: {value}" for key, value in said.items() if value is not None) + "}]"


def dumped(territory, path):
    section = next(section for section in d.sections() if section.path == path)
    return [document for _record, document in d.Dumper(territory).documents(section)]


def test_a_figure_is_stored_with_all_that_it_travels_with(db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    rate = Figure.objects.get(key="ch-taux")

    assert (rate.value, rate.unit, rate.area, rate.measured_on.text) == (Decimal("7.1"), "%", "val", "2024")
    assert (rate.source.key, rate.locator, rate.certainty, rate.note) == ("livret", "7", "deduite", "Arrondi.")


def test_a_range_and_an_unknown_number_stay_what_they_are(db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    small, unknown = Figure.objects.get(key="ch-petites"), Figure.objects.get(key="ch-inconnu")

    assert [small.value, small.value_min, small.value_max, small.is_approximate] == [None, 300, 400, True]
    assert (unknown.value, unknown.is_known) == (None, False)


def test_figures_claims_and_portrait_are_written_again_as_they_were_read(db, tmp_path):
    territory = load(tmp_path, portrait=PORTRAIT, chiffres=FIGURES)

    assert dumped(territory, "chiffres")[0] == {
        "id": "ch-taux", "libelle": "Taux de chômage", "territoire_mesure": "val", "date": "2024", "valeur": Decimal("7.1"), "unite": "%",
        "source": "livret", "page": 7, "source_certitude": "deduite", "note": "Arrondi.",
    }  # fmt: skip
    assert dumped(territory, "chiffres")[1]["valeur_max"] == 400
    assert "valeur" not in dumped(territory, "chiffres")[2]
    assert dumped(territory, "affirmations_sans_chiffre") == [
        {"id": "af-baisse", "resume": "Le nombre baisse.", "source": "livret", "page": 32}
    ]
    assert dumped(territory, "portrait") == [
        {"libelle": "Chômage", "chiffre": "ch-taux", "valeur": Decimal("7.1"), "unite": "%"},
        {"libelle": "Bénévoles", "chiffre": "ch-inconnu"},
    ]


def test_a_second_reading_changes_nothing(db, tmp_path):
    territory = load(tmp_path, portrait=PORTRAIT, chiffres=FIGURES)

    folder = d.check(tmp_path).folder
    assert folder is not None
    stored = d.Storer(territory, folder).store()

    assert (stored.created, stored.updated) == (0, 0)
    assert (Figure.objects.count(), UnquantifiedClaim.objects.count(), PortraitItem.objects.count()) == (3, 1, 2)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valeur_min": 1}, "une valeur et une fourchette"),
        ({"valeur": None, "valeur_min": 5, "valeur_max": 2}, "à l'envers"),
        ({"territoire_mesure": "ateliers"}, "aucune fiche ne porte"),
        ({"valeur": "beaucoup"}, "valeur"),
        ({"unite": None}, "unite"),
        ({"source": None}, "source"),
    ],
)
def test_a_wrong_figure_is_refused_in_words(tmp_path, fields, words):
    problems = check(tmp_path, chiffres=one(**fields)).problems

    assert [problem.file for problem in problems] == ["chiffres.yaml"]
    assert words in problems[0].message.replace("\u2019", "'")


@pytest.mark.parametrize("area", ["val", "atelier", "Hauts-de-France"])
def test_a_figure_measures_the_territory_a_record_or_a_named_place(tmp_path, area):
    assert check(tmp_path, chiffres=one(territoire_mesure=area)).problems == []


@pytest.mark.parametrize("wrong", ["valeur: 36, unite: communes", "valeur: 35, unite: villes"])
def test_a_portrait_that_contradicts_its_figure_is_refused(tmp_path, wrong):
    problems = check(
        tmp_path, portrait=f"portrait: [{{libelle: Communes, chiffre: ch-1, {wrong}}}]\n", chiffres=one()
    ).problems

    assert [problem.file for problem in problems] == ["territoire.yaml"]
    assert "le portrait dit" in problems[0].message
