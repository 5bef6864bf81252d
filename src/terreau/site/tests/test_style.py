import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.engine import Engine
from django.template.loader import get_template

PACKAGE = Path(__file__).resolve().parents[2]
STYLE = (PACKAGE / "site/static/site/css/terreau.css").read_text(encoding="utf-8")
TEMPLATES = sorted(path for app in ("site", "kernel") for path in (PACKAGE / app / "templates").rglob("*.html"))
SCREEN = STYLE.split("@layer print {")[0]
DECLARATION = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})")


def tokens(start: str, source: str = STYLE) -> dict[str, str]:
    block = source.split(start, 1)[1].split("}", 1)[0]
    return dict(DECLARATION.findall(block))


LIGHT = tokens(":root {")
DARK = tokens(':root:not([data-theme="light"]) {')
CHOSEN_DARK = tokens(':root[data-theme="dark"] {')
PAPER = tokens(':root, :root[data-theme="dark"], :root:not([data-theme="light"]) {')


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "surface", "sunk")
TEXTS = ("ink", "soft", "terre", "terre-deep", "ciel", "pousse", "prune", "alerte")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *(("on-accent", fill) for fill in ("terre", "terre-deep", "alerte")),
    ("on-ocre", "ocre"),
]
THEMES = {"light": LIGHT, "dark": DARK, "print": PAPER}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_stands_out_five_to_one_from_its_ground(theme, text, ground):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_line_of_a_field_stands_out_three_to_one(theme, ground):
    assert contrast(THEMES[theme]["line"], THEMES[theme][ground]) >= 3


def test_dark_is_the_same_whether_the_system_or_the_reader_asks_for_it():
    assert DARK == CHOSEN_DARK


def test_each_theme_gives_a_value_to_the_same_colours():
    assert LIGHT.keys() == DARK.keys() == PAPER.keys()


def test_no_token_is_used_without_being_defined():
    assert set(re.findall(r"var\(--([a-z0-9-]+)", STYLE)) - set(re.findall(r"--([a-z0-9-]+):", STYLE)) == set()


def test_no_token_is_defined_without_being_used():
    assert set(re.findall(r"--([a-z0-9-]+):", STYLE)) - set(re.findall(r"var\(--([a-z0-9-]+)", STYLE)) == set()


def test_the_style_sheet_stays_light():
    assert len(STYLE.encode()) < 32_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_compiles(path):
    name = str(path).split("/templates/")[1]
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        pytest.fail(f"{name}: {error}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_style_a_script_or_a_handler(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", text) == []


def test_every_class_written_by_a_component_is_in_the_style_sheet():
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    written = {
        name
        for value in re.findall(r'class="([^"{]+)"', source)
        for name in value.split()
        if name not in {"specimen", "results"}
    }
    assert {name for name in written if f".{name}" not in STYLE} == set()


def test_the_engine_gives_components_to_all_templates():
    assert "card" in Engine.get_default().template_builtins[-1].tags
