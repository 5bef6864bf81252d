"""Organisations as structures of data·inclusion, version 1 (gip-inclusion/data-inclusion-schema 1.0.10).

A structure says only what its schema takes. What does not fit is left out of the structure, or the whole organisation
is left out and listed with the reason; nothing is invented to make it fit.
"""

import datetime as dt
import re
from enum import StrEnum
from typing import Any, Final

from pydantic import HttpUrl, TypeAdapter, ValidationError

from terreau.api.pure.listed import Listed, Publisher
from terreau.directory.pure.identifiers import normalise, problem_with
from terreau.geography.pure.codes import is_commune_code

SHORTEST_NAME: Final = 3
LONGEST_NAME: Final = 150
SHORTEST_TEXT: Final = 5
LONGEST_TEXT: Final = 10_000
LONGEST_LOCAL_PART: Final = 64
LONGEST_EMAIL: Final = 254
OF_A_COMMUNE: Final = "commune"

_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?P<top>[A-Za-z]{2,24})", re.ASCII
)  # fmt: skip
_NOT_ON_THE_INTERNET = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})
_HYPHENS_OF_ANOTHER_ALPHABET = re.compile(r"@(?:.*\.)?..--")
_NATIONAL = re.compile(r"0[1-9]\d{8}", re.ASCII)
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_url: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)


class Excluded(StrEnum):
    """Why an organisation is not told as a structure."""

    ANONYMOUS = "sans-nom"
    ENDED = "terminee"
    SHORT_NAME = "nom-trop-court"


def structure(one: Listed, publisher: Publisher) -> dict[str, Any]:
    """Tell an organisation that has a name of three characters and is not over.

    The name loses its final points and what is beyond 150 characters; a text under 5 characters is left out, one beyond
    10 000 is cut; a SIRET that cannot be its own, a postcode, code, telephone, e-mail or site of another form is left
    out; so is a point that is only the middle of the commune. date_maj is a day in UTC: never tomorrow for who reads.
    """
    own_point = one.point if one.point and one.point.origin != OF_A_COMMUNE else None
    return {
        "source": publisher.source,
        "id": f"{publisher.source}--{one.key}",
        "nom": cut(sayable_name(one.name), LONGEST_NAME),
        "date_maj": one.updated_at.astimezone(dt.UTC).date().isoformat(),
        "description": text(one.description) or text(one.summary),
        "lien_source": publisher.base + one.path,
        "siret": siret(one),
        "commune": one.commune or None,
        "code_postal": one.postcode if _POSTCODE.fullmatch(one.postcode) else None,
        "code_insee": one.commune_code if is_commune_code(one.commune_code) else None,
        "adresse": one.address or None,
        "complement_adresse": None,
        "longitude": own_point.longitude if own_point else None,
        "latitude": own_point.latitude if own_point else None,
        "telephone": telephone(one.telephone),
        "courriel": email(one.email),
        "site_web": site(one.site),
        "horaires_accueil": None,
        "accessibilite_lieu": None,
        "reseaux_porteurs": None,
    }


def why_excluded(*, is_anonymous: bool, has_ended: bool) -> Excluded:
    """Say why an organisation that the feed leaves out is: it has no name, it is over, or its name is short."""
    if is_anonymous:
        return Excluded.ANONYMOUS
    return Excluded.ENDED if has_ended else Excluded.SHORT_NAME


def page(total: int, number: int, size: int) -> dict[str, int]:
    """Give what a page of the State's service says beside its items. number: 1 for the first."""
    return {"total": total, "page": number, "size": size, "pages": -(-total // size)}


def sayable_name(name: str) -> str:
    """Take the spaces around a name and the points at its end off, as the query does in SQL."""
    return name.lstrip(" ").rstrip(" .")


def cut(value: str, longest: int) -> str:
    """Cut a text that is too long, and show that it was."""
    return value if len(value) <= longest else value[: longest - 1].rstrip(" .") + "…"


def text(value: str) -> str | None:
    return cut(value, LONGEST_TEXT) if len(value) >= SHORTEST_TEXT else None


def siret(one: Listed) -> str | None:
    number = normalise("siret", one.number("siret"))
    problem = problem_with("siret", number) if number else None
    return number if number and not (problem and problem.refuses) else None


def telephone(value: str) -> str | None:
    """Write one French or international number as E.164; None for anything else (two numbers, a short one, words)."""
    digits = re.sub(r"[\s.()\-/\u200b]", "", value.replace("(0)", ""))
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    if _NATIONAL.fullmatch(digits):
        return "+33" + digits[1:]
    return digits if _INTERNATIONAL.fullmatch(digits) else None


def email(value: str) -> str | None:
    """Give an address of the ordinary form on the public Internet; None for anything else."""
    found = _EMAIL.fullmatch(value)
    is_sound = (
        found
        and len(value) <= LONGEST_EMAIL
        and len(value.partition("@")[0]) <= LONGEST_LOCAL_PART
        and found["top"].lower() not in _NOT_ON_THE_INTERNET
        and not _HYPHENS_OF_ANOTHER_ALPHABET.search(value)
    )
    return value if is_sound else None


def site(value: str) -> str | None:
    try:
        return value if value and _url.validate_python(value) else None
    except ValidationError:
        return None
