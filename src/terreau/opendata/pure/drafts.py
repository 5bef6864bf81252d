"""A row as an organisation to be: values of ours, what is wrong with it, what identifies it where it comes from."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from terreau.kernel.pure.edtf import EdtfError, parse
from terreau.kernel.pure.periods import Period
from terreau.opendata.pure import cells as reading
from terreau.opendata.pure import lambert93
from terreau.opendata.pure.connectors import Connector
from terreau.opendata.pure.fields import BY_NAME, KEPT, is_personal
from terreau.opendata.pure.folding import fold
from terreau.opendata.pure.limits import MOST_CELL
from terreau.opendata.pure.problems import Problem
from terreau.opendata.pure.tables import Cells, Numbered

Values = dict[str, Any]
NAF_REV2 = "NAFRev2"
LONGEST_ADDRESS = 300
REVISION_2 = 6
"""Characters of a code of NAF rev. 2: « 88.99B »."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says. values: field → value, without what is unknown. raw: cells worth keeping, persons left out."""

    number: int
    outside_id: str
    values: Values
    raw: dict[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)


@dataclass(frozen=True)
class Plan:
    """How rows of a file are read. mapping: column → field. kept: columns whose cells go in `raw`."""

    mapping: Mapping[str, str]
    connector: Connector | None = None
    kept: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, columns: tuple[str, ...], mapping: Mapping[str, str], connector: Connector | None) -> "Plan":
        """Make the plan of a file. With a connector, the mapping is the connector's."""
        chosen = dict(connector.fields) if connector else dict(mapping)
        kept = frozenset(
            column
            for column in columns
            if column in chosen
            or (connector and connector.reads(column))
            or not (
                is_personal(column)
                or (connector and connector.why_left(column) in {"person", "private_contact", "correspondence"})
            )
        )
        return cls(chosen, connector, kept)


def drafts(rows: Iterator[Numbered], plan: Plan) -> Iterator[Draft]:
    """Read rows one by one."""
    for number, row in rows:
        yield draft(number, row, plan)


def draft(number: int, row: Cells, plan: Plan) -> Draft:
    """Read a row. Every cell that is not taken is in the problems, or empty, or in a column that is told as unread."""
    raw: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for column, name in plan.mapping.items():
        cell = row.get(column)
        if cell is not None and cell != "" and (name not in raw or raw[name] in (None, "")):
            raw[name], origin[name] = cell, column
    problems: list[Problem] = []
    if plan.connector and (problem := plan.connector.complete(row, raw)):
        problems.append(problem)
    values: Values = {}
    for name, cell in raw.items():
        if name == "activity_nomenclature":
            values[name] = cell
            continue
        value, problem = reading.read(BY_NAME[name], cell, origin.get(name, ""))
        if problem:
            problems.append(problem)
        if value is not None:
            values[name] = value
    if extra := row.get(""):
        problems.append(Problem("extra_cells", value=str(extra)[:200]))
    is_name_told = any(problem.refuses and problem.column == origin.get("name") for problem in problems)
    problems += (problem for problem in _settle(values) if not (problem.code == "name" and is_name_told))
    outside = _outside_id(values, plan.connector)
    kept = (
        {column: _short(cell) for column, cell in row.items() if cell not in (None, "") and column in plan.kept}
        if _hashable(row)
        else _kept(row, plan)
    )
    for column in {problem.column for problem in problems if problem.code in reading.PERSONAL} & kept.keys():
        del kept[column]
    return Draft(number, outside, {name: values[name] for name in KEPT if name in values}, kept, tuple(problems))


def _hashable(row: Cells) -> bool:
    return not any(isinstance(cell, (list, dict)) for cell in row.values())


def _kept(row: Cells, plan: Plan) -> dict[str, Any]:
    return {column: cell for column, cell in row.items() if column in plan.kept and cell is not None and cell != ""}


def _short(cell: Any) -> Any:
    return cell[:MOST_CELL] if isinstance(cell, str) else cell


def _settle(values: Values) -> Iterator[Problem]:  # noqa: C901 -- one value after another
    """Make the values that need several: one address, a point in degrees, numbers that agree; give what does not."""
    if pivot := values.pop("pivot", None):
        scheme, _colon, number = pivot.partition(":")
        values.setdefault(scheme, number)
    parts = (values.pop(name, None) for name in ("house_number", "address", "address_more"))
    if address := " ".join(part for part in parts if part):
        values["address"] = address[:LONGEST_ADDRESS]
    _settle_point(values)
    if code := values.get("activity_code"):
        values.setdefault("activity_nomenclature", NAF_REV2 if len(code) == REVISION_2 else "")
    if not values.get("activity_nomenclature") or not code:
        values.pop("activity_nomenclature", None)
    for other in ("acronym", "usage_name"):
        if fold(values.get(other, "")) == fold(values.get("name", "")):
            values.pop(other, None)
    if "name" not in values:
        yield Problem("name")
    siren, siret = values.get("siren"), values.get("siret")
    if siret and not siren:
        # The unit of an establishment is in its number: what another source says of the unit will find it.
        values["siren"] = siret[:9]
    if siren and siret and not siret.startswith(siren):
        yield Problem("units", value=siret, details={"siren": siren})
    if "start" in values and "end" in values:
        try:
            Period(parse(values["start"]), parse(values["end"])).check()
        except EdtfError:
            yield Problem("period", value=values["end"], details={"start": values["start"]})


def _settle_point(values: Values) -> None:
    x, y = values.pop("x", None), values.pop("y", None)
    longitude, latitude = values.pop("longitude", None), values.pop("latitude", None)
    # (0, 0) is in the Gulf of Guinea: files write it for « unknown ».
    if longitude is not None and latitude is not None and (longitude, latitude) != (0, 0):
        values["longitude"], values["latitude"] = longitude, latitude
    elif x is not None and y is not None and (point := lambert93.to_degrees(x, y)):
        values["longitude"], values["latitude"] = point


def _outside_id(values: Values, connector: Connector | None) -> str:
    """Give what identifies the row there: its identifier, else a number, else a fingerprint of its name and place."""
    given = values.pop("outside_id", None)
    if given:
        return str(given)
    wanted = (connector.outside_id,) if connector and connector.outside_id != "outside_id" else ()
    for name in (*wanted, "siret", "rna", "siren", "data_inclusion"):
        if number := values.get(name):
            return str(number)
    identity = "\n".join(fold(str(values.get(name, ""))) for name in ("name", "commune", "postcode", "address"))
    return f"sha256:{hashlib.sha256(identity.encode()).hexdigest()[:40]}"
