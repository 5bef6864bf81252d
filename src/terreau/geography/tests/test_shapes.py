from itertools import pairwise
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.geography.pure import shapes
from terreau.geography.pure.projection import Box, box_of, frame, kilometres_from

HORSESHOE = (
    ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (9.0, 10.0), (9.0, 1.0), (1.0, 1.0), (1.0, 10.0), (0.0, 10.0), (0.0, 0.0)),
)
SQUARE = ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0), (0.0, 0.0))
HOLE = ((1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0))

REACHES = st.lists(st.floats(min_value=0.01, max_value=1.0), min_size=3, max_size=40)


def star(reaches, centre=(3.5, 50.3)):
    """A polygon seen whole from its centre: any shape of a commune that has no spiral."""
    step = 2 * pi / len(reaches)
    ring = [
        (centre[0] + reach * cos(rank * step), centre[1] + reach * sin(rank * step))
        for rank, reach in enumerate(reaches)
    ]
    return ((((*ring, ring[0])),),)


@given(REACHES)
def test_the_computed_point_lies_inside(reaches):
    shape = star(reaches)
    assert shapes.contains(shape, shapes.point_inside(shape))


def test_the_point_of_a_horseshoe_is_not_its_centroid_in_the_void():
    point = shapes.point_inside((HORSESHOE,))
    assert shapes.contains((HORSESHOE,), point)
    assert not shapes.contains((HORSESHOE,), (5.0, 5.0))


def test_the_point_avoids_a_hole():
    shape = ((SQUARE, HOLE),)
    assert not shapes.contains(shape, (1.5, 1.5))
    assert shapes.contains(shape, shapes.point_inside(shape))


def test_the_point_is_in_the_largest_island():
    islet = (tuple((x / 100 + 40, y / 100) for x, y in SQUARE),)
    assert shapes.contains(((SQUARE,),), shapes.point_inside((islet, (SQUARE,))))


@given(REACHES)
def test_a_surface_does_not_depend_on_the_direction_of_drawing(reaches):
    shape = star(reaches)
    reverse = tuple(tuple(tuple(reversed(ring)) for ring in polygon) for polygon in shape)
    assert shapes.area_km2(reverse) == pytest.approx(shapes.area_km2(shape))


def test_the_surface_of_a_degree_on_the_equator_is_right():
    degree = ((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)),),)
    assert shapes.area_km2(degree) == pytest.approx(12364, rel=0.001)


def test_a_hole_is_taken_out_of_the_surface():
    assert shapes.area_km2(((SQUARE, HOLE),)) < shapes.area_km2(((SQUARE,),)) * 8.01 / 9


@given(REACHES, st.floats(min_value=1, max_value=20_000))
def test_no_lost_vertex_is_farther_than_the_tolerance(reaches, tolerance):
    shape = star(reaches)
    simple = shapes.simplified(shape, tolerance_m=tolerance)
    origin = shapes.box_around(shape).middle
    after = [kilometres_from(origin, position) for position in simple[0][0]]
    for position in shape[0][0]:
        point = kilometres_from(origin, position)
        nearest = min(shapes._distance(point, start, end) for start, end in pairwise(after))
        assert nearest <= tolerance / 1000 + 1e-9


@given(REACHES)
def test_a_shape_written_then_read_is_the_same_to_a_metre(reaches):
    shape = star(reaches)
    again = shapes.read_shape(shapes.as_geojson(shape))
    gaps = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in zip(shape[0][0], again[0][0], strict=True)]
    assert max(gaps) < 10**-shapes.DECIMALS


@pytest.mark.parametrize(
    ("geometry", "flaw"),
    [
        (None, shapes.Flaw.MISSING),
        ("POLYGON", shapes.Flaw.MALFORMED),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, shapes.Flaw.NOT_A_SURFACE),
        ({"type": "Polygon"}, shapes.Flaw.MALFORMED),
        ({"type": "Polygon", "coordinates": []}, shapes.Flaw.MALFORMED),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, shapes.Flaw.MALFORMED),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, "1"], [1, 0]]]}, shapes.Flaw.MALFORMED),
        ({"type": "Polygon", "coordinates": [[[0, 0], [True, 1], [1, 0]]]}, shapes.Flaw.MALFORMED),
        (
            {"type": "Polygon", "coordinates": [[[736000, 7027000], [736100, 7027000], [736000, 7027900]]]},
            shapes.Flaw.NOT_DEGREES,
        ),
        ({"type": "Polygon", "coordinates": [[[0, 0], [float("nan"), 1], [1, 0]]]}, shapes.Flaw.NOT_DEGREES),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2]]]}, shapes.Flaw.EMPTY),
    ],
)
def test_a_geometry_that_cannot_be_used_says_its_flaw(geometry, flaw):
    with pytest.raises(shapes.ShapeError) as raised:
        shapes.read_shape(geometry)
    assert raised.value.flaw is flaw


def test_an_open_ring_is_closed_and_altitudes_are_left_out():
    shape = shapes.read_shape({"type": "Polygon", "coordinates": [[[0, 0, 12], [1, 0, 12], [1, 1, 12]]]})
    assert shape == ((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),),)


LONGITUDES, LATITUDES = st.floats(-5, 9), st.floats(42, 51)


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=20))
def test_every_point_falls_inside_the_margins_of_the_frame(points):
    box = box_of(points)
    assert box is not None
    drawing = frame(box, width=640, margin=30, tallest=500)
    for x, y in map(drawing.place, points):
        assert 30 - 1e-6 <= x <= 610 + 1e-6
        assert 30 - 1e-6 <= y <= drawing.height - 30 + 1e-6


def test_north_is_up_and_east_is_right():
    drawing = frame(Box(3, 50, 4, 51), width=640, margin=30, tallest=640)
    west, north = drawing.place((3, 51))
    east, south = drawing.place((4, 50))
    assert (west < east, north < south) == (True, True)


def test_no_point_has_no_box():
    assert box_of([]) is None
