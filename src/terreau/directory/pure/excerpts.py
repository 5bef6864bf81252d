"""Where words stand in a text: a few words around them, so that a reader sees why the text was found."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

WIDTH = 220
"""Characters shown around a word."""
_LIKE = {
    "a": "aàâäáãåAÀÂÄÁÃÅ", "c": "cçCÇ", "e": "eéèêëEÉÈÊË", "i": "iîïíIÎÏÍ", "n": "nñNÑ", "o": "oôöóõøOÔÖÓÕØ", "u": "uùûüúUÙÛÜÚ", "y": "yÿYŸ",
}  # fmt: skip
_LIGATURES = {"oe": "[œŒ]", "ae": "[æÆ]", "ss": "ß"}
_SHORTEST_BEGINNING = 3
"""A shorter word is looked for whole, as the search does."""


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt; is_found: one of the words that were looked for."""

    text: str
    is_found: bool = False


@cache
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Give what recognises folded words, and longer ones that begin with them, accents and capitals kept or not."""
    return re.compile(r"(?<![^\W_])(?:" + "|".join(_written(word) for word in words) + ")")


def _written(word: str) -> str:
    letters = []
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        one = "".join(f"[{_LIKE.get(letter, letter + letter.upper())}]" for letter in pair)
        if pair in _LIGATURES:
            letters.append(f"(?:{one}|{_LIGATURES[pair]})")
            at += 2
        else:
            letters.append(f"[{_LIKE.get(word[at], word[at] + word[at].upper())}]")
            at += 1
    whole = "".join(letters)
    return rf"{whole}\w*" if len(word) >= _SHORTEST_BEGINNING else rf"{whole}(?!\w)"


def excerpt(text: str, words: Iterable[str]) -> list[Piece]:
    """Give a stretch of text around the longest of the words, which is the rarest; nothing when none is there."""
    return next(excerpts(text, words), [])


def excerpts(text: str, words: Iterable[str]) -> Iterator[list[Piece]]:
    """Give, one by one, stretches of text that hold the longest word that is there; every word is marked in each."""
    looked_for = tuple(sorted(dict.fromkeys(words), key=len, reverse=True))
    if not looked_for:
        return
    everything = pattern_of(looked_for)
    for word in looked_for:
        end = 0
        for found in pattern_of((word,)).finditer(text):
            if found.start() >= end:
                start, end = _around(text, found.start(), found.end())
                yield marked(" ".join(text[start:end].split()), everything, cut=(start > 0, end < len(text)))
        if end:
            return


def marked(text: str, words: re.Pattern[str], cut: tuple[bool, bool] = (False, False)) -> list[Piece]:
    """Cut a text where the words are. cut: whether something was left out before, and after."""
    pieces, at = [], 0
    before, after = ("… " if cut[0] else ""), (" …" if cut[1] else "")
    for found in words.finditer(text):
        pieces += [Piece(before + text[at : found.start()]), Piece(found.group(), is_found=True)]
        before, at = "", found.end()
    pieces.append(Piece(before + text[at:] + after))
    return [piece for piece in pieces if piece.text]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to WIDTH characters, and to whole words."""
    room = max(WIDTH - (end - start), 0) // 2
    first, last = max(start - room, 0), min(end + room, len(text))
    if first:
        first = next((at + 1 for at in range(first, start) if text[at].isspace()), first)
    if last < len(text):
        last = next((at for at in range(last, end, -1) if text[at - 1].isspace()), last)
    return first, last
