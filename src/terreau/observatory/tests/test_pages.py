import re

import pytest

from terreau.kernel.models import Entry, Fact
from terreau.observatory.testing import load

FIGURES = """
chiffres:
  - {id: ch-val, libelle: Taux de chômage, territoire_mesure: val, date: '2024', valeur: 12, unite: "%", source: livret, page: 7}
  - {id: ch-region, libelle: Taux de chômage, territoire_mesure: Hauts-de-France, date: '2024', valeur: 9, unite: "%", source: livret, page: 7}
  - {id: ch-ancien, libelle: Taux de chômage, territoire_mesure: France, date: '2019', valeur: 8, unite: "%", source: livret, page: 7}
  - {id: ch-atelier, libelle: Emplois, territoire_mesure: atelier, valeur: 20, unite: emplois, approx: true, source: livret, page: 4e de couverture}
  - {id: ch-discret, libelle: Emplois, territoire_mesure: discrete, unite: emplois, source: livret}
affirmations_sans_chiffre:
  - {id: af-baisse, resume: Le nombre baisse., source: livret, page: 32}
"""
PORTRAIT = "portrait: [{libelle: Le chômage ici, chiffre: ch-val}, {libelle: Emplois discrets, chiffre: ch-discret}]\n"
DOUBT = """
contradictions:
  - {id: c-date, sujet: La date du taux, type: date, gravite: faible, origine: interne, objets: [ch-val], lecture: Peut-être deux enquêtes.,
     enonces: [{enonce: En 2023, source: livret, page: 4}, {enonce: En 2024, source: livret, page: 9}]}
"""
HIDDEN = """
chiffres:
  - {id: ch-1, libelle: Public, territoire_mesure: Lille, valeur: 1, unite: communes, source: livret}
  - {id: ch-2, libelle: Membres, territoire_mesure: Lille, valeur: 2, unite: communes, source: livret, visibilite: membres}
  - {id: ch-3, libelle: Équipe, territoire_mesure: Lille, valeur: 3, unite: communes, source: livret, visibilite: equipe}
"""


def figures_in(page):
    return {figure.key for group in page.groups for figure in group.figures}


def test_figures_are_grouped_by_what_they_measure_the_territory_first(visitor, db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    page = visitor.get("/val/chiffres/").context["page"]

    assert [(group.area.name, group.area.is_ours) for group in page.groups] == [
        ("Le Val", True), ("L'Atelier", True), ("une fiche non publiée", True), ("Hauts-de-France", False), ("France", False),
    ]  # fmt: skip
    assert page.groups[1].area.url == "/val/annuaire/atelier/"
    assert page.count == 5


def test_the_portrait_opens_the_page_in_the_order_of_the_dossier(visitor, db, tmp_path):
    load(tmp_path, portrait=PORTRAIT, chiffres=FIGURES)

    page = visitor.get("/val/chiffres/").context["page"]

    assert [(item.label, item.value) for item in page.portrait] == [
        ("Le chômage ici", "12"),
        ("Emplois discrets", None),
    ]
    assert page.portrait[0].against.replace("\u00a0", " ") == "Hauts-de-France : 9 %"


def test_only_the_same_measure_at_the_same_date_is_compared(visitor, db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    (comparison,) = visitor.get("/val/chiffres/").context["page"].comparisons

    assert [(bar.figure.key, bar.length) for bar in comparison.bars] == [("ch-val", "100.00"), ("ch-region", "75.00")]
    assert comparison.rows == (("Le Val", "12\u00a0%"), ("Hauts-de-France", "9\u00a0%"))


def test_a_comparison_comes_with_the_table_of_its_values(visitor, db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    html = visitor.get("/val/chiffres/").content.decode()

    assert re.findall(r'class="bar-length" width="([\d.]+%)"', html) == ["100.00%", "75.00%"]
    assert html.count("<table") == 1


def test_a_figure_says_its_unit_date_status_source_and_page(visitor, db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    html = visitor.get("/val/chiffres/").content.decode()
    row = html.split('id="ch-atelier"')[1].split("</li>")[0]

    assert "environ 20&nbsp;emplois" in row
    assert "date non précisée" in row
    assert "valeur approchée" in row
    assert "Le livret</a>, 4e de couverture" in row


def test_a_number_that_nobody_gives_is_said_unknown_and_never_zero(visitor, db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    row = visitor.get("/val/chiffres/").content.decode().split('id="ch-discret"')[1].split("</li>")[0]

    assert "non connu" in row
    assert ">0" not in row


def test_a_disputed_figure_shows_both_statements_and_the_reading(visitor, db, tmp_path):
    load(tmp_path, portrait=PORTRAIT, chiffres=FIGURES, contradictions=DOUBT)

    response = visitor.get("/val/chiffres/")
    row = response.content.decode().split('id="ch-val"')[1].split('id="ch-')[0]

    assert all(words in row for words in ("En 2023", "En 2024", "Peut-être deux enquêtes."))
    assert response.context["page"].portrait[0].status == "contesté"


def test_claims_without_a_number_are_told_apart(visitor, db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    (claim,) = visitor.get("/val/chiffres/").context["page"].claims

    assert (claim.key, claim.summary, claim.source.locator) == ("af-baisse", "Le nombre baisse.", "p.\u00a032")


@pytest.mark.parametrize(
    ("who", "keys"),
    [
        ("visitor", {"ch-1"}),
        ("stranger", {"ch-1"}),
        ("member", {"ch-1", "ch-2"}),
        ("animator", {"ch-1", "ch-2", "ch-3"}),
    ],
)
def test_a_figure_is_shown_to_those_whom_it_is_for(request, db, who, keys, tmp_path):
    client = request.getfixturevalue(who)
    portrait = "portrait: [{libelle: Réservé, chiffre: ch-3}]\n"
    load(tmp_path, "valenciennois", portrait, chiffres=HIDDEN)

    page = client.get("/valenciennois/chiffres/").context["page"]

    assert figures_in(page) == keys
    assert len(page.portrait) == int("ch-3" in keys)


def test_a_figure_does_not_name_a_record_kept_to_the_team(visitor, animator, tmp_path):
    load(
        tmp_path,
        "valenciennois",
        chiffres=FIGURES.replace("territoire_mesure: val,", "territoire_mesure: valenciennois,"),
    )

    html = visitor.get("/valenciennois/chiffres/").content.decode()

    assert "La Discrète" not in html
    assert "discrete" not in html
    assert "La Discrète" in animator.get("/valenciennois/chiffres/").content.decode()


def test_figures_of_another_territory_stay_there(visitor, elsewhere, tmp_path):
    load(tmp_path, portrait=PORTRAIT, chiffres=FIGURES)

    page = visitor.get("/ailleurs/chiffres/").context["page"]

    assert (page.count, page.portrait, page.claims) == (0, (), ())


def test_an_empty_territory_says_what_will_be_here_and_what_to_do(visitor, elsewhere):
    html = visitor.get("/ailleurs/chiffres/").content.decode()

    assert "Ici se liront les chiffres du territoire" in html
    assert "chiffres.yaml" in html


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_figures(items, visitor, tmp_path, db, queries):
    keys = [f"ch-{place}" for place in range(items)]
    rows = "".join(
        f"  - {{id: {key}, libelle: Emplois, territoire_mesure: atelier, valeur: 2, unite: emplois, source: livret}}\n"
        for key in keys
    )
    claims = "".join(f"  - {{id: af-{place}, resume: Oui., source: livret}}\n" for place in range(items))
    portrait = "portrait:\n" + "".join(f"  - {{libelle: Emplois, chiffre: {key}}}\n" for key in keys)
    doubts = DOUBT.replace("objets: [ch-val]", f"objets: [{', '.join(keys)}]")
    load(
        tmp_path,
        portrait=portrait,
        chiffres=f"chiffres:\n{rows}affirmations_sans_chiffre:\n{claims}",
        contradictions=doubts,
    )

    with queries(8):
        visitor.get("/val/chiffres/")


def test_figures_are_found_with_their_value_and_tell_no_fact(db, tmp_path):
    load(tmp_path, chiffres=FIGURES)

    assert Entry.objects.get(key="ch-val").subtitle == "12 %"
    assert Entry.objects.get(key="af-baisse").url == "/val/chiffres/#af-baisse"
    assert not Fact.objects.filter(kind__in=["figure", "unquantified_claim"]).exists()
