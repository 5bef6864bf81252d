"""How wide words are, and how to break them into lines, without a browser.

Widths are those of Source Sans 3, in thousandths of the size of the letters; letters that are not listed count as wide
ones. A margin covers what kerning and the fallback face change.
"""

from functools import lru_cache
from typing import Final

_BY_WIDTH: Final = {
    200: " \u00a0\u202f", 247: "iîïj|", 251: "l',.:;’·I", 290: "!f", 305: "()[]{}-", 343: "tr/\\°", 420: 's*?z"«»',
    451: "xcç", 467: "vy", 483: "YJL–", 496: "Fkeéèêë0123456789$+<=>^~#_", 507: "agàâ", 524: "XVEÉÈ", 537: "STZÊ",
    546: "oôhuùûnAÀÂ`", 555: "bdpq", 569: "PRCÇ", 589: "KB&", 617: "DG", 650: "UNHÎ", 664: "OQÔ", 719: "w", 727: "M",
    786: "W—", 830: "m%œ", 948: "@…",
}  # fmt: skip
_WIDTHS: Final = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_WIDE: Final = 720
_MARGIN: Final = 1.04
_BOLD: Final = 1.035


@lru_cache(maxsize=16384)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text in pixels, never less than what a browser draws. size: of the letters, in pixels."""
    units = sum(_WIDTHS.get(letter, _WIDE) for letter in text)
    return units * size / 1000 * _MARGIN * (_BOLD if bold else 1)


@lru_cache(maxsize=16384)
def wrap(text: str, size: float, widest: float, *, most: int = 4, bold: bool = False) -> tuple[str, ...]:
    """Break a text into as few lines as fit, evenly filled.

    widest: pixels of a line; a longer word is left whole, so a caller measures the lines that it gets. most: number of
    lines; what does not fit ends with an ellipsis.
    """
    words = text.split(" ")
    lines = _fill(words, size, widest, bold=bold)
    if len(lines) > most:
        kept = lines[:most]
        last = kept[-1]
        while " " in last and width_of(f"{last}…", size, bold=bold) > widest:
            last = last.rsplit(" ", 1)[0]
        return (*kept[:-1], f"{last}…")
    low, high = widest / 2, widest
    while len(lines) > 1 and high - low > size / 2:
        middle = (low + high) / 2
        if len(_fill(words, size, middle, bold=bold)) == len(lines):
            high = middle
        else:
            low = middle
    return tuple(_fill(words, size, high, bold=bold))


def _fill(words: list[str], size: float, widest: float, *, bold: bool) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width_of(longer, size, bold=bold) <= widest:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
