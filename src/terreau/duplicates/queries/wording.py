"""Scores and reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from terreau.duplicates.enums import Because
from terreau.kernel.templatetags.terreau import written

VERY_LIKELY = 0.85
GRADED = frozenset({Because.NAME})


@dataclass(frozen=True)
class Told:
    """A reason in words, « noms proches (0,93) »; whether it speaks against."""

    words: str
    is_against: bool


def told(reasons: Iterable[tuple[str, float]]) -> list[Told]:
    """Say reasons as people do, in their order."""
    return [Told(_words(Because(code), degree), Because(code).is_against) for code, degree in reasons]


def _words(reason: Because, degree: float) -> str:
    if reason not in GRADED:
        return str(reason.label)
    return gettext("%(reason)s (%(degree)s)") % {"reason": reason.label, "degree": written(degree, 2)}


def likelihood(score: float) -> str:
    """Say how likely a pair is one structure, with its score: « très probable (0,92) »."""
    sentence = gettext("très probable (%(score)s)") if score >= VERY_LIKELY else gettext("probable (%(score)s)")
    return sentence % {"score": written(score, 2)}
