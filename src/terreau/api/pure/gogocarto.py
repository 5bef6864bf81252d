"""Organisations as elements of GoGoCarto, the software of solidarity maps (Transiscope, Près de chez nous).

Read in its program: `APIController` (what it gives), `ElementImportService` (what it takes from others). Its importer
keeps `id`, makes the categories that it does not know from their labels, and places an element without a point by its
address. Hence here: `categories` holds labels and `categoriesFull` the stable identifiers, as recent versions do; an
organisation with a street and no point has no `geo`; one with neither is put in the middle of its commune, and
`geoPrecision` says so. E-mail addresses stay on the pages, as GoGoCarto hides its own.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from terreau.api.pure.listed import Listed, Point, Publisher, Word, attribution, known

FULL: Final = "gogofull"
COMPACT: Final = "gogocompact"

NATURE: Final = "nature"
THEME: Final = "theme"

CONTEXT: Final = {"@vocab": "https://schema.org/", "categories": "https://schema.org/keywords"}

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


class NotBounds(ValueError):
    """The text is not a list of boxes `lng1,lat1,lng2,lat2`."""


def boxes(text: str) -> list[Box]:
    """Read `lng1,lat1,lng2,lat2;…`, two opposite corners each, in any order. Raises NotBounds."""
    found = []
    for part in filter(None, text.split(";")):
        try:
            west, south, east, north = (float(number) for number in part.split(","))
        except ValueError as error:
            raise NotBounds(text) from error
        corners = (min(west, east), min(south, north), max(west, east), max(south, north))
        if not (-180 <= corners[0] <= corners[2] <= 180 and -90 <= corners[1] <= corners[3] <= 90):  # noqa: PLR2004 -- degrees
            raise NotBounds(text)
        found.append(corners)
    return found


def option_id(sort: str, key: str) -> str:
    return f"{sort}-{key}"


def options_of(one: Listed) -> list[tuple[str, Word]]:
    """Give its options in order: its themes, then its nature."""
    return [(THEME, theme) for theme in one.themes] + ([(NATURE, one.nature)] if one.nature else [])


def element(one: Listed, publisher: Publisher, middles: Mapping[str, Point]) -> dict[str, Any]:
    """Tell an organisation as a full element. middles: point of a commune, by INSEE code and by name."""
    point = place(one, middles)
    options = options_of(one)
    in_france = bool(one.commune_code) or (len(one.postcode) == len("59300") and one.postcode.isdigit())
    fields = {
        "geo": {"latitude": point.latitude, "longitude": point.longitude} if point else None,
        "geoPrecision": point.origin if point else None,
        "sourceKey": publisher.source,
        "address": known(
            {
                "streetAddress": one.address,
                "addressLocality": one.commune,
                "postalCode": one.postcode,
                "addressCountry": "FR" if in_france else "",
            }
        ),
        "createdAt": one.created_at.isoformat(timespec="seconds"),
        "updatedAt": one.updated_at.isoformat(timespec="seconds"),
        "description": one.summary,
        "descriptionMore": one.description,
        "telephone": one.telephone,
        "website": one.site,
        "tags": list(one.activities),
        "siren": one.number("siren"),
        "siret": one.number("siret"),
        "rna": one.number("rna"),
        "sourceUrl": publisher.base + one.path,
    }
    return {
        "id": one.key,
        "name": one.name,
        **known(fields),
        "categories": [word.name for _sort, word in options],
        "categoriesFull": [
            {"id": option_id(sort, word.key), "name": word.name, "index": rank, "description": ""}
            for rank, (sort, word) in enumerate(options)
        ],
    }


def compact(one: Listed, middles: Mapping[str, Point]) -> list[Any] | None:
    """Tell it as `[id, name, latitude, longitude, [options]]`; None, which this form cannot say, without a place."""
    point = place(one, middles) or middle(one, middles)
    if point is None:
        return None
    options = [option_id(sort, word.key) for sort, word in options_of(one)]
    return [one.key, one.name, point.latitude, point.longitude, options]


def linked(one: Listed, publisher: Publisher, middles: Mapping[str, Point]) -> dict[str, Any]:
    """Tell it as a node of JSON-LD, in the words of schema.org."""
    point = place(one, middles)
    address = {"streetAddress": one.address, "addressLocality": one.commune, "postalCode": one.postcode}
    page = publisher.base + one.path
    fields = {
        "alternateName": list(one.other_names),
        "address": {"@type": "PostalAddress", **known(address)} if any(address.values()) else None,
        "geo": {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude} if point else None,
        "description": one.description or one.summary,
        "telephone": one.telephone,
        "sameAs": one.site,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": register, "value": value} for register, value in one.numbers
        ],
        "categories": [word.name for _sort, word in options_of(one)],
        "dateModified": one.updated_at.isoformat(timespec="seconds"),
    }
    return {"@id": page, "@type": "Organization", "name": one.name, "url": page, **known(fields)}


def taxonomy(natures: Iterable[Word], themes: Iterable[Word]) -> dict[str, Any]:
    """Give the tree of options: themes and natures, each a group of its own under the root."""

    def group(sort: str, name: str, words: Iterable[Word]) -> dict[str, Any]:
        options = [{"id": option_id(sort, word.key), "name": word.name, "nameShort": word.name} for word in words]
        return {"id": sort, "name": name, "nameShort": name, "subcategories": [{"name": name, "options": options}]}

    return {"name": "Catégories", "options": [group(THEME, "Thème", themes), group(NATURE, "Nature", natures)]}


def project(publisher: Publisher, description: str, count: int) -> dict[str, Any]:
    """Present the map, as one instance presents itself to another."""
    return {
        "name": f"Terreau · {publisher.name}",
        "url": f"{publisher.base}/{publisher.slug}/",
        "imageUrl": None,
        "description": description,
        "dataSize": count,
        **attribution(publisher),
    }


def place(one: Listed, middles: Mapping[str, Point]) -> Point | None:
    """Give its point; without one nor a street that the harvester could look up, the middle of its commune."""
    return one.point or (None if one.address else middle(one, middles))


def middle(one: Listed, middles: Mapping[str, Point]) -> Point | None:
    return middles.get(one.commune_code) if one.commune_code else middles.get(one.commune)
