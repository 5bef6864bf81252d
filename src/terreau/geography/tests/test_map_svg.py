import re
from itertools import combinations
from math import pi
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.geography.pure.map_svg import MARGIN, Outline, Place, dots_of, draw, labels_of
from terreau.geography.pure.projection import box_of, frame

SVG = "{http://www.w3.org/2000/svg}"
PLACES = [
    Place("59606", "Valenciennes", 3.51, 50.36, 43_000, "Valenciennes : 43 000 habitants"),
    Place("59014", "Anzin", 3.50, 50.37, 13_000),
    Place("59530", "Saint-Aybert", 3.66, 50.43, 350),
    Place("59001", "Les <Prés> & Cie", 3.40, 50.30),
]
PLACE = st.builds(
    Place,
    code=st.text("0123456789", min_size=5, max_size=5),
    name=st.text(min_size=1, max_size=40, alphabet=st.characters(codec="utf-8", categories=("L", "Zs", "P"))),
    longitude=st.floats(3.2, 3.8),
    latitude=st.floats(50.1, 50.6),
    population=st.none() | st.integers(0, 300_000),
)


def drawn(places, **options):
    return ET.fromstring(draw(places, title="Les communes", description="Quatre communes.", **options))


def test_the_map_says_its_title_and_description():
    svg = drawn(PLACES, prefix="home")
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    assert svg.get("role") == "img"
    assert [named[name] for name in svg.get("aria-labelledby").split()] == ["Les communes", "Quatre communes."]


def test_the_surface_of_a_dot_is_in_proportion_to_its_population():
    circles = {circle.get("data-code"): float(circle.get("r")) for circle in drawn(PLACES).iter(f"{SVG}circle")}
    surfaces = {code: pi * radius**2 for code, radius in circles.items()}
    assert surfaces["59606"] / surfaces["59014"] == pytest.approx(43 / 13, rel=0.01)


def test_an_unknown_population_has_its_own_class():
    kinds = {circle.get("data-code"): circle.get("class") for circle in drawn(PLACES).iter(f"{SVG}circle")}
    assert (kinds["59001"], kinds["59530"]) == ("map-dot map-dot-unknown", "map-dot")


def test_names_are_escaped_and_no_style_is_inline():
    text = draw(
        PLACES,
        title='"Titre" <b>',
        description="&",
        outlines=[Outline('"><script>', (((((0, 0), (1, 0), (1, 1), (0, 0))),),))],
    )
    assert "<script>" not in text
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert {title.text for title in ET.fromstring(text).iter(f"{SVG}title")} >= {
        '"Titre" <b>',
        "Les <Prés> & Cie",
    }


def test_an_outline_is_a_path_under_the_dots():
    square = (((((3.4, 50.3), (3.6, 50.3), (3.6, 50.4), (3.4, 50.3))),),)
    tags = [element.tag.removeprefix(SVG) for element in drawn(PLACES, outlines=[Outline("59606", square)])]
    assert tags.index("path") < tags.index("circle") < tags.index("text")


def test_nothing_to_draw_is_nothing():
    assert draw([], title="Rien", description="Rien.") == ""


def test_a_single_commune_stands_in_the_middle():
    svg = drawn(PLACES[:1])
    circle = next(svg.iter(f"{SVG}circle"))
    assert float(circle.get("cx")) == pytest.approx(float(svg.get("viewBox").split()[2]) / 2)


@given(st.lists(PLACE, min_size=1, max_size=30))
def test_written_names_never_overlap_nor_leave_the_drawing(places):
    box = box_of([(place.longitude, place.latitude) for place in places])
    assert box is not None
    drawing = frame(box, width=640, margin=MARGIN, tallest=640)
    labels = labels_of(dots_of(places, drawing), drawing, most=12)
    assert not any(one.rectangle.meets(other.rectangle) for one, other in combinations(labels, 2))
    assert all(label.rectangle.is_within(drawing.width, drawing.height) for label in labels)


@given(st.lists(PLACE, max_size=30))
def test_the_map_is_always_well_formed(places):
    text = draw(places, title="Carte", description="Des communes.")
    assert not text or len(list(ET.fromstring(text).iter(f"{SVG}circle"))) == len(places)
