"""How words are folded before they are indexed or searched, the same in both engines."""

import re
import unicodedata

_WRITTEN_OUT = str.maketrans({
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
    "ð": "d", "þ": "th", "ı": "i", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "",
})  # fmt: skip
_INCLUSIVE_POINT = re.compile(r"(?<=\w)[·•‧∙⋅](?=\w)")
_SPELLED = re.compile(r"(?<![0-9a-z])(?:[a-z]\.){2,}[a-z]?(?![0-9a-z])")
_BETWEEN_WORDS = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Lower case, no accent, ligatures written out, anything but Latin letters and digits turned into one space.

    "Chez l’Œuf" gives "chez l oeuf". Inclusive points vanish ("acteur·ices" gives "acteurices"), and so do those of
    an acronym ("A.P.E.S." gives "apes"). Folding twice changes nothing.
    """
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", _INCLUSIVE_POINT.sub("", text.translate(_WRITTEN_OUT)).lower())
        for mark in filter(unicodedata.combining, set(plain)):
            plain = plain.replace(mark, "")
    if "." in plain:
        plain = _SPELLED.sub(lambda acronym: acronym.group().replace(".", ""), plain)
    return _BETWEEN_WORDS.sub(" ", plain).strip()
