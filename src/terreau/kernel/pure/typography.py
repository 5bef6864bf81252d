"""French typography, set once: sources are written with plain spaces and straight apostrophes, readers see the real ones.

The build applies `typeset` to every French message; templates apply the same function to what people typed.
Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, with U+00A0 everywhere in the place of
the narrow U+202F, which web fonts lack.
"""

import re

NO_BREAK = "\u00a0"

# What is not prose is passed over: code, comments, tags, entities, addresses, placeholders.
# A printf flag "space" is left out on purpose: "100 % de" is prose.
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

_SPACES = r"[ \u00a0\u2009\u202f]"
# The end of a word: what high punctuation may follow without its space.
_WORD_END = r"(?<=[\w)\]>»”’%°])"

_TOKEN = re.compile(
    rf"""
    (?P<protected>{_PROTECTED})
  | (?P<opening>«{_SPACES.replace(" ", "[ ]", 1) if False else _SPACES}*)
  | (?P<closing>{_SPACES}*»)
  | (?P<high>(?<=\S){_SPACES}+(?=[;:!?]))
  | (?P<stuck>{_WORD_END}(?=[!?]+(?:[\s)<»”]|$)|[;:](?:[\s<]|$)))
  | (?P<apostrophe>(?<=[^\W\d_])'(?=[\w«]|{_PROTECTED.replace("code", "after")}))
  | (?P<ellipsis>(?<!\.)\.{{3}}(?!\.))
    """,
    re.VERBOSE | re.DOTALL,
)
