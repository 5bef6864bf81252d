"""Imprecise dates and periods in words, in French and in English.

What is not known is said, never filled in. Two dates that differ never read the same, in `say`; `short`, for the axis
of a timeline, keeps "about" and "to be confirmed" and drops the other notes. Any language that is not English is
answered in French, the first language of the house. A century is said by its number, as a French reader expects:
`18XX`, the years 1800 to 1899, is "XIXe siècle" (which history books count from 1801 to 1900).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from terreau.kernel.pure.edtf import SPRING, WINTER, Edtf, Precision
from terreau.kernel.pure.periods import Period

NBSP = "\u00a0"
DASH = "\u2013"
_DECADES_BY_TWO_DIGITS = range(1920, 2000)
_ORDINALS_IN_TH = range(10, 21)


def say(edtf: Edtf, language: str = "fr", *, capital: bool = False) -> str:
    """Say a date: "vers 2001", "17 novembre 2018", "hiver 2016-2017", "depuis 2021", "1970s", "2016 to 2021"."""
    tongue = _tongue(language)
    if edtf.is_interval:
        return _capital(_say_span(_as_period(edtf), tongue), capital=capital)
    words = tongue.about(tongue.phrase(edtf)) if edtf.approximate else tongue.phrase(edtf).words
    return _capital(words + _in_brackets(_notes(edtf, tongue.notes)), capital=capital)


def say_period(period: Period, language: str = "fr", *, capital: bool = False) -> str:
    """Say a period as the interval that it is; with neither end, say that too."""
    return _capital(_say_span(period, _tongue(language)), capital=capital)


def short(edtf: Edtf, language: str = "fr") -> str:
    """Say a date in the room of an axis: "2019", "sept. 2016", "v. 2001", "années 70", "2016-2021" with a long dash."""
    tongue = _tongue(language)
    if not edtf.is_interval:
        return tongue.brief(edtf)
    if edtf.start and edtf.end:
        first = tongue.brief(edtf.start, within=edtf.end)
        last = tongue.brief(edtf.end)
        gap = " " if " " in first + last or NBSP in first + last else ""
        return last if str(edtf.start) == str(edtf.end) else f"{first}{gap}{DASH}{gap}{last}"
    if edtf.start:
        return tongue.brief_since(edtf.start) if edtf.end_open else f"{tongue.brief(edtf.start)}{NBSP}{DASH}{NBSP}?"
    known = edtf.end or edtf
    return tongue.brief_until(known) if edtf.start_open else f"?{NBSP}{DASH}{NBSP}{tongue.brief(known)}"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A date in words, and the article that it takes within a sentence."""

    words: str
    article: str = ""

    @property
    def full(self) -> str:
        """The words with their article."""
        return f"{self.article}{self.words}"


class _Tongue(ABC):
    """How one language builds its dates."""

    notes: ClassVar[dict[str, str]]
    start_notes: ClassVar[dict[str, str]]
    end_notes: ClassVar[dict[str, str]]
    both_uncertain: ClassVar[str]
    unknown_start: ClassVar[str]
    without_dates: ClassVar[dict[tuple[bool, bool], str]]
    months: ClassVar[tuple[str, ...]]
    brief_months: ClassVar[tuple[str, ...]]
    seasons: ClassVar[tuple[str, ...]]
    brief_about: ClassVar[str]
    brief_doubt: ClassVar[str]

    @abstractmethod
    def century(self, number: int, *, brief: bool) -> _Phrase: ...
    @abstractmethod
    def decade(self, year: int, *, brief: bool) -> _Phrase: ...
    @abstractmethod
    def season(self, name: str, year: str) -> _Phrase: ...
    @abstractmethod
    def on_day(self, day: int, month_and_year: str) -> _Phrase: ...
    @abstractmethod
    def about(self, phrase: _Phrase) -> str: ...
    @abstractmethod
    def since(self, phrase: _Phrase, *, about: bool) -> str: ...
    @abstractmethod
    def starting(self, phrase: _Phrase, *, about: bool) -> str: ...
    @abstractmethod
    def until(self, phrase: _Phrase, *, about: bool) -> str: ...
    @abstractmethod
    def during(self, phrase: _Phrase, *, about: bool) -> str: ...
    @abstractmethod
    def span(self, first: _Phrase, last: _Phrase, *, about: bool) -> str: ...
    @abstractmethod
    def brief_since(self, value: Edtf) -> str: ...
    @abstractmethod
    def brief_until(self, value: Edtf) -> str: ...

    def phrase(self, value: Edtf, *, within: Edtf | None = None, brief: bool = False) -> _Phrase:
        """Name a date that is not an interval. within: the one said just after: what both share is left to it."""
        year = value.year or 0
        alike = within is not None and within.precision is value.precision and within.year == value.year
        tail = "" if alike else f" {year}"
        if value.precision is Precision.CENTURY:
            return self.century(year // 100 + 1, brief=brief)
        if value.precision is Precision.DECADE:
            return self.decade(year, brief=brief)
        if value.season:
            name = self.seasons[value.season - SPRING]
            return self.season(name, f" {year}-{year + 1}" if value.season == WINTER else tail)
        if not value.month:
            return _Phrase(str(year))
        month = (self.brief_months if brief else self.months)[value.month - 1]
        if not value.day:
            return _Phrase(month + tail)
        same_month = alike and within is not None and within.month == value.month
        return self.on_day(value.day, "" if same_month else f"{NBSP}{month}{tail}")

    def brief(self, value: Edtf, *, within: Edtf | None = None) -> str:
        """Name a date shortly, with its marks."""
        words = self.phrase(value, within=within, brief=True).words
        return (self.brief_about if value.approximate else "") + words + (self.brief_doubt if value.uncertain else "")


class _French(_Tongue):
    notes: ClassVar = {"uncertain": "à confirmer", "day": "jour inconnu", "month": "mois inconnu"}
    start_notes: ClassVar = {
        "approximate": "début approximatif",
        "uncertain": "début à confirmer",
        "day": "jour de début inconnu",
        "month": "mois de début inconnu",
    }
    end_notes: ClassVar = {
        "approximate": "fin approximative",
        "uncertain": "fin à confirmer",
        "day": "jour de fin inconnu",
        "month": "mois de fin inconnu",
    }
    both_uncertain = "dates à confirmer"
    unknown_start = "début inconnu"
    without_dates: ClassVar = {
        (False, False): "dates inconnues",
        (False, True): "en cours (début inconnu)",
        (True, False): "sans limite de début (fin inconnue)",
        (True, True): "sans limite de dates",
    }
    months = (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    )  # fmt: skip
    brief_months = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
    seasons = ("printemps", "été", "automne", "hiver")
    brief_about = f"v.{NBSP}"
    brief_doubt = f"{NBSP}?"

    def century(self, number: int, *, brief: bool) -> _Phrase:
        return _Phrase(f"{_roman(number)}e{NBSP}{'s.' if brief else 'siècle'}", "le ")

    def decade(self, year: int, *, brief: bool) -> _Phrase:
        return _Phrase(f"années {year % 100 if brief and year in _DECADES_BY_TWO_DIGITS else year}", "les ")

    def season(self, name: str, year: str) -> _Phrase:
        return _Phrase(name + year, "le " if name == "printemps" else "l'")

    def on_day(self, day: int, month_and_year: str) -> _Phrase:
        return _Phrase(f"{'1er' if day == 1 else day}{month_and_year}", "le ")

    def about(self, phrase: _Phrase) -> str:
        return f"vers {phrase.full}"

    def since(self, phrase: _Phrase, *, about: bool) -> str:
        return f"depuis {phrase.full}{_if(about, ' environ')}"

    def starting(self, phrase: _Phrase, *, about: bool) -> str:
        return f"à partir {_of(phrase)}{_if(about, ' environ')}"

    def until(self, phrase: _Phrase, *, about: bool) -> str:
        return f"jusqu'{_to(phrase) if phrase.article else f'en {phrase.words}'}{_if(about, ' environ')}"

    def during(self, phrase: _Phrase, *, about: bool) -> str:
        return f"au cours {_of(phrase)}{_if(about, ' environ')}"

    def span(self, first: _Phrase, last: _Phrase, *, about: bool) -> str:
        return f"entre {first.full} et {last.full} environ" if about else f"{_of(first)} {_to(last)}"

    def brief_since(self, value: Edtf) -> str:
        article = "" if value.approximate else self.phrase(value, brief=True).article
        return f"dès {article}{self.brief(value)}"

    def brief_until(self, value: Edtf) -> str:
        if value.approximate:
            return f"jusque {self.brief(value)}"
        return self.until(self.phrase(value, brief=True), about=False) + _if(value.uncertain, self.brief_doubt)


class _English(_Tongue):
    notes: ClassVar = {"uncertain": "to be confirmed", "day": "day unknown", "month": "month unknown"}
    start_notes: ClassVar = {
        "approximate": "start approximate",
        "uncertain": "start to be confirmed",
        "day": "start day unknown",
        "month": "start month unknown",
    }
    end_notes: ClassVar = {
        "approximate": "end approximate",
        "uncertain": "end to be confirmed",
        "day": "end day unknown",
        "month": "end month unknown",
    }
    both_uncertain = "dates to be confirmed"
    unknown_start = "start unknown"
    without_dates: ClassVar = {
        (False, False): "dates unknown",
        (False, True): "ongoing (start unknown)",
        (True, False): "no limit at the start (end unknown)",
        (True, True): "no limit of dates",
    }
    months = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    brief_months = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
    seasons = ("spring", "summer", "autumn", "winter")
    brief_about = f"c.{NBSP}"
    brief_doubt = "?"

    def century(self, number: int, *, brief: bool) -> _Phrase:
        ending = "th" if number in _ORDINALS_IN_TH else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return _Phrase(f"{number}{ending}{NBSP}{'c.' if brief else 'century'}", "the ")

    def decade(self, year: int, *, brief: bool) -> _Phrase:
        return _Phrase(f"{year}s", "the ")

    def season(self, name: str, year: str) -> _Phrase:
        return _Phrase(name + year)

    def on_day(self, day: int, month_and_year: str) -> _Phrase:
        return _Phrase(f"{day}{month_and_year}")

    def about(self, phrase: _Phrase) -> str:
        return f"c.{NBSP}{phrase.words}"

    def since(self, phrase: _Phrase, *, about: bool) -> str:
        return f"since {_if(about, 'about ')}{phrase.full}"

    def starting(self, phrase: _Phrase, *, about: bool) -> str:
        return f"from {_if(about, 'about ')}{phrase.full}"

    def until(self, phrase: _Phrase, *, about: bool) -> str:
        return f"until {_if(about, 'about ')}{phrase.full}"

    def during(self, phrase: _Phrase, *, about: bool) -> str:
        return f"during {_if(about, 'about ')}{phrase.full}"

    def span(self, first: _Phrase, last: _Phrase, *, about: bool) -> str:
        return f"between about {first.full} and about {last.full}" if about else f"{first.full} to {last.full}"

    def brief_since(self, value: Edtf) -> str:
        return f"since {self._brief_in_sentence(value)}"

    def brief_until(self, value: Edtf) -> str:
        return f"until {self._brief_in_sentence(value)}"

    def _brief_in_sentence(self, value: Edtf) -> str:
        return ("" if value.approximate else self.phrase(value, brief=True).article) + self.brief(value)


_FRENCH, _ENGLISH = _French(), _English()


def _tongue(language: str) -> _Tongue:
    return _ENGLISH if language.lower().startswith("en") else _FRENCH


def _as_period(interval: Edtf) -> Period:
    return Period(interval.start, interval.end, interval.start_open, interval.end_open)


def _say_span(period: Period, tongue: _Tongue) -> str:
    start, end = period.start, period.end
    if start and end:
        return _say_both(start, end, tongue)
    if start:
        build = tongue.since if period.end_open else tongue.starting
        return build(tongue.phrase(start), about=start.approximate) + _in_brackets(_notes(start, tongue.notes))
    if end:
        notes = _notes(end, tongue.notes) + ([] if period.start_open else [tongue.unknown_start])
        return tongue.until(tongue.phrase(end), about=end.approximate) + _in_brackets(notes)
    return tongue.without_dates[period.start_open, period.end_open]


def _say_both(start: Edtf, end: Edtf, tongue: _Tongue) -> str:
    about = start.approximate and end.approximate
    first, last = tongue.phrase(start), tongue.phrase(end)
    if first == last:
        words = tongue.during(last, about=about)
    else:
        words = tongue.span(tongue.phrase(start, within=end), last, about=about)
    unsure = start.uncertain and end.uncertain
    said = {"approximate"} if about else set()
    said |= {"uncertain"} if unsure else set()
    notes = [tongue.both_uncertain] if unsure else []
    notes += _notes(start, tongue.start_notes, said) + _notes(end, tongue.end_notes, said)
    return words + _in_brackets(notes)


def _notes(value: Edtf, words: dict[str, str], said: set[str] | None = None) -> list[str]:
    marks = {"approximate": value.approximate, "uncertain": value.uncertain, str(value.unspecified): True}
    return [words[mark] for mark, there in marks.items() if there and mark in words and mark not in (said or ())]


def _in_brackets(notes: list[str]) -> str:
    return f" ({', '.join(notes)})" if notes else ""


def _if(condition: bool, words: str) -> str:  # noqa: FBT001 -- reads as a sentence
    return words if condition else ""


def _of(phrase: _Phrase) -> str:
    """Put a French date after "de"."""
    if phrase.article in {"le ", "les "}:
        return f"{'du' if phrase.article == 'le ' else 'des'} {phrase.words}"
    return f"d'{phrase.words}" if not phrase.article and phrase.words[0] in "ao" else f"de {phrase.full}"


def _to(phrase: _Phrase) -> str:
    """Put a French date after "à"."""
    if phrase.article in {"le ", "les "}:
        return f"{'au' if phrase.article == 'le ' else 'aux'} {phrase.words}"
    return f"à {phrase.full}"


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    hundreds, tens = divmod(tens, 10)
    return "C" * hundreds + ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[tens] + units[ones]


def _capital(text: str, *, capital: bool) -> str:
    if not capital:
        return text
    return f"Circa{text[2:]}" if text.startswith("c.") else text[0].upper() + text[1:]
