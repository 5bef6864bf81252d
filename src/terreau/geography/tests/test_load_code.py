from datetime import date

import pytest

from terreau.geography import queries, services
from terreau.geography.models import Commune, Intercommunality, Membership
from terreau.geography.services.code import FILES
from terreau.geography.tests import cog_sample

pytestmark = pytest.mark.django_db
CAVM = "245901160"
needs_official_files = pytest.mark.skipif(
    not all((services.COG_FOLDER / name).is_file() for name in FILES),
    reason="the build has not fetched the official code",
)


@pytest.fixture
def sample(tmp_path):
    return cog_sample.write(tmp_path / "cog")


def rows():
    return [list(table.objects.order_by("pk").values()) for table in (Commune, Intercommunality, Membership)]


def test_loading_twice_writes_nothing_the_second_time(sample, django_assert_max_num_queries):
    first = services.load_code(folder=sample)
    before = rows()
    with django_assert_max_num_queries(20) as captured:
        second = services.load_code(folder=sample)
    written = [query["sql"] for query in captured if query["sql"].startswith("INSERT")]
    assert (first.written, second.written, written, rows()) == (2 + 3 + 8 + 2 + 4, 0, [], before)


def test_populations_of_members_are_those_of_the_intercommunality(sample):
    services.load_code(folder=sample)
    communes = queries.communes_of([CAVM])
    whole = Intercommunality.objects.get(siren=CAVM).population
    assert (sum(commune.population or 0 for commune in communes), whole) == (54_002, 54_002)


def test_an_old_code_leads_to_the_commune_of_today(sample):
    services.load_code(folder=sample)
    kinds = {code: Commune.objects.get(code=code).kind for code in ("59006", "59070", "59999", "20004")}
    assert kinds == {"59006": "current", "59070": "delegated", "59999": "former", "20004": "former"}
    assert [str(queries.current_commune(code)) for code in kinds] == [
        "L'Orée de Mormal", "L'Orée de Mormal", "Saint-Saulve", "Ajaccio",
    ]  # fmt: skip
    assert str(Commune.objects.get(code="59999")) == "ancienne commune 59999"


def test_a_department_brings_whole_the_intercommunalities_that_touch_it(sample):
    services.load_code(["02"], folder=sample)
    assert set(Commune.objects.values_list("code", flat=True)) == {"02001", "59006", "59070"}
    assert set(Intercommunality.objects.values_list("siren", flat=True)) == {"200043321"}


def test_a_second_department_adds_and_takes_nothing_away(sample):
    services.load_code(["59"], folder=sample)
    services.load_code(["2A"], folder=sample)
    assert queries.communes_of([CAVM], ["2A004"]).count() == 3


def test_loading_keeps_the_points(sample):
    services.load_code(folder=sample)
    Commune.objects.filter(code="59606").update(longitude=3.5, latitude=50.3, population=1)
    assert services.load_code(folder=sample).communes.updated == 1
    assert Commune.objects.get(code="59606").longitude == 3.5


def test_a_merger_of_the_next_year_ends_the_commune_and_moves_its_siren(sample, tmp_path):
    services.load_code(folder=sample)
    saulve = {
        "code": "59544",
        "nom": "Saint-Saulve",
        "type": "commune-deleguee",
        "chefLieu": "59606",
        "departement": "59",
    }
    merged = cog_sample.commune("59606", "Grand Valenciennes", 54_000, siren="215905447")
    epci = [cog_sample.intercommunality(CAVM, "CA Valenciennes Métropole", ["59606"]), cog_sample.EPCI[1]]
    following = cog_sample.write(tmp_path / "next", communes=[merged, *cog_sample.COMMUNES[2:], saulve], epci=epci)
    services.load_code(folder=following, year=2027)
    gone = Commune.objects.get(code="59544")
    assert (gone.kind, gone.succeeded_by_id, gone.until_year, gone.siren) == ("delegated", "59606", 2026, "")
    assert Commune.objects.get(code="59606").siren == "215905447"
    assert [commune.code for commune in queries.communes_of([CAVM])] == ["59606"]


def test_a_commune_that_changes_intercommunality_keeps_its_past(sample, tmp_path):
    services.load_code(folder=sample)
    epci = [
        cog_sample.intercommunality(CAVM, "CA Valenciennes Métropole", ["59606", "59544", "59006"]),
        cog_sample.intercommunality("200043321", "CC du Pays de Mormal", ["02001"], "CC"),
    ]
    services.load_code(folder=cog_sample.write(tmp_path / "next", epci=epci), year=2027)
    assert {commune.code for commune in queries.communes_of([CAVM], at=date(2026, 12, 31))} == {"59606", "59544"}
    assert {commune.code for commune in queries.communes_of([CAVM], at=date(2027, 1, 1))} == {"59606", "59544", "59006"}


def test_a_correction_within_a_year_leaves_no_false_past(sample, tmp_path):
    services.load_code(folder=sample)
    epci = [cog_sample.intercommunality(CAVM, "CA Valenciennes Métropole", ["59606"])]
    loaded = services.load_code(folder=cog_sample.write(tmp_path / "corrected", epci=epci))
    assert (loaded.memberships.closed, Membership.objects.count()) == (3, 1)
    assert Intercommunality.objects.get(siren="200043321").until_on == date(2025, 12, 31)


def test_a_commune_and_an_intercommunality_that_come_back_are_in_force_again(sample, tmp_path):
    services.load_code(folder=sample)
    part = {
        "code": "59544",
        "nom": "Saint-Saulve",
        "type": "commune-deleguee",
        "chefLieu": "59606",
        "departement": "59",
    }
    merged = cog_sample.write(
        tmp_path / "next", communes=[*cog_sample.COMMUNES[:1], *cog_sample.COMMUNES[2:], part], epci=cog_sample.EPCI[1:]
    )
    services.load_code(folder=merged, year=2027)
    services.load_code(folder=sample, year=2028)
    saulve = Commune.objects.get(code="59544")
    assert (saulve.kind, saulve.until_year, saulve.siren) == ("current", None, "215905447")
    assert Intercommunality.objects.get(siren=CAVM).until_on is None
    assert list(saulve.memberships.values_list("since_on", "until_on")) == [
        (None, date(2026, 12, 31)),
        (date(2028, 1, 1), None),
    ]


def test_missing_files_are_named_with_the_remedy(tmp_path):
    with pytest.raises(services.CodeFilesMissing, match=r"communes\.json.*pip install"):
        services.load_code(folder=tmp_path)


@pytest.mark.parametrize(
    "content", ["", "[1]", "{}", '[{"code": "59606"}]', '[{"type": "hameau", "code": "59606", "nom": "x"}]']
)
def test_files_of_something_else_are_refused_and_nothing_is_written(sample, content):
    (sample / "communes.json").write_text(content)
    with pytest.raises(services.CodeFilesUnreadable, match=r"pip install|même version"):
        services.load_code(folder=sample)
    assert not Commune.objects.exists()


def test_files_that_contradict_each_other_are_refused(tmp_path):
    epci = [
        {
            "code": CAVM,
            "nom": "CA",
            "type": "CA",
            "populationMunicipale": 1,
            "membres": [{"code": "59001", "populationMunicipale": 1}],
        }
    ]
    with pytest.raises(services.CodeFilesUnreadable, match="59001"):
        services.load_code(folder=cog_sample.write(tmp_path / "cog", epci=epci))


def test_an_unknown_department_is_refused(sample):
    with pytest.raises(services.UnknownDepartment, match="75"):
        services.load_code(["75"], folder=sample)


@needs_official_files
def test_the_pilot_intercommunality_has_its_35_communes_and_its_population():
    services.load_code(["59"])
    communes = queries.communes_of([CAVM])
    assert (len(communes), sum(commune.population or 0 for commune in communes)) == (35, 191_885)
    assert Intercommunality.objects.get(siren=CAVM).population == 191_885
    assert str(queries.current_commune("59070")) == "L'Orée de Mormal"


@needs_official_files
def test_the_whole_country_loads_and_loads_again_without_a_write():
    first, second = services.load_code(), services.load_code()
    assert (first.regions.created, first.departments.created, first.intercommunalities.created) == (26, 109, 1255)
    assert (Commune.objects.filter(kind="current").count(), Membership.objects.count()) == (34_969, 34_871)
    assert second.written == 0
