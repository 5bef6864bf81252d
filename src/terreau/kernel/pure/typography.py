"""French typography, set once: sources have plain spaces and straight apostrophes, readers see the real ones.

The build applies `typeset` to every French message; templates apply the same function to what people typed.
Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, with U+00A0 everywhere in the place of
the narrow U+202F, which web fonts lack.
"""

import re

NO_BREAK = "\u00a0"

# What is not prose is passed over: code, comments, tags, entities, addresses, placeholders.
# (A placeholder's "space" flag is left out on purpose: in "100 % de", nothing is a placeholder.)
_PROTECTED = r"""
    <(?P<code>code|kbd|pre|samp|script|style)\b .*? </(?P=code)\s*>
  | <!-- .*? -->
  | </?[a-zA-Z][^<>]*>
  | &(?:\#\d+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);
  | \b(?:https?|ftp|mailto|tel|data):[^\s<>«»]+
  | \bwww\.[^\s<>«»]+
  | [\w.+'-]+@[\w-]+(?:\.[\w-]+)+
  | %(?:\(\w+\))?[#0+-]*\d*(?:\.\d+)?[a-zA-Z]
  | \{[^{}]*\}
"""
_SPACE = r"[ \u00a0\u2009\u202f]"
_AFTER_WORD = r"(?<=[\w)\]>»”’%°])"

_TOKEN = re.compile(
    rf"""
    (?P<protected>{_PROTECTED})
  | (?P<opening>«{_SPACE}*)
  | (?P<closing>{_SPACE}*»)
  | (?P<high>(?<=\S){_SPACE}+(?=[;:!?]))
  | (?P<stuck>{_AFTER_WORD}(?:(?=[!?]+(?:[\s)<»”]|$))|(?=[;:](?:[\s<»]|$))))
  | (?P<apostrophe>(?<=[^\W\d_])'(?=[\w«<%{{]))
  | (?P<ellipsis>(?<!\.)\.{{3}}(?!\.))
    """,
    re.VERBOSE | re.DOTALL,
)
_SET = {
    "opening": "«" + NO_BREAK,
    "closing": NO_BREAK + "»",
    "high": NO_BREAK,
    "stuck": NO_BREAK,
    "apostrophe": "’",
    "ellipsis": "…",
}


def typeset(text: str) -> str:
    """Set French typography in a text, which may hold HTML or placeholders: `l'eau : "oui" !` gives `l’eau : "oui" !`.

    U+00A0 before `; : ! ?` at the end of a word, and inside « »; straight apostrophes to ’; three dots to ….
    Not touched: tags, entities, code, addresses, `%(name)s` and `{name}`, times (10:30), straight double quotes.
    Setting twice changes nothing more.
    """
    return _TOKEN.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    return _SET.get(match.lastgroup or "", match.group())
