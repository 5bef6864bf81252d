"""Numbers in registers: how they are written, and what is wrong with one.

A number is refused when it cannot exist (its key, its form) or when it cannot be an organisation's own (an example of a
documentation, the default of somebody's form). The true number of a large body is taken, with a warning: forms and
tutorials show it, and people paste it.

Sources: INSEE, SIRENE (SIREN, SIRET: `geography.pure.codes`); national register of associations (RNA), and the numbers
that it replaced; gip-inclusion/data-inclusion-schema (`source--identifiant`); Wikidata (`Q` and a number). Examples:
python-stdnum, Wikipedia, the French standard of electronic invoices (XP Z12-012), and demarche.numerique.gouv.fr, whose
default SIRET was kept by 8 400 services of 28 000 (pull request 13644).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from terreau.geography.pure.codes import LA_POSTE, is_rna, is_siren, is_siret
from terreau.kernel.pure.edtf import shown

SIREN: Final = "siren"
SIRET: Final = "siret"
RNA: Final = "rna"
DATA_INCLUSION: Final = "data_inclusion"
WIKIDATA: Final = "wikidata"

EXAMPLES: Final = frozenset(
    {
        "012345678",
        "123456782",  # the digits in order, with a key that holds
        "123456789",
        "732829320",  # python-stdnum, Wikipedia, and whoever copied them
        "987654321",
        "987654324",  # the digits backwards, with a key that holds
    }
)
"""SIREN numbers that documentations show: some are well formed, and none is anyone's here."""

DEFAULTS: Final = frozenset({"35600082800018"})
"""SIRET numbers that a form of others once filled in by itself."""

LARGE: Final = {
    "110002011": "DILA",
    "120027016": "INSEE",
    "130025265": "DINUM",
    LA_POSTE: "La Poste",
    "380129866": "Orange",
    "418166096": "Octo Technology",
    "443061841": "Google France",
    "542051180": "TotalEnergies",
    "542107651": "Engie",
    "552032534": "Danone",
    "552049447": "SNCF",
    "552081317": "EDF",
}
"""True SIREN numbers that public documentation and test services show, and whose they are."""

_NOISE = re.compile(r"[\s.\-_'’ʼ`´\"\u200b\u2060\ufeff]")
_ROUND = re.compile(r"[1-9]0{7}\d")
_CUT_BY_SPREADSHEET = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_WRITTEN_AS_DECIMAL = re.compile(r"(\d+)[.,]0+")
_OLD_RNA = re.compile(r"\d{10}|\d[0-9AB]\d[PS][0-9A-Z-]{3,14}", re.ASCII)
"""Before the RNA: ten digits, or the code of the prefecture's office and a number (`751P00122544`)."""
_DATA_INCLUSION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*--\S+")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
_MADE_UP_BRANCH = "999"


class Code(StrEnum):
    """Why a number was refused, or doubted, for machines."""

    EMPTY = "empty"
    SPREADSHEET = "spreadsheet"
    LENGTH = "length"
    KEY = "key"
    EXAMPLE = "example"
    DEFAULT = "default"
    MADE_UP_BRANCH = "made_up_branch"
    FORM = "form"
    LARGE_BODY = "large_body"
    OTHER_UNIT = "other_unit"


DOUBTS: Final = frozenset({Code.LARGE_BODY})
"""What is taken all the same: somebody should look."""

_MESSAGES: Final[dict[Code, tuple[str, str]]] = {
    Code.EMPTY: ("Le numéro {name} est vide : l'écrire, ou retirer la ligne.", "The {name} number is empty: write it, or remove the line."),
    Code.SPREADSHEET: (
        "« {value} » est un numéro {name} qu'un tableur a raccourci : mettre la colonne au format texte, puis le recopier en entier.",
        '"{value}" is a {name} number that a spreadsheet has shortened: set the column to text, then copy the whole number again.',
    ),
    Code.LENGTH: (
        "« {value} » n'est pas un numéro {name} : il lui faut {length} chiffres, et rien d'autre.",
        '"{value}" is not a {name} number: it needs {length} digits, and nothing else.',
    ),
    Code.KEY: (
        "« {value} » n'est pas un numéro {name} : sa clé ne correspond pas, un chiffre est faux. Le recopier depuis l'Annuaire des entreprises.",
        '"{value}" is not a {name} number: its key does not match, one digit is wrong. Copy it again from the Annuaire des entreprises.',
    ),
    Code.EXAMPLE: (
        "« {value} » est un exemple de numéro {name}, celui de personne ici : écrire le sien, ou laisser vide.",
        '"{value}" is an example of a {name} number, and nobody\'s here: write its own, or leave it empty.',
    ),
    Code.DEFAULT: (
        "« {value} » est un numéro {name} que d'autres formulaires mettent d'office : écrire le sien, ou laisser vide.",
        '"{value}" is a {name} number that other forms fill in by themselves: write its own, or leave it empty.',
    ),
    Code.MADE_UP_BRANCH: (
        "« {value} » se termine par {nic}, comme les numéros {name} inventés pour une antenne : écrire le vrai, ou laisser vide.",
        '"{value}" ends in {nic}, as the {name} numbers made up for a branch do: write the true one, or leave it empty.',
    ),
    Code.FORM: (
        "« {value} » n'est pas un identifiant {name} : écrire par exemple « {hint} ».",
        '"{value}" is not a {name} identifier: write for example "{hint}".',
    ),
    Code.LARGE_BODY: (
        "« {value} » est le numéro {name} de {body}, souvent montré en exemple : vérifier que c'est bien le sien.",
        '"{value}" is the {name} number of {body}, often shown as an example: check that it is indeed its own.',
    ),
    Code.OTHER_UNIT: (
        "Le SIRET « {value} » commence par {prefix}, et le SIREN est « {siren} » : corriger l'un des deux.",
        'The SIRET "{value}" starts with {prefix}, and the SIREN is "{siren}": correct one of them.',
    ),
}  # fmt: skip

_NAMES: Final = {SIREN: "SIREN", SIRET: "SIRET", RNA: "RNA", DATA_INCLUSION: "data·inclusion", WIKIDATA: "Wikidata"}
_HINTS: Final = {RNA: "W595001234", DATA_INCLUSION: "dora--ma-structure", WIKIDATA: "Q83686"}
_LENGTHS: Final = {SIREN: 9, SIRET: 14}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a number. fr, en: one sentence with the value, cut when very long, and the remedy."""

    code: Code
    value: str
    fr: str
    en: str

    @property
    def refuses(self) -> bool:
        """Whether the number may not be kept; otherwise it is taken, and somebody should look at it."""
        return self.code not in DOUBTS

    def said_in(self, language: str | None) -> str:
        """Give the sentence in a language: English for `en`, French otherwise."""
        return self.en if (language or "").startswith("en") else self.fr


def normalise(scheme: str, value: str) -> str:
    """Write a number as its register does, whatever people put in it.

    SIREN, SIRET, RNA: without spaces (non-breaking and invisible ones too), points, hyphens and quotes; an RNA number
    in capitals; the `.0` that a spreadsheet adds to numbers goes. Wikidata: the last part of its address. Others:
    trimmed. A number that a spreadsheet has shortened (`7,3E+13`) stays as it is: its digits are lost. A number older
    than the RNA keeps its hyphen, which belongs to it.
    """
    trimmed = value.strip().strip("\u200b\u2060\ufeff")
    if scheme == WIKIDATA:
        return trimmed.rstrip("/").rpartition("/")[2].upper()
    if scheme not in {SIREN, SIRET, RNA} or _CUT_BY_SPREADSHEET.fullmatch(trimmed):
        return trimmed
    if decimal := _WRITTEN_AS_DECIMAL.fullmatch(trimmed):
        trimmed = decimal[1] if len(decimal[1]) == _LENGTHS.get(scheme) else trimmed
    number = _NOISE.sub("", trimmed).upper()
    if scheme == RNA and not number.startswith("W"):
        return re.sub(r"\s", "", trimmed).upper()
    return number


def problem_with(scheme: str, value: str) -> Problem | None:
    """Tell what is wrong with a number of a register, None when nothing is. It is read through `normalise` first.

    A scheme that has no rule here (GoGoCarto) is a free text: only an empty one is refused.
    """
    number = normalise(scheme, value)
    if not number:
        return _problem(Code.EMPTY, scheme, value)
    if scheme in _LENGTHS:
        return _problem_with_digits(scheme, number)
    holds = {
        RNA: lambda: is_rna(number) or _OLD_RNA.fullmatch(number) is not None,
        DATA_INCLUSION: lambda: _DATA_INCLUSION.fullmatch(number) is not None,
        WIKIDATA: lambda: _WIKIDATA.fullmatch(number) is not None,
    }.get(scheme)
    if holds is None:
        return None
    if not holds():
        return _problem(Code.FORM, scheme, number)
    if scheme == RNA and len(set(number[1:])) == 1:
        return _problem(Code.EXAMPLE, scheme, number)
    return None


def problems_among(numbers: Iterable[tuple[str, str]]) -> Iterator[tuple[int, Problem]]:
    """Tell what is wrong with all the numbers of one organisation, with the place of each in what was given.

    Beside `problem_with` for each: a SIRET that starts with none of the SIREN numbers given, when there is one. An
    organisation may have had several SIREN numbers, at different times.
    """
    given = [(scheme, normalise(scheme, value)) for scheme, value in numbers]
    units = [number for scheme, number in given if scheme == SIREN]
    for place, (scheme, number) in enumerate(given):
        if problem := problem_with(scheme, number):
            yield place, problem
            if problem.refuses:
                continue
        if scheme == SIRET and units and number[:9] not in units:
            yield place, _problem(Code.OTHER_UNIT, scheme, number, prefix=number[:9], siren=units[0])


@lru_cache(maxsize=4096)
def _problem_with_digits(scheme: str, number: str) -> Problem | None:
    unit, branch = number[:9], number[9:]
    is_whole = len(number) == _LENGTHS[scheme] and number.isascii() and number.isdigit()
    is_example = len(set(unit)) == 1 or unit in EXAMPLES or _ROUND.fullmatch(unit) or branch == "00000"
    reasons = (
        (_CUT_BY_SPREADSHEET.fullmatch(number), Code.SPREADSHEET),
        (not is_whole, Code.LENGTH),
        (is_example, Code.EXAMPLE),
        (number in DEFAULTS, Code.DEFAULT),
        (branch.startswith(_MADE_UP_BRANCH), Code.MADE_UP_BRANCH),
        (not (is_siren(number) if scheme == SIREN else is_siret(number)), Code.KEY),
        (unit in LARGE, Code.LARGE_BODY),
    )
    code = next((code for holds, code in reasons if holds), None)
    return _problem(code, scheme, number, nic=branch, body=LARGE.get(unit, "")) if code else None


def _problem(code: Code, scheme: str, value: str, **words: str) -> Problem:
    fr, en = _MESSAGES[code]
    known = {
        "value": shown(value),
        "name": _NAMES.get(scheme, scheme),
        "length": str(_LENGTHS.get(scheme, "")),
        "hint": _HINTS.get(scheme, ""),
    }
    return Problem(code, value, fr.format_map(known | words), en.format_map(known | words))
