"""Maps of initiatives: GoGoCarto (whole and compact), Transiscope (JSON-LD, and its flat form).

Source: standards.md, section 6. Elements that their map does not show (status 0 or less) are refused;
an e-mail that the map hides stays hidden.
"""

from typing import Any

from terreau.opendata.pure.connectors.shape import Connector, Raw, first
from terreau.opendata.pure.problems import Problem
from terreau.opendata.pure.tables import Cells

TECHNICAL = "technical"


def _labels(*lists: Any) -> list[str]:
    """Give the words of categories: labels as they are; identifiers alone say nothing here."""
    found: dict[str, None] = {}
    for items in lists:
        for item in items if isinstance(items, list) else []:
            word = item.get("name") or item.get("@id") if isinstance(item, dict) else item
            if isinstance(word, str) and not word.isdigit():
                found[word] = None
    return list(found)


def _element(cells: Cells, raw: Raw) -> Problem | None:
    raw["name"] = first(cells, "name", "title")
    raw["latitude"] = first(cells, "geo.latitude", "latitude", "lat")
    raw["longitude"] = first(cells, "geo.longitude", "longitude", "lng", "lon", "long")
    words = _labels(
        cells.get("categoriesFull"),
        cells.get("categories"),
        cells.get("taxonomy"),
        cells.get("optionValues"),
        cells.get("tags"),
    )
    raw["activities"] = words or None
    raw["description"] = (
        "\n\n".join(filter(None, (str(cells.get(name) or "").strip() for name in ("description", "descriptionMore"))))
        or None
    )
    status = cells.get("status")
    if isinstance(status, int) and status <= 0:
        return Problem("not_shown")
    return None


def _linked(cells: Cells, raw: Raw) -> Problem | None:
    raw["name"] = first(cells, "name", "title")
    raw["description"] = first(cells, "label.@value", "label", "description")
    tags = [word.strip() for word in str(cells.get("tags") or "").split(",") if word.strip()]
    raw["activities"] = list(dict.fromkeys([*tags, *_labels(cells.get("taxonomy"))])) or None
    return None


def _flat(cells: Cells, raw: Raw) -> Problem | None:
    raw["description"] = first(cells, "description", "summary")
    raw["site"] = first(cells, "website", "url")
    raw["activities"] = _labels(cells.get("categories")) or None
    return None


READ = frozenset({
    "name", "title", "geo.latitude", "geo.longitude", "latitude", "longitude", "lat", "lng", "lon", "long", "categoriesFull", "categories", "taxonomy",
    "optionValues", "tags", "description", "descriptionMore", "status",
})  # fmt: skip
ELEMENT = {
    "id": "outside_id", "address.streetAddress": "address", "address.addressLocality": "commune", "address.postalCode": "postcode",
    "commitment": "summary", "telephone": "telephone", "website": "site", "email": "email", "abstract": "summary",
}  # fmt: skip
LEFT = {
    "moderationState": TECHNICAL, "createdAt": TECHNICAL, "updatedAt": TECHNICAL, "image": TECHNICAL, "stamps": TECHNICAL, "sourceKey": TECHNICAL,
    "reports": "person", "contributions": "person", "votes": "person", "openHours": "hours", "address.addressCountry": TECHNICAL,
    "address.customFormatedAddress": TECHNICAL,
}  # fmt: skip

MAPS = (
    Connector("gogocarto", "GoGoCarto", frozenset({"id", "name", "geo.latitude"}), ELEMENT, "outside_id", READ, LEFT, _element),
    Connector("gogocarto_compact", "GoGoCarto (forme compacte)", frozenset({"id", "name", "latitude", "longitude", "categories"}), ELEMENT, "outside_id", READ, LEFT, _element),
    Connector(
        "transiscope", "Transiscope (JSON-LD)", frozenset({"name", "lat", "long", "taxonomy"}),
        {"@id": "outside_id", "lat": "latitude", "long": "longitude", "site": "site"},
        "outside_id", frozenset({"name", "title", "label.@value", "label", "description", "tags", "taxonomy"}),
        {"contact": "person", "taxonomy2": TECHNICAL, "source": TECHNICAL, "label.@language": TECHNICAL}, _linked,
    ),
    Connector(
        "transiscope_flat", "Transiscope", frozenset({"id", "title", "location.lat", "location.lon"}),
        {
            "id": "outside_id", "title": "name", "location.lat": "latitude", "location.lon": "longitude", "address.street": "address",
            "address.city": "commune", "address.postalCode": "postcode", "commitment": "summary",
        },
        "outside_id", frozenset({"description", "summary", "website", "url", "categories"}),
        {"address.country": TECHNICAL, "address.location": TECHNICAL}, _flat,
    ),
)  # fmt: skip
