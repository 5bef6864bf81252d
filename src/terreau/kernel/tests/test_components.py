from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from terreau.kernel import navigation
from terreau.kernel.components import Band, Column, Facet, FactLine, Option, Pair, SourceLine, Tag
from terreau.kernel.navigation import Group, NavItem
from terreau.kernel.templatetags import terreau as tags


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.fixture(autouse=True)
def french():
    with override("fr"):
        yield


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (7892, None, "7\u00a0892", "7,892"),
        (10.3, None, "10,3", "10.3"),
        (12.0, None, "12", "12"),
        (Decimal("1234.50"), 2, "1\u00a0234,50", "1,234.50"),
        (-3, None, "\u22123", "\u22123"),
        (0, None, "0", "0"),
    ],
)
def test_a_number_is_written_as_its_reader_writes_it(value, decimals, french, english):
    written = tags.number(value, decimals)
    with override("en"):
        assert (written, tags.number(value, decimals)) == (french, english)


def test_an_unknown_number_is_never_shown_as_zero():
    assert (tags.number(None), tags.percent(None), tags.euros(None)) == ("non connu",) * 3


def test_a_share_becomes_a_percentage_with_its_space():
    assert (tags.percent(0.103), tags.percent(1), tags.percent(0.5, 0)) == ("10,3\u00a0%", "100\u00a0%", "50\u00a0%")


def test_an_amount_shows_its_cents_only_when_it_has_some():
    assert (tags.euros(10000), tags.euros(Decimal("12.50"))) == ("10\u00a0000\u00a0€", "12,50\u00a0€")


def test_data_is_typeset_in_french_only():
    with override("en"):
        english = tags.typeset("L'appel : ouvert")
    assert (tags.typeset("L'appel : ouvert"), english) == ("L’appel\u00a0: ouvert", "L&#x27;appel : ouvert")


def test_typesetting_escapes_what_is_not_markup():
    assert tags.typeset("<b>L'eau</b>") == "&lt;b&gt;L’eau&lt;/b&gt;"


def test_typesetting_leaves_the_tags_of_safe_markup_alone():
    assert tags.typeset(mark_safe("<a href=\"/?q=l'eau\">l'eau</a>")) == '<a href="/?q=l\'eau">l’eau</a>'


def test_markdown_keeps_structure_and_refuses_markup_and_scripts():
    html = tags.markdown("# Titre\n\n**gras** <script>x</script> [lien](javascript:alert)")
    assert ("<h2>Titre</h2>" in html, "<strong>gras</strong>" in html, "<script" in html, "href" in html) == (
        True,
        True,
        False,
        False,
    )


@pytest.mark.parametrize(("value", "word"), [("etablie", "établie"), ("deduite", "déduite"), ("percue", "perçue")])
def test_certainty_is_said_by_a_word_and_not_only_by_a_line(value, word):
    assert render("{% certainty value %}", value=value) == f'<span class="certainty certainty-{value}">{word}</span>'


def test_an_absent_certainty_shows_nothing():
    assert render("{% certainty '' %}") == ""


def test_only_a_full_date_is_given_to_machines():
    assert (
        render("{% edtf value %}", value="2018-11-17"),
        "datetime" in render("{% edtf value %}", value="2001~"),
    ) == (
        '<time datetime="2018-11-17">17\u00a0novembre 2018</time>',
        False,
    )


def test_a_date_of_python_is_written_in_words_too():
    assert "17\u00a0novembre 2018" in render("{% edtf value %}", value=date(2018, 11, 17))


def test_a_date_that_cannot_be_read_is_shown_as_it_is():
    assert render("{% edtf value %}", value="<hier>") == "&lt;hier&gt;"


def test_a_period_is_said_in_words():
    assert render("{% period '2016' '2021' %}") == '<span class="date">de 2016 à 2021</span>'


def test_a_period_of_which_nothing_is_known_shows_nothing():
    assert render("{% period '' None %}") == ""


def test_a_card_escapes_all_that_it_is_given():
    html = render(
        "{% card title=x href=x kicker=x text=x meta=x themes=themes %}", x='<i>"', themes=[Tag(label="<i>", url="/a")]
    )
    assert ("<i>" in html, html.count("&lt;i&gt;")) == (False, 6)


def test_a_card_without_address_is_not_a_link():
    assert (
        render("{% card title='Seule' level=3 %}")
        == '<article class="card"><h3 class="card-title">Seule</h3></article>'
    )


def test_bands_that_mean_something_have_a_name_and_others_are_hidden():
    bands = [Band(start=0, end=0.5), Band(start=0.5, end=1, row=4, certainty="deduite")]
    named, hidden = (render("{% strata bands label %}", bands=bands, label=label) for label in ("Trois ans", ""))
    assert (
        'role="img" aria-label="Trois ans"' in named,
        'aria-hidden="true"' in hidden,
        'viewBox="0 0 1000 40"' in named,
    ) == (True,) * 3


def test_no_band_draws_nothing():
    assert render("{% strata bands %}", bands=[]) == ""


def test_a_figure_travels_with_what_it_needs():
    html = render("{% figure value=7892 label='emplois' unit='ETP' area='ici' period='2022' source='Flores' %}")
    assert [part in html for part in ("7\u00a0892", "emplois", "ETP", "ici", "2022", "Flores")] == [True] * 6


def test_a_figure_without_source_says_so():
    assert "sans source" in render("{% figure value=1 label='fois' %}")


def test_an_unknown_figure_has_no_unit():
    html = render("{% figure value=None label='bénévoles' unit='ETP' %}")
    assert ("non connu" in html, "ETP" in html) == (True, False)


def test_identity_leaves_out_what_is_not_known():
    html = render(
        "{% identity pairs %}",
        pairs=[Pair(term="Nature", value="scop"), Pair(term="Emplois", value=None), Pair(term="Dons", value=0)],
    )
    assert ("Emplois" in html, "Dons" in html) == (False, True)


def test_a_statement_shows_its_sources_and_what_they_say():
    html = render(
        "{% sources items %}",
        items=[SourceLine(title="Livret", locator="p. 22-23", certainty="deduite", stated="soixante")],
    )
    assert [part in html for part in ("Livret", "p.", "22-23", "déduite", "soixante")] == [True] * 5


def test_a_statement_without_source_says_so():
    assert "Aucune source" in render("{% sources items %}", items=[])


def test_facts_are_a_list_in_the_order_given():
    html = render("{% facts items %}", items=[FactLine(on="2019", title="B"), FactLine(on="2012", title="A")])
    assert html.index("2019") < html.index("2012")


def test_a_table_aligns_numbers_and_names_its_rows():
    html = render(
        "{% table 'Emplois' columns rows %}",
        columns=[Column(label="Famille"), Column(label="Emplois", numeric=True)],
        rows=[("scop", 7892), ("scic", None)],
    )
    assert [
        part in html
        for part in (
            '<th scope="row">scop</th>',
            '<td class="num">7\u00a0892</td>',
            '<td class="num">non connu</td>',
            'tabindex="0"',
        )
    ] == [True] * 4


def test_a_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="shorter"):
        render("{% table 'T' columns rows %}", columns=[Column(label="A"), Column(label="B")], rows=[("seul",)])


def test_an_empty_place_says_what_why_and_what_to_do_first():
    html = render("{% empty 'Ici' 'parce que' 'commencez' '/la/' 'Inscrire' %}")
    assert [
        part in html for part in ("Ici", "parce que", "commencez", '<a class="button" href="/la/">Inscrire</a>')
    ] == [True] * 4


def test_pages_keep_the_other_parameters_of_the_address():
    html = render("{% pagination page query %}", page=Paginator(range(50), 10).page(2), query=QueryDict("q=eau&page=2"))
    assert ("?q=eau&amp;page=3" in html, 'aria-current="page">2<' in html) == (True, True)


def test_a_single_page_is_not_numbered():
    assert render("{% pagination page query %}", page=Paginator(range(5), 10).page(1), query=QueryDict()) == ""


def test_filters_say_how_many_results_there_are_and_keep_the_choice():
    facets = [
        Facet(
            name="theme",
            label="Thème",
            options=[Option(value="a", label="A", count=3, selected=True), Option(value="b", label="B")],
        )
    ]
    html = render("{% filters facets 1048 %}", facets=facets)
    assert [
        part in html
        for part in (
            "1\u00a0048 résultats",
            'value="a" checked',
            "1 filtre choisi",
            '<details class="filters-more" open>',
        )
    ] == [True] * 4


def test_a_notice_of_an_unknown_kind_is_an_information():
    assert 'class="notice notice-info"' in render("{% notice 'texte' 'étrange' %}")


class OneField(forms.Form):
    name = forms.CharField(label="Nom", help_text="Tel qu'écrit.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_is_tied_to_its_label_its_help_and_its_error():
    html = render("{% field form.name %}", form=OneField({}))
    parts = (
        '<label for="id_name">',
        'aria-describedby="id_name_helptext id_name_error"',
        'id="id_name_helptext"',
        'id="id_name_error"',
        'aria-invalid="true"',
    )
    assert [part in html for part in parts] == [True] * 5


def test_the_summary_of_errors_leads_to_each_field():
    assert '<a href="#id_name">' in render("{% errors form %}", form=OneField({}))


def test_a_form_without_error_has_no_summary():
    assert render("{% errors form %}", form=OneField({"name": "x"})) == ""


def test_hidden_fields_of_a_form_are_not_lost():
    assert 'type="hidden" name="token"' in render("{% fields form %}", form=OneField())


@pytest.fixture
def empty_navigation(monkeypatch):
    monkeypatch.setattr(navigation, "_items", [])
    monkeypatch.setattr(navigation, "_bands", [])


@pytest.mark.usefixtures("empty_navigation")
def test_links_of_the_head_come_in_order_and_once():
    navigation.register(
        NavItem("B", "b", 20), NavItem("A", "a", 10), NavItem("B2", "b", 5), NavItem("C", "c", 1, Group.ACT)
    )
    assert [item.label for item in navigation.items_of(Group.DISCOVER)] == ["B2", "A"]


@pytest.mark.usefixtures("empty_navigation")
def test_the_rule_of_the_head_is_drawn_from_the_territory_only():
    navigation.draw_head_with(lambda _territory: [Band(start=0, end=1)])
    assert (len(navigation.head_bands("here")), len(navigation.head_bands(None))) == (1, 0)


class SeveralChoices(forms.Form):
    needs = forms.MultipleChoiceField(label="Besoins", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)


def test_the_summary_of_errors_leads_to_the_first_of_several_choices():
    html = render("{% fields form %}", form=SeveralChoices({}))
    assert ('href="#id_needs_0"' in html, 'id="id_needs_0"' in html) == (True, True)
