"""An organisation in the words of schema.org (https://schema.org/Organization), as JSON-LD."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Other:
    """Another organisation, by its name and the address of its page."""

    name: str
    url: str


@dataclass(frozen=True)
class Described:
    """What is public about an organisation; texts are empty and numbers None when they are not known.

    start, end: EDTF. identifiers: (register, value). longitude, latitude: degrees, WGS 84. modified: YYYY-MM-DD.
    """

    name: str
    url: str
    other_names: tuple[str, ...] = ()
    description: str = ""
    start: str = ""
    end: str = ""
    street: str = ""
    postcode: str = ""
    commune: str = ""
    longitude: float | None = None
    latitude: float | None = None
    email: str = ""
    telephone: str = ""
    same_as: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    known_for: tuple[str, ...] = ()
    parent: Other | None = None
    branches: tuple[Other, ...] = ()
    member_of: tuple[Other, ...] = ()
    modified: str = ""


def organisation(known: Described) -> dict[str, Any]:
    """Give the JSON-LD document, without any empty property."""
    return _filled({
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": known.url,
        "url": known.url,
        "name": known.name,
        "alternateName": list(known.other_names),
        "description": known.description,
        "foundingDate": iso_date(known.start),
        "dissolutionDate": iso_date(known.end),
        "address": _address(known),
        "location": _point(known),
        "email": known.email,
        "telephone": known.telephone,
        "sameAs": list(known.same_as),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": register, "value": value} for register, value in known.identifiers
        ],
        "knowsAbout": list(known.known_for),
        "parentOrganization": _other(known.parent),
        "subOrganization": [_other(branch) for branch in known.branches],
        "memberOf": [_other(other) for other in known.member_of],
        "subjectOf": _filled({"@type": "WebPage", "@id": known.url, "dateModified": known.modified}),
    })  # fmt: skip


def iso_date(edtf: str) -> str:
    """Give a date that schema.org takes (a year, a month, a day); empty when it is doubtful, open or an interval."""
    return edtf if ISO_DATE.fullmatch(edtf) else ""


def _address(known: Described) -> dict[str, Any]:
    if not (known.street or known.postcode or known.commune):
        return {}
    lines = {"streetAddress": known.street, "postalCode": known.postcode, "addressLocality": known.commune}
    return _filled({"@type": "PostalAddress", **lines})


def _point(known: Described) -> dict[str, Any]:
    if known.longitude is None or known.latitude is None:
        return {}
    point = {"@type": "GeoCoordinates", "latitude": known.latitude, "longitude": known.longitude}
    return {"@type": "Place", "geo": point}


def _other(other: Other | None) -> dict[str, Any]:
    return {"@type": "Organization", "@id": other.url, "name": other.name, "url": other.url} if other else {}


def _filled(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value not in ("", None, [], {})}
