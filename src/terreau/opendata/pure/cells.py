"""One cell as a value of ours, or what is wrong with it."""

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any

from terreau.directory.pure import identifiers
from terreau.kernel.pure.edtf import EdtfError, parse
from terreau.opendata.pure.fields import Field, Sort
from terreau.opendata.pure.limits import MOST_CELL
from terreau.opendata.pure.problems import Problem

Value = str | float | list[str] | None
UNKNOWN = frozenset({"", "-", "--", "_", "/", ".", "[nd]", "nd", "n/a", "na", "null", "none", "nan", "néant", "neant", "nc", "n.c.", "non renseigné", "non renseigne", "#n/a", "sans objet"})  # fmt: skip
"""How files say that they do not know."""
NEVER = frozenset({"0001-01-01", "1900-01-01", "01/01/1900", "1899-12-30", "0000-00-00", "00/00/0000"})
"""Dates that registers write for none (standards.md, section 3)."""
TAGS = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]*>")
ENTITY = {"&amp;": "&", "&nbsp;": " ", "&quot;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">", "&eacute;": "é"}
FRENCH_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T].*)?")
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff]")
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
OFFICES = re.compile(
    r"(contact|info|accueil|mairie|secretariat|secretaria|direction|association|asso|bonjour|hello|communication|com|admin|administration|bureau"
    r"|coordination|commercial|recrutement|rh|siege|agence|centre|equipe|formation|insertion|direct|service|relais|maison|epicerie|ccas|mission"
    r"|bibliotheque|mediatheque|mfs|france|pimms|cyber|espace|point|ludotheque|musee|office|tourisme|commune|ville|mjc|csc|cs|epn|emploi|ape)"
)
"""Beginnings of addresses that belong to an office; any other may be a person's."""
MOBILE = re.compile(r"^(?:\+?33\s?\(?0?\)?|0)\s?[67]")
PERSONAL = frozenset({"person_email", "mobile"})
"""Codes of cells left because they may be a person's: counted by column, never written down nor shown."""
DIGITS = 9
EARLIEST = dt.date(1000, 1, 1)


def read(field: Field, cell: Any, column: str) -> tuple[Value, Problem | None]:
    """Read a cell for a field: its value, None when it says nothing, and what is wrong with it.

    A problem that refuses goes with no value. Raises nothing: whatever a file holds is answered.
    """
    if cell is None or cell == "" or isinstance(cell, bool):
        return None, None
    if isinstance(cell, (list, dict)):
        if not cell:
            return None, None
        words = [item for item in cell if isinstance(item, (str, int, float))] if isinstance(cell, list) else []
        text = "; ".join(str(word) for word in words)
        if not text:
            return None, Problem("shape", column, str(cell)[:80], refuses=False)
    elif isinstance(cell, float):
        text = repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004 -- exact up to there
    else:
        text = cell if isinstance(cell, str) else str(cell)
    if len(text) > MOST_CELL:
        return None, Problem("long_cell", column, text[:60], details={"length": str(len(text)), "most": str(MOST_CELL)})
    text = CONTROL.sub("", text).strip()
    if text.lower() in UNKNOWN:
        return None, None
    return _READERS[field.sort](field, text, column, cell)


Answer = tuple[Value, Problem | None]
Reader = Callable[[Field, str, str, object], Answer]


def _line(field: Field, text: str, column: str, _cell: object) -> Answer:
    line = " ".join(text.split())
    if TAGS.search(line):
        return None, Problem("html", column, line, refuses=field.name == "name")
    for entity, letter in ENTITY.items():
        if entity in line:
            line = line.replace(entity, letter)
    if len(line) > field.most:
        return None, Problem("long", column, line, details={"most": str(field.most)}, refuses=field.name == "name")
    if field.name == "name" and not any(letter.isalnum() for letter in line):
        return None, Problem("name", column, line)
    return line, None


def _text(field: Field, text: str, _column: str, _cell: object) -> Answer:
    plain = TAGS.sub(" ", text) if "<" in text else text
    if "&" in plain:
        for entity, letter in ENTITY.items():
            plain = plain.replace(entity, letter)
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or None, None


def _words(_field: Field, text: str, _column: str, _cell: object) -> Answer:
    parts = re.split(r"\s*[;|\n]\s*", text)
    if len(parts) == 1:
        parts = re.split(r"\s*,\s+", text)
    words = dict.fromkeys(" ".join(TAGS.sub(" ", part).split())[:300] for part in parts)
    return [word for word in words if word and not word.isdigit()][:50] or None, None


MOST_ZEROS_LOST = 2
"""Zeros that begin a number of a register: more would be a number of nobody."""


def _number(scheme: str) -> Reader:
    length = {"siren": 9, "siret": 14}.get(scheme)

    def read_number(_field: Field, text: str, column: str, cell: object) -> Answer:
        # A spreadsheet that took a number for a figure dropped its first zeros.
        is_cut = isinstance(cell, (int, float)) and text.isdigit() and 0 < (length or 0) - len(text) <= MOST_ZEROS_LOST
        padded = text.zfill(length) if is_cut and length else text
        number = identifiers.normalise(scheme, padded)
        problem = identifiers.problem_with(scheme, number)
        if problem and problem.refuses:
            return None, Problem("number", column, text, details={"scheme": scheme, "fr": problem.fr, "en": problem.en})
        doubt = (
            Problem(
                "number", column, text, refuses=False, details={"scheme": scheme, "fr": problem.fr, "en": problem.en}
            )
            if problem
            else None
        )
        return number, doubt

    return read_number


def _pivot(field: Field, text: str, column: str, cell: object) -> Answer:
    scheme = "rna" if text[:1] in {"W", "w"} else "siret" if len("".join(text.split())) > 9 else "siren"  # noqa: PLR2004 -- digits of a SIREN
    value, problem = _number(scheme)(field, text, column, cell)
    return (f"{scheme}:{value}" if value else None), problem


def _date(_field: Field, text: str, column: str, cell: object) -> Answer:  # noqa: C901, PLR0911 -- one way of writing after another
    if text[:10] in NEVER or text == "0":
        return None, None
    if isinstance(cell, (int, float)) and text.lstrip("-").isdigit() and (len(text) > 4):  # noqa: PLR2004 -- seconds since 1970, not a year
        try:
            return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=int(text))).date().isoformat(), None
        except OverflowError:
            return None, Problem("date", column, text)
    written = text
    if found := FRENCH_DATE.fullmatch(text):
        day, month, year = found.groups()
        written = f"{year}-{int(month):02}-{int(day):02}"
    elif found := ISO_DATE.fullmatch(text):
        written = "-".join(found.groups())
    elif found := MONTH_AND_YEAR.fullmatch(text):
        written = f"{found[2]}-{int(found[1]):02}"
    if written in NEVER:
        return None, None
    if ISO_DATE.fullmatch(written):
        try:
            day_of = dt.date.fromisoformat(written)
        except ValueError:
            return None, Problem("date", column, text)
        return (written, None) if day_of >= EARLIEST else (None, Problem("date", column, text))
    try:
        edtf = parse(written)
    except EdtfError:
        return None, Problem("date", column, text)
    return (str(edtf), None) if not edtf.is_interval else (None, Problem("date", column, text))


def _code(field: Field, text: str, column: str, _cell: object) -> Answer:
    compact = "".join(text.split()).upper()
    if field.name == "activity_code":
        found = re.fullmatch(r"(\d{2})\.?(\d{1,2})\.?([A-Z]?)", compact)
        return (
            (f"{found[1]}.{found[2]}{found[3]}", None)
            if found
            else (None, Problem("code", column, text, refuses=False))
        )
    if len(compact) > field.most or not compact.isdigit():
        return None, Problem("code", column, text, refuses=False)
    return compact, None


def _commune_code(_field: Field, text: str, column: str, cell: object) -> Answer:
    code = text.zfill(5) if isinstance(cell, (int, float)) else "".join(text.split()).upper()
    if not re.fullmatch(r"(?:\d{2}|2[AB])\d{3}", code):
        return None, Problem("commune_code", column, text, refuses=False)
    return code, None


def _postcode(_field: Field, text: str, column: str, cell: object) -> Answer:
    code = text.zfill(5) if isinstance(cell, (int, float)) else "".join(text.split())
    if len(code) == 4 and code.isdigit():  # noqa: PLR2004 -- 1000 for 01000
        code = f"0{code}"
    return (code, None) if re.fullmatch(r"\d{5}", code) else (None, Problem("postcode", column, text, refuses=False))


def _email(_field: Field, text: str, column: str, _cell: object) -> Answer:
    first = re.split(r"[\s;,/]+", text)[0].strip("<>").removeprefix("mailto:")
    if first.lower() == "hidden":
        return None, None
    if not EMAIL.fullmatch(first):
        return None, Problem("email", column, text, refuses=False)
    local, _at, domain = first.lower().partition("@")
    office = OFFICES.match(local) or re.sub(r"[^a-z0-9]", "", local) == domain.split(".")[0].replace("-", "")
    return (first, None) if office else (None, Problem("person_email", column, refuses=False))


def _telephone(_field: Field, text: str, column: str, cell: object) -> Answer:
    first = re.split(r"\s*(?:/|;|,| ou )\s*", text)[0]
    if isinstance(cell, (int, float)) and len(text) == DIGITS:
        first = f"0{text}"
    digits = re.sub(r"\D", "", first)
    if MOBILE.match(first) or (len(digits) == DIGITS and digits[0] in "67"):
        return None, Problem("mobile", column, refuses=False)
    if len(digits) == DIGITS and digits[0] != "0":
        digits = f"0{digits}"
    if digits.startswith("33") and len(digits) == 11:  # noqa: PLR2004 -- with the country
        digits = f"0{digits[2:]}"
    if len(digits) == 10:  # noqa: PLR2004 -- a French number
        return " ".join(digits[at : at + 2] for at in range(0, 10, 2)), None
    if digits and len(digits) == 4 and digits.startswith("3"):  # noqa: PLR2004 -- 3949
        return digits, None
    return None, Problem("telephone", column, text, refuses=False)


def _site(field: Field, text: str, column: str, _cell: object) -> Answer:
    first = text.split(maxsplit=1)[0].rstrip(";,")
    if not re.match(r"https?://", first, re.IGNORECASE):
        first = f"https://{first.removeprefix('//')}"
    if (
        not re.fullmatch(r"https?://(?:[\w\-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", first, re.IGNORECASE)
        or len(first) > field.most
    ):
        return None, Problem("site", column, text[:200], refuses=False)
    return first, None


def _figure(_field: Field, text: str, column: str, _cell: object) -> Answer:
    try:
        number = float(re.sub(r"[\s\u202f]", "", text).replace(",", "."))
    except ValueError:
        number = math.nan
    return (number, None) if math.isfinite(number) else (None, Problem("figure", column, text, refuses=False))


def _point(field: Field, text: str, column: str, cell: object) -> Answer:
    number, problem = _figure(field, text, column, cell)
    if problem or not isinstance(number, float):
        return number, problem
    if abs(number) > (90 if field.name == "latitude" else 180):
        return None, Problem("point", column, text, refuses=False)
    return round(number, 6), None


_READERS: dict[Sort, Reader] = {
    Sort.LINE: _line, Sort.TEXT: _text, Sort.WORDS: _words, Sort.DATE: _date, Sort.SIREN: _number("siren"), Sort.SIRET: _number("siret"),
    Sort.RNA: _number("rna"), Sort.PIVOT: _pivot, Sort.CODE: _code, Sort.COMMUNE_CODE: _commune_code, Sort.POSTCODE: _postcode,
    Sort.EMAIL: _email, Sort.TELEPHONE: _telephone, Sort.SITE: _site, Sort.NUMBER: _figure, Sort.POINT: _point,
}  # fmt: skip
