import pytest

from terreau.directory.pure.lineage import cycle_in
from terreau.directory.pure.pages import page_rank
from terreau.directory.pure.sentences import first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("Une phrase sans point", "Une phrase sans point"),
        ("Elle relie. Elle anime.", "Elle relie."),
        ("Née en 2001 ! « Elle » vit.", "Née en 2001 !"),
        ("Population : 3.5 millions. Ensuite.", "Population : 3.5 millions."),
    ],
)
def test_the_first_sentence_stands_alone(text, first):
    assert first_sentence(text) == first


def test_pages_are_read_in_the_order_in_which_they_are_bound():
    pages = ["4e de couverture", "10", "2", "15-16", "couverture", "9"]
    assert sorted(pages, key=page_rank) == ["couverture", "2", "9", "10", "15-16", "4e de couverture"]


def test_successions_in_a_line_have_no_circle():
    assert cycle_in([("a", "b"), ("b", "c"), ("a", "c")]) == ()


def test_a_circle_of_successions_is_shown_whole():
    circle = cycle_in([("a", "b"), ("b", "c"), ("c", "a")])
    assert (circle[0], set(circle)) == (circle[-1], {"a", "b", "c"})
