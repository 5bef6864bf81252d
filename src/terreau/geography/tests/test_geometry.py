import io
import json
from email.message import Message
from urllib.error import HTTPError, URLError

import pytest

from terreau.geography import queries, services
from terreau.geography.models import Commune, Shape
from terreau.geography.services import online
from terreau.geography.tests import cog_sample
from terreau.geography.tests.cog_sample import square

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes(tmp_path):
    services.load_code(folder=cog_sample.write(tmp_path / "cog"))


def collection(*features):
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features
        ],
    }


def load(payload):
    return services.load_points_and_shapes(payload, source="Essai", vintage="2026")


def test_a_collection_gives_point_surface_and_outline_and_changes_nothing_twice(communes):
    payload = collection(({"code_insee": "59606"}, square(3.5, 50.3)), ({"siren": "245901160"}, square(3.4, 50.2, 0.4)))
    first, second = load(payload), load(payload)
    valenciennes = Commune.objects.get(code="59606")
    assert (first.communes, first.shapes, first.unchanged, first.problems) == (1, 2, 0, ())
    assert (second.communes, second.shapes, second.unchanged) == (0, 0, 2)
    assert (valenciennes.longitude, valenciennes.latitude) == pytest.approx((3.55, 50.35))
    assert valenciennes.area_km2 == pytest.approx(79, rel=0.01)
    assert valenciennes.density == pytest.approx(43_001 / (valenciennes.area_km2 or 0))
    assert queries.shapes_of(["245901160"]).get().geojson["bbox"] == [3.4, 50.2, 3.8, 50.6]


def test_a_point_given_inside_is_kept_and_one_outside_is_replaced(communes):
    centre = {"type": "Point", "coordinates": [3.51, 50.31]}
    load(
        [
            {"code": "59606", "nom": "Valenciennes", "centre": centre, "contour": square(3.5, 50.3)},
            {"code": "59544", "nom": "Saint-Saulve", "centre": centre, "contour": square(3.7, 50.3)},
        ]
    )
    points = {
        commune.code: (commune.longitude, commune.latitude) for commune in Commune.objects.exclude(longitude=None)
    }
    assert points == {"59606": (3.51, 50.31), "59544": (pytest.approx(3.75), pytest.approx(50.35))}


def test_each_feature_left_out_says_its_rank_its_code_and_a_remedy(communes):
    lambert = {"type": "Polygon", "coordinates": [[[736000, 7027000], [736900, 7027000], [736000, 7027900]]]}
    loaded = load(
        collection(
            ({"nom": "Sans code"}, square(3, 50)),
            ({"code_insee": "59606"}, lambert),
            ({"code_insee": "75056"}, square(2, 48)),
            ({"code_insee": "59070"}, square(3, 50)),
            ({"code_insee": "59544"}, square(3.5, 50.3)),
            ({"code_insee": "59544"}, square(3.6, 50.3)),
        )
    )
    assert [(problem.index, problem.code) for problem in loaded.problems] == [
        (0, ""), (1, "59606"), (2, "75056"), (3, "59070"), (5, "59544"),
    ]  # fmt: skip
    assert "WGS 84" in loaded.problems[1].remedy
    assert "59006" in loaded.problems[3].message
    assert set(Shape.objects.values_list("code", flat=True)) == {"59544"}


@pytest.mark.parametrize("payload", [{}, [], [1], "texte", None, {"type": "FeatureCollection"}])
def test_something_else_than_features_is_refused_or_reported_and_writes_nothing(communes, payload):
    if payload == {}:
        assert len(load(payload).problems) == 1
    else:
        with pytest.raises(services.GeometryUnreadable, match="FeatureCollection"):
            load(payload)
    assert not Shape.objects.exists()


def test_a_file_that_is_not_json_is_refused_by_name(communes, tmp_path):
    (tmp_path / "contours.geojson").write_bytes(b"\xff\xfe<kml>")
    with pytest.raises(services.GeometryUnreadable, match=r"contours\.geojson"):
        load(tmp_path / "contours.geojson")
    with pytest.raises(services.GeometryUnreadable, match=r"absent\.geojson"):
        load(tmp_path / "absent.geojson")


ANSWERS = {
    "https://geo.example/epcis/245901160": {
        "nom": "CA Valenciennes Métropole",
        "code": "245901160",
        "contour": square(3.4, 50.2, 0.4),
    },
    "https://geo.example/epcis/245901160/communes": [
        {
            "nom": "Valenciennes",
            "code": "59606",
            "centre": {"type": "Point", "coordinates": [3.55, 50.35]},
            "contour": square(3.5, 50.3),
        }
    ],
}


@pytest.fixture
def network(monkeypatch, settings):
    """The network's edge: addresses to recorded bytes, or to the error that they raise."""
    settings.TERREAU_GEO_API = "https://geo.example/"
    answers = {address: json.dumps(answer).encode() for address, answer in ANSWERS.items()}

    def answer(request, timeout):
        body = answers.get(request.full_url.partition("?")[0])
        if isinstance(body, Exception):
            raise body
        if body is None:
            raise HTTPError(request.full_url, 404, "Not Found", Message(), io.BytesIO())
        return io.BytesIO(body)

    monkeypatch.setattr(online, "urlopen", answer)
    return answers


def test_shapes_are_fetched_for_an_intercommunality_and_its_communes(communes, network):
    loaded = services.fetch_geometry("245901160")
    assert (loaded.communes, loaded.shapes, loaded.problems) == (1, 2, ())
    assert {outline.code for outline in queries.outlines(["59606", "245901160"])} == {"59606", "245901160"}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (URLError("no route"), "hors ligne"),
        (TimeoutError(), "hors ligne"),
        (b"<html>", "autre chose"),
        (b"{}", "autre chose"),
        (None, "ne connaît pas"),
    ],
)
def test_a_service_that_does_not_answer_is_told_in_words_and_nothing_is_written(communes, network, answer, words):
    network["https://geo.example/epcis/245901160/communes"] = answer
    with pytest.raises(services.GeometryUnavailable, match=words):
        services.fetch_geometry("245901160")
    assert not Shape.objects.exists()


def test_a_wrong_siren_asks_nothing_of_the_network(settings):
    with pytest.raises(services.GeometryUnavailable, match="neuf chiffres"):
        services.fetch_geometry("245901161")
