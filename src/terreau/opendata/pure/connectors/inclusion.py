"""Inclusion: data·inclusion, structures of insertion (SIAE), those who send people to them.

Sources: standards.md, sections 3 and 5; package data-inclusion-schema 1.0.10.
"""

from terreau.opendata.pure.connectors.shape import Connector, Raw
from terreau.opendata.pure.problems import Problem
from terreau.opendata.pure.tables import Cells

TECHNICAL = "technical"


def _active(cells: Cells, _raw: Raw) -> Problem | None:
    return Problem("inactive") if cells.get("is_active") is False else None


INCLUSION = (
    Connector(
        "data_inclusion", "data·inclusion", frozenset({"source", "id", "nom", "date_maj"}),
        {
            "id": "data_inclusion", "nom": "name", "description": "description", "siret": "siret", "rna": "rna", "commune": "commune",
            "code_postal": "postcode", "code_insee": "commune_code", "adresse": "address", "complement_adresse": "address_more", "longitude": "longitude",
            "latitude": "latitude", "telephone": "telephone", "courriel": "email", "site_web": "site", "presentation_resume": "summary",
            "presentation_detail": "description",
        },
        "data_inclusion", leaves={"source": TECHNICAL, "date_maj": TECHNICAL, "_di_": TECHNICAL, "score_qualite": TECHNICAL, "doublons": TECHNICAL},
        never=frozenset({"structure_id", "pivot"}),
    ),
    Connector(
        "siae", "Structures d'insertion par l'activité économique", frozenset({"siret", "nom", "nom_usuel", "type", "naf", "ville"}),
        {
            "siret": "siret", "nom": "name", "nom_usuel": "usage_name", "type": "activities", "naf": "activity_code", "adresse": "address",
            "code_postal": "postcode", "ville": "commune", "code_insee": "commune_code", "longitude": "longitude", "latitude": "latitude",
            "site_web": "site",
        },
        "siret", leaves={
            "source": TECHNICAL, "date_creation_fiche": TECHNICAL, "date_maj_fiche": TECHNICAL, "rattachement": TECHNICAL, "departement": TECHNICAL,
            "siren_epci": TECHNICAL, "nom_epci": TECHNICAL,
        },
    ),
    Connector(
        "marche_inclusion", "Marché de l'inclusion", frozenset({"siret", "name", "kind", "post_code", "city"}),
        {
            "siret": "siret", "name": "name", "brand": "usage_name", "kind": "activities", "contact_website": "site", "address": "address",
            "city": "commune", "post_code": "postcode", "description": "description",
        },
        "siret", frozenset({"is_active"}),
        {"contact_email": "private_contact", "contact_phone": "private_contact", "contact_first": "person", "contact_last": "person",
         "logo_url": TECHNICAL, "created_at": TECHNICAL, "updated_at": TECHNICAL, "slug": TECHNICAL, "id": TECHNICAL, "department": TECHNICAL,
         "region": TECHNICAL},
        _active,
    ),
    Connector(
        "prescripteurs", "Prescripteurs de l'insertion", frozenset({"type", "nom", "siret", "adresse", "complement", "ville", "code_insee"}),
        {
            "type": "activities", "nom": "name", "siret": "siret", "adresse": "address", "complement": "address_more", "code_postal": "postcode",
            "ville": "commune", "code_insee": "commune_code", "longitude": "longitude", "latitude": "latitude",
        },
        "outside_id", leaves={"siren_epci": TECHNICAL},
    ),
)  # fmt: skip
