import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from terreau.kernel.pure.edtf import parse
from terreau.trajectory.pure.layout import Moment, draw
from terreau.trajectory.pure.timeline_svg import LaneLook, Look, svg

NAME = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def look():
    return Look(
        lanes={"actors": LaneLook("Acteurs", "pousse", "triangle")},
        strokes_name="Intensité",
        href=lambda mark: f"#{mark.key}",
        count_words=lambda mark: f"{mark.count} faits",
        phase_href=lambda key: f"?phase={key}",
    )


def drawn(look, *moments, **more):
    return svg(draw(moments, ("actors",), **more), look)


def test_the_picture_is_well_formed_and_escapes_what_people_wrote(look):
    picture = drawn(look, Moment("a", parse("2019"), "<b>&\"'", "actors", tooltip="</title><script>"))
    root = ET.fromstring(picture)
    assert "<script" not in picture
    assert "<b>&\"'" in "".join(root.itertext())


def test_every_mark_is_a_link_out_of_the_order_of_the_tab_key_in_a_page(look):
    root = ET.fromstring(drawn(look, Moment("a", parse("2019"), "Un fait", "actors")))
    links = root.findall(f".//{NAME}a")
    assert [(link.get("href"), link.get("tabindex")) for link in links] == [("#a", "-1")]
    assert root.get("aria-hidden") == "true"


def test_a_file_of_its_own_is_named_and_its_links_are_reached(look):
    alone = replace(look, label="Frise", style="a{}")
    root = ET.fromstring(drawn(alone, Moment("a", parse("2019"), "Un fait", "actors")))
    assert (root.get("role"), root.get("aria-label")) == ("group", "Frise")
    link = root.find(f".//{NAME}a")
    assert link is not None
    assert link.get("tabindex") is None


def test_nothing_in_the_page_is_styled_in_place(look):
    picture = drawn(look, Moment("a", parse("2019~"), "Un fait", "actors", certainty="deduite"))
    assert not re.search(r"style=|<style|<script| on\w+=", picture)
    assert 'class="mark tone-pousse is-deduite"' in picture


def test_a_moment_within_a_year_has_a_bracket_and_an_interval_a_bar(look):
    assert 'class="within"' in drawn(look, Moment("a", parse("2019"), "Un fait", "actors"))
    assert 'class="lasting"' in drawn(look, Moment("a", parse("2019/2021"), "Un fait", "actors"))
    day = drawn(look, Moment("a", parse("2019-05-03"), "Un fait", "actors"), years=(2000, 2030))
    assert "within" not in day
    assert "lasting" not in day


def test_a_count_says_how_many_and_leads_closer(look):
    some = [Moment(f"m{number}", parse("2019"), "m", "actors") for number in range(9)]
    picture = drawn(replace(look, href=lambda mark: f"?de={mark.years[0]}"), *some, most=2)
    assert 'href="?de=2019"' in picture
    assert "<title>9 faits</title>" in picture
