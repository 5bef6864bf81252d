"""Imprecise dates: EDTF, levels 0 and 1.

Source: Library of Congress, Extended Date/Time Format Specification (2019), since then part of ISO 8601-2:2019.

Read here: a day, a month, a year; `~` approximate, `?` uncertain, `%` both, at the end and about the whole value;
`X` for the last digits that are not known (`197X`, `18XX`, `2004-XX`, `2004-06-XX`, `2004-XX-XX`); the seasons 21
to 24; intervals between two of these, where `..` is an end that is open and nothing is an end that is not known.

Refused, with the reason: hours, years outside 0001 to 9999 (so `Y170000002` and negative years) and the forms of
level 2. Nothing here turns `2019` into 1 January: `earliest` and `latest` are for comparing, never for showing.
"""

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, total_ordering
from typing import Final

OPEN: Final = ".."
FIRST_YEAR_AS_NUMBER: Final = 1000
SPRING: Final = 21
WINTER: Final = 24
_DECEMBER: Final = 12

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
)
_OUT_OF_RANGE = re.compile(r"(?:Y-?[0-9]+|-[0-9]{4,}(?:-[0-9]{2}){0,2})[?~%]?")
_LONGEST_SHOWN = 60


class Precision(StrEnum):
    """How fine is what is known. `2004-XX-XX` has the precision of a year: the day exists, and nobody knows it."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class ErrorCode(StrEnum):
    """Why a date was refused, for machines."""

    EMPTY = "empty"
    NOT_EDTF = "not_edtf"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_DAY = "no_such_day"
    OUT_OF_RANGE = "out_of_range"
    START_AFTER_END = "start_after_end"
    NO_ENDS = "no_ends"
    INTERVAL_AS_BOUND = "interval_as_bound"


_MESSAGES: Final[dict[ErrorCode, tuple[str, str]]] = {
    ErrorCode.EMPTY: ("La date est vide ; {fr}.", "The date is empty; {en}."),
    ErrorCode.NOT_EDTF: ('"{value}" n\'est pas une date EDTF ; {fr}.', '"{value}" is not an EDTF date; {en}.'),
    ErrorCode.NO_SUCH_MONTH: (
        '"{value}" n\'a pas de mois possible ; les mois vont de 01 à 12, les saisons de 21 (printemps) à 24 (hiver).',
        '"{value}" has no possible month; months go from 01 to 12, seasons from 21 (spring) to 24 (winter).',
    ),
    ErrorCode.NO_SUCH_DAY: (
        '"{value}" n\'est pas un jour du calendrier ; vérifier le jour, ou écrire seulement le mois : "{hint}".',
        '"{value}" is not a day of the calendar; check the day, or write the month alone: "{hint}".',
    ),
    ErrorCode.OUT_OF_RANGE: (
        '"{value}" est hors de portée ; les années vont de 0001 à 9999.',
        '"{value}" is out of range; years go from 0001 to 9999.',
    ),
    ErrorCode.START_AFTER_END: (
        '"{value}" commence après sa fin ; écrire le début avant la fin : "{hint}".',
        '"{value}" starts after its end; write the start before the end: "{hint}".',
    ),
    ErrorCode.NO_ENDS: (
        '"{value}" n\'a ni début ni fin ; donner au moins l\'un des deux, par exemple "2021/..".',
        '"{value}" has neither start nor end; give at least one of them, for example "2021/..".',
    ),
    ErrorCode.INTERVAL_AS_BOUND: (
        '"{value}" est un intervalle, et un début ou une fin est une seule date ; écrire par exemple "{hint}".',
        '"{value}" is an interval, and a start or an end is a single date; write for example "{hint}".',
    ),
}


class EdtfError(ValueError):
    """A date that Terreau does not take, and what to write instead.

    value: what was given, or the end of the interval that is at fault. code: the reason, for machines. fr, en: one
    sentence with the remedy; a very long value is cut in it. suggestion: a valid text that was probably meant, or None.
    """

    def __init__(self, value: str, code: ErrorCode, suggestion: str | None = None) -> None:
        super().__init__(value, code, suggestion)
        self.value = value
        self.code = code
        self.suggestion = suggestion
        fr, en = _MESSAGES[code]
        words = {"value": shown(value), "hint": suggestion or "2021"}
        if suggestion:
            words |= {"fr": f'écrire par exemple "{suggestion}"', "en": f'write for example "{suggestion}"'}
        else:
            words |= {
                "fr": 'écrire par exemple "2019", "2016-09" ou "2018-11-17"',
                "en": 'write for example "2019", "2016-09" or "2018-11-17"',
            }
        self.fr = fr.format_map(words)
        self.en = en.format_map(words)

    def __str__(self) -> str:
        """Say it in French, the first language of the house."""
        return self.fr


def shown(value: str) -> str:
    """Return a value as messages quote it: cut after 60 characters."""
    return value if len(value) <= _LONGEST_SHOWN else f"{value[: _LONGEST_SHOWN - 1]}…"


@total_ordering
@dataclass(frozen=True, slots=True)
class Edtf:
    """One imprecise date or interval. Made by `parse`, never by hand: the text decides everything, hence equality.

    earliest, latest: first and last day that the text allows, read literally: `2001~` gives those of 2001.
        None on the side of an interval that is open or not known. In SQL, store None as NULL and compare with
        `(earliest IS NULL OR earliest <= :d) AND (latest IS NULL OR latest >= :d)`.
    precision: of what is known; see `Precision`. unspecified: DAY or MONTH when it exists and is not known (`2004-XX`).
    approximate (`~`, `%`), uncertain (`?`, `%`): for an interval, true when it is true of an end.
    year: of a decade or a century, its first. None for an interval, like month, day and season (21 to 24).
    start, end: of an interval; None when that end is open (then `start_open` or `end_open`) or not known.
    Seasons are those of the weather in the north: spring (21) March to May, summer (22), autumn (23), and winter (24)
        from 1 December of its year to the end of the next February: `2016-24` is the winter 2016-2017.
    """

    text: str
    precision: Precision = field(compare=False)
    earliest: dt.date | None = field(compare=False)
    latest: dt.date | None = field(compare=False)
    approximate: bool = field(default=False, compare=False)
    uncertain: bool = field(default=False, compare=False)
    unspecified: Precision | None = field(default=None, compare=False)
    year: int | None = field(default=None, compare=False)
    month: int | None = field(default=None, compare=False)
    day: int | None = field(default=None, compare=False)
    season: int | None = field(default=None, compare=False)
    start: "Edtf | None" = field(default=None, compare=False)
    end: "Edtf | None" = field(default=None, compare=False)
    start_open: bool = field(default=False, compare=False)
    end_open: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        """Return the canonical text."""
        return self.text

    def __lt__(self, other: object) -> bool:
        """Order by `order_key`."""
        return self.order_key < other.order_key if isinstance(other, Edtf) else NotImplemented

    @property
    def is_interval(self) -> bool:
        """Whether it is written with a slash."""
        return self.precision is Precision.INTERVAL

    @property
    def order_key(self) -> tuple[dt.date, dt.date, str]:
        """Sort by first possible day, then by last, then by text; a missing end is the end of time on its side."""
        return self.earliest or dt.date.min, self.latest or dt.date.max, self.text

    @property
    def fuzzy_earliest(self) -> dt.date | None:
        """The first day, with the tolerance of an approximate date (see `TOLERANCE`)."""
        if self.is_interval:
            return self.start.fuzzy_earliest if self.start else None
        return _loosen(self, self.earliest, -1) if self.approximate and self.earliest else self.earliest

    @property
    def fuzzy_latest(self) -> dt.date | None:
        """The last day, with the tolerance of an approximate date (see `TOLERANCE`)."""
        if self.is_interval:
            return self.end.fuzzy_latest if self.end else None
        return _loosen(self, self.latest, 1) if self.approximate and self.latest else self.latest


# Months by which "about" reaches on each side; a week for a day. ISO 8601-2 says of "approximate" that the value may be
# correct or close to correct, and leaves to each application how close: this is our answer, for drawing what fades.
TOLERANCE: Final[dict[Precision, int]] = {
    Precision.MONTH: 1,
    Precision.SEASON: 3,
    Precision.YEAR: 12,
    Precision.DECADE: 60,
    Precision.CENTURY: 300,
}
TOLERANCE_OF_A_DAY: Final = dt.timedelta(days=7)


def parse(text: str) -> Edtf:
    """Read an EDTF text; spaces around it do not count. Raises EdtfError, and nothing else, for any other text."""
    return _parse(text.strip())


def from_scalar(value: object) -> Edtf:
    """Read what a YAML or JSON file holds: a text, a year written without quotes (1000 to 9999), or a day.

    Raises EdtfError for anything else, booleans, instants and decimal numbers included.
    """
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return parse(value.isoformat())
    if isinstance(value, int) and not isinstance(value, bool):
        if FIRST_YEAR_AS_NUMBER <= value <= dt.MAXYEAR:
            return parse(str(value))
        named = str(value) if abs(value) < 10**20 else hex(value)  # Python refuses to write very long numbers
    elif isinstance(value, bool | float | dt.datetime):
        named = str(value)
    else:
        named = "" if value is None else type(value).__name__
    raise EdtfError(named, ErrorCode.NOT_EDTF if named else ErrorCode.EMPTY, _suggest(named))


def surely_after(start: Edtf, end: Edtf) -> bool:
    """Tell whether no day of the first date can come before a day of the second, both read literally."""
    return bool(start.earliest and end.latest and start.earliest > end.latest)


@lru_cache(maxsize=8192)
def _parse(text: str) -> Edtf:
    try:
        return _read(text)
    except EdtfError as error:
        if error.code is ErrorCode.NOT_EDTF:
            raise EdtfError(text, ErrorCode.NOT_EDTF, _suggest(text)) from None
        raise


def _read(text: str) -> Edtf:
    if not text:
        raise EdtfError(text, ErrorCode.EMPTY)
    if _OUT_OF_RANGE.fullmatch(text):
        raise EdtfError(text, ErrorCode.OUT_OF_RANGE)
    if text.count("/") == 1:
        return _read_interval(text, *text.split("/"))
    return _read_date(text)


def _read_interval(text: str, first: str, last: str) -> Edtf:
    for part in (first, last):
        if not (part in {"", OPEN} or _DATE.fullmatch(part) or _OUT_OF_RANGE.fullmatch(part)):
            raise EdtfError(text, ErrorCode.NOT_EDTF)
    start, end = (None if part in {"", OPEN} else _read(part) for part in (first, last))
    if start is None and end is None:
        raise EdtfError(text, ErrorCode.NO_ENDS)
    if start and end and surely_after(start, end):
        raise EdtfError(text, ErrorCode.START_AFTER_END, f"{end}/{start}")
    ends = [end for end in (start, end) if end]
    return Edtf(
        text=text,
        precision=Precision.INTERVAL,
        earliest=start.earliest if start else None,
        latest=end.latest if end else None,
        approximate=any(end.approximate for end in ends),
        uncertain=any(end.uncertain for end in ends),
        start=start,
        end=end,
        start_open=first == OPEN,
        end_open=last == OPEN,
    )


def _read_date(text: str) -> Edtf:
    match = _DATE.fullmatch(text)
    if not match:
        raise EdtfError(text, ErrorCode.NOT_EDTF)
    year, month, day, mark = match.group("year", "month", "day", "mark")
    masked_year_with_more = year.endswith("X") and month
    masked_month_with_day = month == "XX" and day not in {None, "XX"}
    if masked_year_with_more or masked_month_with_day:  # level 2
        raise EdtfError(text, ErrorCode.NOT_EDTF)
    first_year = int(year.replace("X", "0"))
    if first_year < dt.MINYEAR:
        raise EdtfError(text, ErrorCode.OUT_OF_RANGE)
    known_month = int(month) if month and month != "XX" else None
    known_day = int(day) if day and day != "XX" else None
    season = known_month if known_month and SPRING <= known_month <= WINTER and day is None else None
    if known_month is not None and season is None and not 1 <= known_month <= _DECEMBER:
        raise EdtfError(text, ErrorCode.NO_SUCH_MONTH)
    if known_day is not None and known_month and not 1 <= known_day <= calendar.monthrange(first_year, known_month)[1]:
        raise EdtfError(text, ErrorCode.NO_SUCH_DAY, f"{year}-{month}")
    precision, earliest, latest = _span(first_year, year.count("X"), None if season else known_month, known_day, season)
    return Edtf(
        text=text,
        precision=precision,
        earliest=earliest,
        latest=latest,
        approximate=mark in {"~", "%"},
        uncertain=mark in {"?", "%"},
        unspecified=Precision.DAY if day == "XX" else Precision.MONTH if month == "XX" else None,
        year=first_year,
        month=None if season else known_month,
        day=known_day,
        season=season,
    )


def _span(
    year: int, masked: int, month: int | None, day: int | None, season: int | None
) -> tuple[Precision, dt.date, dt.date]:
    if masked:
        last = dt.date(year + 10**masked - 1, 12, 31)
        return (Precision.DECADE if masked == 1 else Precision.CENTURY), dt.date(year, 1, 1), last
    if season:
        first = dt.date(year, 3 * (season - SPRING + 1), 1)
        return Precision.SEASON, first, _shift(first, 2, to_last_day=True)
    if month and day:
        return Precision.DAY, dt.date(year, month, day), dt.date(year, month, day)
    if month:
        first = dt.date(year, month, 1)
        return Precision.MONTH, first, _shift(first, 0, to_last_day=True)
    return Precision.YEAR, dt.date(year, 1, 1), dt.date(year, 12, 31)


def _shift(day: dt.date, months: int, *, to_last_day: bool) -> dt.date:
    """Return the first or last day of the month that lies so many months away, held within the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1] if to_last_day else 1)


def _loosen(value: Edtf, day: dt.date, direction: int) -> dt.date:
    if value.precision is not Precision.DAY:
        return _shift(day, direction * TOLERANCE[value.precision], to_last_day=direction > 0)
    try:
        return day + direction * TOLERANCE_OF_A_DAY
    except OverflowError:
        return dt.date.max if direction > 0 else dt.date.min


# What people write instead of EDTF. Read only to suggest, never to accept: a guess is confirmed by who typed it.

_LONGEST_GUESSED = 60
_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan", "fevrier fevr february feb", "mars march mar", "avril avr april apr",
            "mai may", "juin june jun", "juillet juil july jul", "aout august aug",
            "septembre sept september sep", "octobre oct october", "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS: Final[dict[str, int]] = {
    "printemps": 21, "ete": 22, "automne": 23, "hiver": 24,
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
}  # fmt: skip
_ARTICLE = r"(?:le |la |les |l'|the )?"
_ABOUT = re.compile(rf"(?:vers|environ|autour de|aux environs de|v\.|ca\.?|c\.|circa|about|around) ?{_ARTICLE}(.+)")
_ABOUT_AFTER = re.compile(r"(.+?) (?:environ|approximately)")
_MAYBE = re.compile(rf"(?:peut-etre|probablement|perhaps|possibly|probably) (?:en |in )?{_ARTICLE}(.+)")
_MAYBE_AFTER = re.compile(r"(.+?) ?(?:\(?a confirmer\)?|\(?to be confirmed\)?|\(?\?\)?)")
_RANGE = re.compile(
    rf"(?:du |de la |de |des |d'|entre |from |between )?{_ARTICLE}(.+?)"
    rf"(?: (?:a|au|aux|et|to|and) | ?- ?(?=[0-9]{{4}}\b)){_ARTICLE}(.+)"
)
_SINCE = re.compile(rf"(?:depuis |a partir (?:de |du |des |d')|des |since |from ){_ARTICLE}(.+)")
_UNTIL = re.compile(rf"(?:jusqu'(?:en |au |aux |a )|until |till ){_ARTICLE}(.+)")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/. -]([0-9]{1,2})(?:[/. -]([0-9]{1,2}))?")
_RUN_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9]{1,2}[:h].*")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:er|st|nd|rd|th)? )?([a-z]+)\.?(?: de| of)? ([0-9]{4})(?: ?[/-] ?[0-9]{2,4})?")
_NAMED_US = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_DECADE = re.compile(r"(?:annees|decennie) ((?:[0-9]{2})?[0-9])0|([0-9]{3})0'?s")
_CENTURY = re.compile(r"([ivx]+|[0-9]{1,2}) ?(?:e|eme|er|st|nd|rd|th) (?:siecle|century)")
_ENDLESS = re.compile(r"(.+?) ?(?:/ ?(?:open|now|present|aujourd'hui|\.{3}|…)|-)")


def _suggest(text: str) -> str | None:
    if len(text) > _LONGEST_GUESSED:
        return None
    folded = _fold(text)
    guess = _guess(folded) if len(folded) <= _LONGEST_GUESSED else None
    try:
        return str(_read(guess)) if guess and guess != text else None
    except EdtfError:
        return None


def _fold(text: str) -> str:
    """Lower case, no accent, plain apostrophes, hyphens and spaces."""
    plain = text.translate({0x2019: "'", 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-"}).lower()
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return " ".join(bare.split())


@lru_cache(maxsize=4096)  # the same rest is reached by many ways: remembering it keeps a hostile text cheap
def _guess(text: str) -> str | None:
    upper = text.upper().replace("U", "X").replace("?~", "%").replace("~?", "%")
    if _DATE.fullmatch(upper):
        return upper
    return _guess_figures(text) or _guess_names(text) or _guess_marks(text) or _guess_spans(text)


def _guess_figures(text: str) -> str | None:
    if match := _DAY_FIRST.fullmatch(text):
        day, month = (match[1], match[2]) if int(match[2]) <= _DECEMBER else (match[2], match[1])
        return f"{match[3]}-{month:0>2}-{day:0>2}"
    if match := _MONTH_FIRST.fullmatch(text):
        return f"{match[2]}-{match[1]:0>2}"
    if match := _YEAR_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        return "-".join(f"{part:0>2}" for part in match.groups() if part)
    match = _INSTANT.fullmatch(text)
    return match[1] if match else None


def _guess_names(text: str) -> str | None:
    if match := _DECADE.fullmatch(text):
        tens = match[1] or match[2]
        return f"{tens}X" if len(tens) > 1 else f"20{tens}X" if tens in "012" else f"19{tens}X"
    if match := _NAMED.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAMED_US.fullmatch(text):
        name, day, year = match.groups()
    elif match := _CENTURY.fullmatch(text):
        return f"{(int(match[1]) if match[1].isdecimal() else _from_roman(match[1])) - 1:0>2}XX"
    else:
        return None
    if name in _MONTHS:
        return f"{year}-{_MONTHS[name]:02}" + (f"-{day:0>2}" if day else "")
    if name in _SEASONS and not day:
        return f"{year}-{_SEASONS[name]}"
    return year if name in {"en", "in", "annee", "l'annee"} and not day else None


def _guess_marks(text: str) -> str | None:
    for patterns, mark in (((_MAYBE, _MAYBE_AFTER), "?"), ((_ABOUT, _ABOUT_AFTER), "~")):
        for pattern in patterns:
            match = pattern.fullmatch(text)
            if match and (inner := _guess(match[1])):
                return "/".join(_marked(part, mark) for part in inner.split("/"))
    return None


def _marked(text: str, mark: str) -> str:
    if not text or text == OPEN:
        return text
    return text + mark if text[-1] not in "?~%" else text[:-1] + (mark if text[-1] == mark else "%")


def _guess_spans(text: str) -> str | None:
    if match := _RANGE.fullmatch(text):
        last, tail = _guess(match[2]), match[2].split()
        missing = [
            "",
            *(" ".join(["", *tail[-count:]]) for count in (2, 1)),
        ]  # "du 3 au 5 mai 2019", "de mars à mai 2019"
        firsts = (_guess(match[1] + words) for words in missing) if last and "/" not in last else ()
        for first in firsts:
            if first and "/" not in first:
                return f"{first}/{last}"
    for pattern, shape in ((_SINCE, "{}/.."), (_UNTIL, "../{}"), (_ENDLESS, "{}/..")):
        match = pattern.fullmatch(text)
        if match and (inner := _guess(match[1])) and "/" not in inner:
            return shape.format(inner)
    return None


def _from_roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
