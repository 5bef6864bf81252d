"""Organisations as rows of a table, for programs and safe to open in a spreadsheet.

E-mail addresses and telephones stay on the pages: a file of them would serve those who write to everyone.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from terreau.api.pure.listed import Listed, Publisher
from terreau.kernel.pure.csv_lines import csv_lines

COLUMNS: Final = (
    "identifiant", "nom", "autres_noms", "anonyme", "nature", "nature_deduite", "themes", "echelle", "commune", "code_insee",
    "code_postal", "adresse", "creation", "fin", "resume", "site", "siren", "siret", "rna", "longitude", "latitude",
    "origine_du_point", "description", "activites", "confirmee_le", "mise_a_jour", "fiche",
)  # fmt: skip
SEPARATOR: Final = "|"
"""Between the items of one cell, as the national schemas write them."""


def lines(organisations: Iterable[Listed], publisher: Publisher) -> Iterator[str]:
    """Write the header and one line for each, as they come (RFC 4180: commas, CRLF, quotes doubled)."""
    return csv_lines(COLUMNS, (row(one, publisher) for one in organisations), mark=False)


def row(one: Listed, publisher: Publisher) -> list[str | float | None]:
    """Give the cells of one organisation, in the order of COLUMNS; what is not known is empty."""
    longitude, latitude, origin = (
        (one.point.longitude, one.point.latitude, one.point.origin) if one.point else (None, None, "")
    )
    texts = [
        one.key, one.name, SEPARATOR.join(one.other_names), said(one.is_anonymous), one.nature.name if one.nature else "",
        said(one.nature_is_deduced), SEPARATOR.join(theme.name for theme in one.themes), one.scale.name if one.scale else "",
        one.commune, one.commune_code, one.postcode, one.address, one.start, one.end, one.summary, one.site, one.number("siren"),
        one.number("siret"), one.number("rna"),
    ]  # fmt: skip
    confirmed = one.confirmed_on.isoformat() if one.confirmed_on else ""
    changed = one.updated_at.isoformat(timespec="seconds")
    rest = [origin, one.description, SEPARATOR.join(one.activities), confirmed, changed, publisher.base + one.path]
    return [*texts, longitude, latitude, *rest]


def said(value: bool) -> str:  # noqa: FBT001 -- it is the value to say
    return "oui" if value else "non"
