"""Organisations as GeoJSON features (RFC 7946): one feature each, unlocated when nothing places it.

E-mail addresses and telephones stay on the pages: a file of them would serve those who write to everyone.
"""

from typing import Any

from terreau.api.pure.listed import Listed, Publisher, attribution


def head(publisher: Publisher) -> dict[str, Any]:
    """Give the members of the collection beside its features."""
    return {"type": "FeatureCollection", "name": f"Organisations · {publisher.name}", **attribution(publisher)}


def feature(one: Listed, publisher: Publisher) -> dict[str, Any]:
    """Tell an organisation. geometry: its point, null when it has none (RFC 7946, 3.2)."""
    geometry = {"type": "Point", "coordinates": [one.point.longitude, one.point.latitude]} if one.point else None
    properties = {
        "nom": one.name,
        "autres_noms": list(one.other_names),
        "anonyme": one.is_anonymous,
        "nature": one.nature.name if one.nature else None,
        "nature_deduite": one.nature_is_deduced,
        "themes": [theme.name for theme in one.themes],
        "echelle": one.scale.name if one.scale else None,
        "creation": one.start or None,
        "fin": one.end or None,
        "adresse": one.address or None,
        "code_postal": one.postcode or None,
        "commune": one.commune or None,
        "code_insee": one.commune_code or None,
        "origine_du_point": (one.point.origin or None) if one.point else None,
        "site": one.site or None,
        "siren": one.number("siren") or None,
        "siret": one.number("siret") or None,
        "rna": one.number("rna") or None,
        "resume": one.summary or None,
        "confirmee_le": one.confirmed_on.isoformat() if one.confirmed_on else None,
        "mise_a_jour": one.updated_at.isoformat(timespec="seconds"),
        "fiche": publisher.base + one.path,
    }
    return {"type": "Feature", "id": one.key, "geometry": geometry, "properties": properties}
