"""The list of the directory: search, facets, counts, order, pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from terreau.accounts.testing import TerritoryFactory
from terreau.directory.models import Organisation, Tally, YearTally
from terreau.directory.queries import Wanted, list_page
from terreau.directory.queries.matching import ask
from terreau.directory.services import tallies
from terreau.directory.tests.factories import (
    NameFactory,
    NatureFactory,
    OrganisationFactory,
    ScaleFactory,
    ThemeFactory,
    told,
)  # fmt: skip
from terreau.directory.tests.test_pages import LIST, text_of
from terreau.kernel.enums import Visibility
from terreau.kernel.pure.actor import VISITOR
from terreau.territory.models import Perimeter, PerimeterCommune


def test_the_directory_lists_names_acronyms_and_the_first_sentence(visitor, valenciennois):
    organisation = OrganisationFactory(
        territory=valenciennois, name="Pôle du Hainaut", commune="Anzin", summary="Il relie. Il anime.", start="2020"
    )
    NameFactory(organisation=organisation, name="PHARE", sort="sigle")
    told(organisation)

    page = text_of(visitor, LIST)

    assert "Pôle du Hainaut (PHARE)" in page
    assert "Association · Anzin" in page
    assert "<p>Il relie.</p>" in page
    assert "Il anime." not in page
    assert "depuis 2020" in page


def test_names_are_sorted_without_regard_to_accents(visitor, valenciennois):
    for name in ("Zénith", "École", "Atelier", "étoile"):
        told(OrganisationFactory(territory=valenciennois, name=name))
    page = text_of(visitor, LIST)
    assert sorted(("Zénith", "École", "Atelier", "étoile"), key=page.index) == ["Atelier", "École", "étoile", "Zénith"]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    for _ in range(size):
        organisation = OrganisationFactory.create(territory=valenciennois)
        organisation.themes.add(ThemeFactory.create(territory=valenciennois))
        NameFactory(organisation=organisation, sort="sigle")
        told(organisation)
    with queries(5):
        visitor.get(LIST)


def test_a_search_costs_the_same_for_one_or_three(visitor, valenciennois):
    costs = []
    for _ in range(3):
        told(OrganisationFactory(territory=valenciennois, name="Maison du vélo"))
        with CaptureQueriesContext(connection) as captured:
            visitor.get(f"{LIST}?q=velo&le=2012")
        costs.append(len(captured))
    assert len(set(costs)) == 1
    assert costs[0] <= 8


def test_the_list_is_cut_in_pages(visitor, valenciennois):
    for number in range(45):
        told(OrganisationFactory(territory=valenciennois, name=f"Structure {number:02}"))
    first, second = text_of(visitor, LIST), text_of(visitor, f"{LIST}?page=2")
    assert "45 organisations" in first
    assert ("Structure 39" in first, "Structure 40" in first, "Structure 40" in second) == (True, False, True)


def test_facets_count_what_each_choice_would_give(visitor, valenciennois):
    one = ThemeFactory.create(territory=valenciennois, key="velo", name="Vélo")
    two = ThemeFactory.create(territory=valenciennois, key="jardin", name="Jardin")
    for commune, themes in (("Anzin", [one]), ("Anzin", [one, two]), ("Condé", [two])):
        organisation = OrganisationFactory.create(territory=valenciennois, commune=commune)
        organisation.themes.set(themes)
        told(organisation)

    page = text_of(visitor, f"{LIST}?commune=Anzin")

    assert "2 organisations" in page
    assert '<option value="velo">Vélo (2)</option>' in page
    assert '<option value="jardin">Jardin (1)</option>' in page
    assert '<option value="Anzin" selected>Anzin (2)</option>' in page
    assert '<option value="Condé">Condé (1)</option>' in page


def test_scales_are_offered_in_their_order(visitor, valenciennois):
    for rank, name in ((3, "Anneau"), (1, "Commune"), (2, "Bassin")):
        told(
            OrganisationFactory(
                territory=valenciennois, scale=ScaleFactory(territory=valenciennois, name=name, rank=rank)
            )
        )
    page = text_of(visitor, LIST)
    offered = [f'<span>{name}</span><span class="count">1</span>' for name in ("Commune", "Bassin", "Anneau")]
    assert sorted(offered, key=page.index) == offered


def test_at_a_date_only_what_existed_or_may_have_is_listed(visitor, valenciennois):
    told(OrganisationFactory(territory=valenciennois, name="Déjà finie", start="1990", end="2008"))
    told(OrganisationFactory(territory=valenciennois, name="Pas encore née", start="2016"))
    told(OrganisationFactory(territory=valenciennois, name="Présente", start="2001"))
    told(OrganisationFactory(territory=valenciennois, name="Sans date"))

    page = text_of(visitor, f"{LIST}?le=2012")

    assert "2 organisations" in page
    assert "Déjà finie" not in page
    assert "Pas encore née" not in page
    assert page.index("Présente") < page.index("Sans date") < page.index("présence possible à cette date")
    assert page.count("présence possible à cette date") == 1


def test_a_date_that_cannot_be_read_is_explained_and_filters_nothing(visitor, valenciennois):
    told(OrganisationFactory(territory=valenciennois))
    page = text_of(visitor, f"{LIST}?le=vers-2012")
    assert "1 organisation" in page
    assert "pas une date EDTF" in page
    assert 'aria-invalid="true"' in page


def test_the_search_finds_by_another_name_and_says_so(visitor, valenciennois):
    organisation = OrganisationFactory(territory=valenciennois, name="Chez Oscaar")
    NameFactory(organisation=organisation, name="Tiers-lieu des Arts", sort="usage")
    told(organisation)
    told(OrganisationFactory(territory=valenciennois, name="Autre chose"))

    page = text_of(visitor, f"{LIST}?q=tiers-lieu des arts")

    assert "1 organisation" in page
    assert "Trouvée par : autre nom : Tiers lieu des arts" in page


def test_an_empty_directory_and_an_empty_answer_say_different_things(visitor, valenciennois):
    assert "Ici se liront les organisations" in text_of(visitor, LIST)
    told(OrganisationFactory(territory=valenciennois))
    assert "Aucune organisation ne répond" in text_of(visitor, f"{LIST}?commune=Nulle-part")


def test_an_organisation_is_found_by_what_its_description_says(visitor, valenciennois):
    told(OrganisationFactory(territory=valenciennois, name="Atelier", description="On y répare des accordéons."))
    page = text_of(visitor, f"{LIST}?q=accordeons")
    assert "1 organisation" in page
    assert "Trouvée par : texte" in page


def test_several_natures_are_one_or_the_other_and_facets_are_joined(visitor, valenciennois):
    theme = ThemeFactory.create(territory=valenciennois, key="velo", name="Vélo")
    for key in ("asso", "coop", "ville"):
        nature = NatureFactory(territory=valenciennois, key=key, name=key.upper())
        organisation = OrganisationFactory.create(territory=valenciennois, nature=nature, name=f"Chez {key}")
        if key != "asso":
            organisation.themes.add(theme)
        told(organisation)

    assert "2 organisations" in text_of(visitor, f"{LIST}?nature=asso&nature=coop")
    page = text_of(visitor, f"{LIST}?nature=asso&nature=coop&theme=velo")
    assert "1 organisation<" in page
    assert "Chez coop" in page
    assert '<option value="velo" selected>Vélo (1)</option>' in page
    assert 'value="ville"><span>VILLE</span><span class="count">1</span>' in page
    assert 'value="asso" checked><span>ASSO</span><span class="count">0</span>' in page


def test_a_word_that_no_vocabulary_holds_gives_nothing(visitor, valenciennois):
    told(OrganisationFactory(territory=valenciennois))
    for asked in ("theme=inconnu", "nature=inconnue", "echelle=inconnue", "commune=99999"):
        assert "Aucune organisation ne répond" in text_of(visitor, f"{LIST}?{asked}")


def test_archived_organisations_wait_until_they_are_asked_for(visitor, valenciennois):
    told(OrganisationFactory(territory=valenciennois, name="Toujours là"))
    told(OrganisationFactory(territory=valenciennois, name="Gardée pour mémoire", archived_on="2024-03-01"))
    page = text_of(visitor, LIST)
    assert "1 organisation<" in page
    assert "Gardée pour mémoire" not in page
    assert '<span>Montrer aussi les archivées</span><span class="count">1</span>' in page
    page = text_of(visitor, f"{LIST}?archives=avec")
    assert "2 organisations" in page
    assert "Fiche archivée le" in page


def test_the_latest_updates_may_come_first(visitor, valenciennois):
    for name, day in (("Abeille", "2020-01-01T00:00Z"), ("Zèbre", "2024-01-01T00:00Z")):
        told(OrganisationFactory(territory=valenciennois, name=name, updated_at=day))
    page = text_of(visitor, f"{LIST}?tri=recent")
    assert page.index("Zèbre</a>") < page.index("Abeille</a>")
    assert '<option value="recent" selected>' in page
    assert "filtre choisi" not in page


def test_spellings_of_one_commune_are_one_choice_under_its_official_name(visitor, valenciennois):
    perimeter = Perimeter.objects.create(territory=valenciennois, key="perimetre")
    PerimeterCommune.objects.create(
        perimeter=perimeter, code="59153", name="Condé-sur-l'Escaut", longitude=3, latitude=50
    )
    for commune in ("Condé-sur-Escaut", "CONDE SUR L'ESCAUT"):
        told(OrganisationFactory(territory=valenciennois, commune=commune, commune_code="59153"))
    page = text_of(visitor, LIST)
    assert '<option value="59153">Condé-sur-l&#x27;Escaut (2)</option>' in page.replace("l'E", "l&#x27;E")
    assert "2 organisations" in text_of(visitor, f"{LIST}?commune=59153")
    assert "1 organisation<" in text_of(visitor, f"{LIST}?commune=Condé-sur-Escaut")


def test_the_map_is_drawn_on_the_server_with_what_each_commune_would_give(visitor, valenciennois):
    perimeter = Perimeter.objects.create(territory=valenciennois, key="perimetre")
    for code, name in (("59014", "Anzin"), ("59383", "Marly")):
        PerimeterCommune.objects.create(
            perimeter=perimeter, code=code, name=name, longitude=3 + int(code) / 1e6, latitude=50
        )
    for commune, code in (("Anzin", "59014"), ("Anzin", "59014"), ("", "")):
        told(OrganisationFactory(territory=valenciennois, commune=commune, commune_code=code))
    page = text_of(visitor, LIST)
    assert "<title>Anzin : 2 organisations</title>" in page
    assert "<title>Marly : 0 organisation</title>" in page
    assert "1 organisation de la liste n'y est pas" in page


def test_a_country_types_its_commune(visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.queries.counting.MOST_SPREAD", 1)
    for commune in ("Anzin", "Marly"):
        told(OrganisationFactory(territory=valenciennois, commune=commune))
    page = text_of(visitor, LIST)
    assert '<input type="text" id="filter-commune" name="commune"' in page
    assert "1 organisation<" in text_of(visitor, f"{LIST}?commune=Anzin")


def test_the_last_numbered_page_says_that_there_are_more(visitor, valenciennois, monkeypatch):
    monkeypatch.setattr("terreau.directory.queries.listing.MOST_PAGES", 1)
    for _ in range(41):
        told(OrganisationFactory(territory=valenciennois))
    page = text_of(visitor, LIST)
    assert "41 organisations" in page
    assert "La liste s'arrête aux 40 premières" in page


def test_the_address_of_a_question_is_always_the_same():
    asked = Wanted.of(["q=vélo", "echelle=b", "nature=b", "nature=a", "nature=a", "tri=pertinence", "page=3", "le=2018"] and {
        "q": "vélo", "echelle": ["b"], "nature": ["b", "a", "a"], "tri": "pertinence", "page": "3", "le": "2018",
    })  # fmt: skip
    assert asked.query == "q=v%C3%A9lo&nature=b&nature=a&echelle=b&le=2018"
    assert Wanted.of({}).query == ""


# Tallies


def plain(territory) -> dict[tuple[object, ...], int]:
    """Count again, one organisation after the other."""
    counts: dict[tuple[object, ...], int] = {}
    for one in Organisation.objects.filter(territory=territory).prefetch_related("themes"):
        for theme in (None, *(theme.pk for theme in one.themes.all())):
            for level in Tally.LEVELS:
                if level and one.cell is None:
                    continue
                cell = one.cell >> 2 * (16 - level) if level else 0
                key = (level, cell, one.visibility, one.archived_on is not None, one.nature_id, one.scale_id, theme)
                counts[key] = counts.get(key, 0) + 1
            for is_end, day in ((False, one.start_earliest), (True, one.end_latest)):
                if day is not None:
                    kind = (one.visibility, one.archived_on is not None, one.nature_id, one.scale_id, theme)
                    counts[is_end, day.year, kind] = counts.get((is_end, day.year, kind), 0) + 1
    return counts


def tallied(territory) -> dict[tuple[object, ...], int]:
    counts: dict[tuple[object, ...], int] = {}
    for row in Tally.objects.filter(territory=territory):
        key = (row.level, row.cell, row.visibility, row.is_archived, row.nature_id, row.scale_id, row.theme_id)
        counts[key] = counts.get(key, 0) + row.count
    for year in YearTally.objects.filter(territory=territory):
        kind = (year.visibility, year.is_archived, year.nature_id, year.scale_id, year.theme_id)
        counts[year.is_end, year.year, kind] = counts.get((year.is_end, year.year, kind), 0) + year.count
    return {key: count for key, count in counts.items() if count}


STEPS = some.lists(
    some.tuples(
        some.sampled_from(
            ["make", "make", "nature", "scale", "cell", "life", "hide", "archive", "theme", "untheme", "delete", "bulk"]
        ),
        some.integers(0, 5),
    ),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_tallies_equal_a_plain_count_whatever_is_written(steps):  # noqa: C901 -- one case for each thing that may be written
    territory = TerritoryFactory.create()
    natures = [NatureFactory.create(territory=territory) for _ in range(2)]
    scales = [None, ScaleFactory.create(territory=territory)]
    themes = [ThemeFactory.create(territory=territory) for _ in range(2)]
    made: list[Organisation] = []
    for step, number in steps:
        one = made[number % len(made)] if made else None
        rows = Organisation.objects.filter(pk=one.pk) if one else Organisation.objects.none()
        match step:
            case "make":
                made.append(
                    OrganisationFactory.create(territory=territory, nature=natures[number % 2], cell=number * 2**20)
                )
            case "bulk":
                made += Organisation.objects.bulk_create(
                    OrganisationFactory.build(territory=territory, nature=natures[at % 2]) for at in range(number)
                )
            case "nature":
                rows.update(nature=natures[number % 2])
            case "scale":
                Organisation.objects.filter(territory=territory).update(scale=scales[number % 2])
            case "cell":
                rows.update(cell=number * 2**19 if number else None, longitude=number, latitude=number)
            case "life":
                rows.update(
                    start=["", "1990", "1990-05"][number % 3],
                    end=["", "..", "2008", "0999"][number % 4 if number % 3 == 0 else 0],
                )
            case "hide":
                rows.update(visibility=[Visibility.TEAM, Visibility.PUBLIC][number % 2])
            case "archive":
                rows.update(archived_on="2024-01-01" if number % 2 else None)
            case "theme" if one:
                one.themes.add(themes[number % 2])
            case "untheme" if one:
                one.themes.set([themes[number % 2]] if number > 2 else [])
            case "delete" if one:
                made.remove(one)
                one.delete()
    assert tallied(territory) == plain(territory)
    tallies.refill(connection)
    assert tallied(territory) == plain(territory)


def test_tallies_are_made_again_when_their_triggers_are_lost(valenciennois):
    tallies.drop(connection)
    OrganisationFactory(territory=valenciennois)
    assert tallied(valenciennois) == {}
    tallies.heal()
    assert tallied(valenciennois) == plain(valenciennois) != {}


def test_counts_from_tallies_and_from_rows_agree(valenciennois):
    natures = [NatureFactory.create(territory=valenciennois) for _ in range(3)]
    themes = [ThemeFactory.create(territory=valenciennois, key=f"t{at}") for at in range(3)]
    for at in range(30):
        one = OrganisationFactory.create(territory=valenciennois, nature=natures[at % 3], commune="Anzin")
        one.themes.set(themes[: at % 4])
        told(one)
    for asked in (
        {},
        {"theme": "t1"},
        {"nature": [natures[0].key, natures[1].key]},
        {"theme": "t2", "nature": natures[2].key},
    ):
        wanted, live = Wanted.of(asked), Wanted.of({**asked, "commune": "Anzin"})
        tallied_page, live_page = (list_page(VISITOR, valenciennois, question, None) for question in (wanted, live))
        assert tallied_page.total == live_page.total == ask(VISITOR, valenciennois, wanted).rows().distinct().count()
        assert [facet.options for facet in tallied_page.facets if facet.name != "commune"] == [
            facet.options for facet in live_page.facets if facet.name != "commune"
        ]


DATES = ("", "..", "1989", "1990", "1990-02", "1990-06-30", "1990-11-03", "1991", "199X", "1990/1991", "2001-09~")
LIVES = some.lists(
    some.tuples(some.sampled_from(DATES), some.sampled_from(DATES), some.integers(0, 23), some.booleans()), max_size=12
)
ASKED = some.fixed_dictionaries(
    {"le": some.sampled_from([*DATES[2:], "1990-12-31", "1990-01-01", "1990-06", "1990-07-01", "1990/..", "../1990"])},
    optional={
        "nature": some.sampled_from([["n0"], ["n0", "n1"], ["none"]]),
        "echelle": some.just("e"),
        "theme": some.sampled_from(["t0", "t1"]),
        "archives": some.just("avec"),
        "commune": some.just("Anzin"),
    },
)


def lived(territory, lives) -> None:
    """Make organisations of these lives, kinds and states; a life that the database refuses is left out."""
    natures = [NatureFactory.create(territory=territory, key=f"n{at}") for at in range(2)]
    scales = [None, ScaleFactory.create(territory=territory, key="e")]
    themes = [ThemeFactory.create(territory=territory, key=f"t{at}") for at in range(2)]
    for start, end, number, is_hidden in lives:
        one = OrganisationFactory.build(
            territory=territory, nature=natures[number % 2], scale=scales[number // 2 % 2], start="" if start == ".." else start,
            end=end, commune=["Anzin", ""][number % 3 == 0], archived_on="2024-01-01" if number % 5 == 0 else None,
            visibility=Visibility.TEAM if is_hidden else Visibility.PUBLIC,
        )  # fmt: skip
        Organisation._meta.get_field("start").pre_save(one, add=True)
        Organisation._meta.get_field("end").pre_save(one, add=True)
        if one.start_earliest and one.end_latest and one.start_earliest > one.end_latest:  # type: ignore[attr-defined]
            continue
        one.save()
        one.themes.set(themes[: number % 3])


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES, ASKED, some.sampled_from([0, 5_000]))
def test_counts_equal_a_plain_count_whatever_is_asked_at_whatever_date(monkeypatch, lives, asked, most):
    monkeypatch.setattr("terreau.directory.queries.counting.MOST_SPREAD", most)
    territory = TerritoryFactory.create()
    lived(territory, lives)
    wanted = Wanted.of(asked)
    assert wanted.when
    page = list_page(VISITOR, territory, wanted, None)
    answer = set(ask(VISITOR, territory, wanted).rows().values_list("pk", flat=True))
    assert page.total == len(answer) == len(page.results.object_list)
    assert {row.organisation.pk for row in page.results.object_list} == answer
    for facet in page.facets:
        for option in facet.options:
            if facet.name in ("nature", "echelle", "theme"):
                other = Wanted.of({**asked, facet.name: option.value})
                assert option.count == ask(VISITOR, territory, other).rows().count()
            elif facet.name == "archives":
                every = ask(VISITOR, territory, Wanted.of({**asked, "archives": "avec"})).rows()
                assert option.count == every.exclude(archived_on=None).count()


def test_a_date_costs_the_list_no_query(valenciennois):
    lived(valenciennois, [("1990", "", 1, False), ("1989", "1990-02", 2, False)])
    costs = []
    for asked in ({}, {"le": "1990"}, {"le": "1990-03-05/1990-08"}):
        with CaptureQueriesContext(connection) as captured:
            list_page(VISITOR, valenciennois, Wanted.of(asked), None)
        costs.append(len(captured))
    assert costs == [4, 4, 4]
