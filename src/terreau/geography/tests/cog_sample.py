"""A small country of our own, in the shape of the official files, so that the suite runs without them."""

import json
from pathlib import Path

REGIONS = [{"code": "32", "nom": "Hauts-de-France"}, {"code": "94", "nom": "Corse"}]
DEPARTMENTS = [
    {"code": "59", "nom": "Nord", "region": "32"},
    {"code": "02", "nom": "Aisne", "region": "32"},
    {"code": "2A", "nom": "Corse-du-Sud", "region": "94"},
]


def commune(code, name, population, **more):
    department = more.pop("departement", code[:2])
    return {
        "code": code, "nom": name, "type": "commune-actuelle", "departement": department, "region": "32",
        "codesPostaux": ["59300"], "population": population, **more,
    }  # fmt: skip


COMMUNES = [
    commune("59606", "Valenciennes", 43_000, siren="215906064"),
    commune("59544", "Saint-Saulve", 11_000, siren="215905447", anciensCodes=["59999"]),
    commune("59006", "L'Orée de Mormal", 1_000, anciensCodes=["59070"]),
    commune("02001", "Abbécourt", 500, codesPostaux=["02300", "02301"]),
    commune("2A004", "Ajaccio", 70_000, anciensCodes=["20004"]),
    {"code": "59006", "nom": "Amfroipret", "type": "commune-deleguee", "chefLieu": "59006", "departement": "59"},
    {"code": "59070", "nom": "Bermeries", "type": "commune-deleguee", "chefLieu": "59006", "departement": "59"},
]


def intercommunality(code, name, members, kind="CA"):
    populations = {row["code"]: row["population"] for row in COMMUNES if "population" in row}
    return {
        "code": code, "nom": name, "type": kind,
        "populationMunicipale": sum(populations[member] + 1 for member in members),
        "membres": [{"code": member, "populationMunicipale": populations[member] + 1} for member in members],
    }  # fmt: skip


EPCI = [
    intercommunality("245901160", "CA Valenciennes Métropole", ["59606", "59544"]),
    intercommunality("200043321", "CC du Pays de Mormal", ["59006", "02001"], "CC"),
]


def write(folder: Path, *, regions=REGIONS, departments=DEPARTMENTS, communes=COMMUNES, epci=EPCI) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in (("regions", regions), ("departements", departments), ("communes", communes), ("epci", epci)):
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def square(longitude, latitude, side=0.1):
    """A GeoJSON square whose south-west corner is given, sides in degrees."""
    east, north = longitude + side, latitude + side
    ring = [[longitude, latitude], [east, latitude], [east, north], [longitude, north], [longitude, latitude]]
    return {"type": "Polygon", "coordinates": [ring]}
