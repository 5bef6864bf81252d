"""Rows of the official geographic code, read from the JSON files of @etalab/decoupage-administratif.

The files: regions.json, departements.json, communes.json, epci.json (see docs/decisions/0004-geography-data.md).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from terreau.geography.pure.codes import department_of

Row = Mapping[str, object]

KINDS = {
    "commune-actuelle": "current",
    "commune-deleguee": "delegated",
    "commune-associee": "associated",
    "arrondissement-municipal": "district",
}


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune as the files give it. within: the current commune that takes it in, empty for a current one."""

    code: str
    name: str
    kind: str
    department: str
    siren: str = ""
    postal_codes: tuple[str, ...] = ()
    population: int | None = None
    within: str = ""


@dataclass(frozen=True, slots=True)
class IntercommunalityRow:
    """An intercommunality and the municipal populations of its communes, by code."""

    siren: str
    name: str
    kind: str
    population: int | None
    members: Mapping[str, int | None]


def intercommunalities(rows: Iterable[Row]) -> list[IntercommunalityRow]:
    """Read epci.json. Raises KeyError or TypeError when it is another file."""
    return [
        IntercommunalityRow(
            siren=_text(row, "code"),
            name=_text(row, "nom"),
            kind=_text(row, "type"),
            population=_number(row, "populationMunicipale"),
            members={
                _text(member, "code"): _number(member, "populationMunicipale") for member in _rows(row, "membres")
            },
        )
        for row in rows
    ]


def communes(
    rows: Sequence[Row], *, departments: Collection[str], populations: Mapping[str, int | None]
) -> list[CommuneRow]:
    """Read communes.json: current communes first, then their parts, then the former codes that they took over.

    populations: municipal, by code, from the list of intercommunalities: they win over those of the file,
    which differ a little, so that the communes of an intercommunality sum to its own population.
    departments: the known codes. A former code whose own prefix is no department any more (Corsica before 1976) takes
    the department of its successor. A delegated commune that bears the code of its own commune is the same code, hence
    no row.
    Raises KeyError or TypeError when it is another file.
    """
    current = [_commune(row) for row in rows if row["type"] == "commune-actuelle"]
    current = [replace(row, population=populations.get(row.code, row.population)) for row in current]
    seen = {commune.code: commune for commune in current}
    for row in rows:
        if row["type"] != "commune-actuelle" and _text(row, "code") not in seen:
            part = _commune(row)
            seen[part.code] = part
    for row in rows:
        for code in row.get("anciensCodes") or ():  # type: ignore[attr-defined]
            if code not in seen:
                prefix = department_of(code)
                home = prefix if prefix in departments else _text(row, "departement")
                seen[code] = CommuneRow(code=code, name="", kind="former", department=home, within=_text(row, "code"))
    return list(seen.values())


def perimeter(
    communes_: Iterable[CommuneRow], intercommunalities_: Iterable[IntercommunalityRow], departments: Collection[str]
) -> tuple[set[str], set[str]]:
    """Return the commune codes and the SIRENs that concern these departments.

    An intercommunality that touches them comes whole, with its communes of other departments; a commune comes with its
    parts and its former codes.
    """
    communes_ = list(communes_)
    home = {commune.code for commune in communes_ if commune.department in departments}
    sirens = set()
    kept = set(home)
    for intercommunality in intercommunalities_:
        if not home.isdisjoint(intercommunality.members):
            sirens.add(intercommunality.siren)
            kept.update(intercommunality.members)
    kept |= {commune.within for commune in communes_ if commune.code in kept and commune.within}
    kept |= {commune.code for commune in communes_ if commune.within in kept}
    return kept, sirens


def _commune(row: Row) -> CommuneRow:
    return CommuneRow(
        code=_text(row, "code"),
        name=_text(row, "nom"),
        kind=KINDS[_text(row, "type")],
        department=_text(row, "departement"),
        siren=str(row.get("siren") or ""),
        postal_codes=tuple(row.get("codesPostaux") or ()),  # type: ignore[arg-type]
        population=_number(row, "population") if "population" in row else None,
        within=str(row.get("chefLieu") or row.get("commune") or ""),
    )


def _text(row: Row, name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _number(row: Row, name: str) -> int | None:
    value = row[name]
    if value is not None and not isinstance(value, int):
        raise TypeError(name)
    return value


def _rows(row: Row, name: str) -> list[Row]:
    value = row[name]
    if not isinstance(value, list):
        raise TypeError(name)
    return value
