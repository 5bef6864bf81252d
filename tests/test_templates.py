"""What holds for every template, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "terreau"
TEMPLATES = sorted(path for path in PACKAGE.glob("*/templates/**/*") if path.is_file())
NAMES = ["/".join(path.relative_to(PACKAGE).parts[2:]) for path in TEMPLATES]

INLINE = {
    "style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx handler": re.compile(r"<[a-z][^<>]*\shx-on[:-]", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*type=.application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign file": re.compile(r"<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)=.https?://", re.IGNORECASE),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
@pytest.mark.parametrize("fault", INLINE)
def test_a_template_obeys_the_security_policy(path, fault):
    assert INLINE[fault].findall(path.read_text(encoding="utf-8")) == []


def test_every_template_is_used():
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".html", ".txt"} and "tests" not in path.parts
    )
    apps = {path.name for path in PACKAGE.iterdir()}
    ours = [name for name in NAMES if name.split("/")[0] in apps]
    assert [name for name in ours if name not in sources] == []
