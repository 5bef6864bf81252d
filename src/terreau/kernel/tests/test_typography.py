import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.kernel.pure.typography import typeset

NBSP = "\u00a0"

PIECES = [
    "l'eau",
    "aujourd'hui",
    "fin",
    "n°",
    "é",
    "10:30",
    "12,5",
    "100%",
    "d'",
    "a",
    "?",
    "!",
    ";",
    ":",
    "?!",
    "«",
    "»",
    "..",
    "...",
    "…",
    "'",
    "’",
    '"',
    "(",
    ")",
    "<",
    ">",
    "&",
    "%",
    "{",
    "}",
    "%(name)s",
    "%s",
    "%%",
    "{name}",
    "<b>",
    "</b>",
    "<br>",
    "&nbsp;",
    "&amp;",
    "a.b@example.org",
    "https://example.org/?q=l'eau;x:y!",
]
MARKUP = ['<a href="/x?y=1;z" title="l\'an : 1">', "<code>x ? y : z</code>"]
pieces = st.lists(st.sampled_from([*PIECES, *MARKUP, " ", "  ", NBSP, "\u202f", "\n"]))
prose = pieces.map("".join)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Bonjour !", f"Bonjour{NBSP}!"),
        ("Bonjour!", f"Bonjour{NBSP}!"),
        ("Vraiment ?!", f"Vraiment{NBSP}?!"),
        ("Structure : une", f"Structure{NBSP}: une"),
        ("Structure: une", f"Structure{NBSP}: une"),
        ("un ; deux", f"un{NBSP}; deux"),
        ("narrow\u202f?", f"narrow{NBSP}?"),
        ("« mot »", f"«{NBSP}mot{NBSP}»"),
        ("«mot», dit-elle", f"«{NBSP}mot{NBSP}», dit-elle"),
        ("« Où ? »", f"«{NBSP}Où{NBSP}?{NBSP}»"),
        ("l'eau d'ici, aujourd'hui", "l’eau d’ici, aujourd’hui"),
        ("l'« entre-deux »", f"l’«{NBSP}entre-deux{NBSP}»"),
        ("d'<strong>ici</strong> !", f"d’<strong>ici</strong>{NBSP}!"),
        ("Suite...", "Suite…"),
        ("Quoi...?", "Quoi…?"),
        ("%(name)s : l'accord de %(other)s ?", f"%(name)s{NBSP}: l’accord de %(other)s{NBSP}?"),
        ("l'%(name)s!", f"l’%(name)s{NBSP}!"),
        ("100 % d'insertion", "100 % d’insertion"),
    ],
)
def test_french_is_set_as_printers_do(source, shown):
    assert typeset(source) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "de 10:30 à 12:00",
        "score 3:1",
        "https://example.org/?a=l'b;c:d!",
        "voir www.example.org/l'an?x",
        "l.o'neil@example.org",
        '<a href="/x?y=1;z" title="l\'an : 1">ici</a>',
        "<code>x ? y : 'z'</code>",
        "<!-- l'an : 1 -->",
        "a&nbsp;b &#39; &amp;",
        "%(name)s %s %d %% {name} {0!r}",
        "5'30",
        "../dossier",
        'dit "oui"',
    ],
)
def test_what_is_not_prose_is_left_alone(text):
    assert typeset(text) == text


@given(prose)
def test_setting_twice_changes_nothing_more(text):
    once = typeset(text)
    assert typeset(once) == once


@given(prose)
def test_only_spaces_apostrophes_and_dots_change(text):
    def bare(value):
        return re.sub(r"[ \u00a0\u202f]", "", value.replace("’", "'").replace("…", "..."))

    assert bare(typeset(text)) == bare(text)


@given(pieces.map(" ".join))
def test_placeholders_and_tags_survive(text):
    kept = re.compile(r"%\(\w+\)s|\{\w+\}|<[a-z/][^<>]*>|\bhttps?://[^\s<>«»]+")
    assert kept.findall(typeset(text)) == kept.findall(text)
