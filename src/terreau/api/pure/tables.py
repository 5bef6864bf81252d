"""Organisations as rows of a table, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import Final

from terreau.api.pure.listed import Listed, Publisher

COLUMNS: Final = (
    "identifiant", "nom", "autres_noms", "anonyme", "nature", "themes", "creation", "fin", "adresse", "code_postal", "commune",
    "code_insee", "longitude", "latitude", "origine_du_point", "telephone", "courriel", "site", "siren", "siret", "rna", "resume",
    "description", "activites", "confirmee_le", "mise_a_jour", "fiche",
)  # fmt: skip
SEPARATOR: Final = "|"
"""Between the items of one cell, as the national schemas write them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What csv.writer writes to: it gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def lines(organisations: Iterable[Listed], publisher: Publisher) -> Iterator[str]:
    """Write the header and one line for each, as they come (RFC 4180: commas, CRLF, quotes doubled)."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)  # type: ignore[misc]  # what write gives
    for one in organisations:
        yield writer.writerow(row(one, publisher))  # type: ignore[misc]


def row(one: Listed, publisher: Publisher) -> list[str]:
    """Give the cells of one organisation, in the order of COLUMNS; what is not known is empty."""
    longitude, latitude, origin = (
        (f"{one.point.longitude}", f"{one.point.latitude}", one.point.origin) if one.point else ("", "", "")
    )
    return [
        one.key, guarded(one.name), guarded(SEPARATOR.join(one.other_names)), "oui" if one.is_anonymous else "non",
        guarded(one.nature.name if one.nature else ""), guarded(SEPARATOR.join(theme.name for theme in one.themes)), one.start, one.end,
        guarded(one.address), guarded(one.postcode), guarded(one.commune), guarded(one.commune_code), longitude, latitude, origin,
        guarded(one.telephone), guarded(one.email), guarded(one.site), guarded(one.number("siren")), guarded(one.number("siret")),
        guarded(one.number("rna")), guarded(one.summary), guarded(one.description), guarded(SEPARATOR.join(one.activities)),
        one.confirmed_on.isoformat() if one.confirmed_on else "", one.updated_at.isoformat(timespec="seconds"), publisher.base + one.path,
    ]  # fmt: skip


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a text: an apostrophe goes before what it would take for a formula (OWASP)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
