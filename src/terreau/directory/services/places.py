"""Where organisations are: the commune that is written of them, its official code, and a point for the map.

Nothing is guessed: a name borne by several communes, none of them in the perimeter, in its department alone or served
by the postal code, stays a name. A point that someone gave, or that an address gave, is kept; otherwise the point is
that of the commune, and says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db.models import Q

from terreau.directory.enums import PointOrigin
from terreau.directory.models import Organisation
from terreau.directory.pure.cells import cell_of
from terreau.directory.pure.towns import loose
from terreau.geography.models import Commune
from terreau.geography.pure.names import fold
from terreau.territory.models import PerimeterCommune, Territory

CHUNK = 1000
PLACED = ("commune_code", "longitude", "latitude", "point_origin", "cell")
"""What `locate` sets."""
POINT = PLACED[1:]


@dataclass(frozen=True, slots=True)
class Town:
    """A commune that organisations may be in. longitude, latitude: None when no point of it is known."""

    code: str
    name: str
    longitude: float | None
    latitude: float | None
    postal_codes: str = ""
    is_near: bool = False
    """In the perimeter of the territory."""

    def answers(self, written: str) -> bool:
        """Whether a name as written may be this commune: "VALENCIENNES CEDEX 9" is Valenciennes."""
        ours, theirs = _folded(self.name), _bare(written)
        return not theirs or theirs == ours or loose(theirs) == loose(ours) or theirs.startswith(f"{ours} ")


def locate(territory: Territory, organisations: Iterable[Organisation]) -> None:
    """Set the code of the commune, the point, its origin and its cell, in memory: the caller saves `PLACED`.

    The name as written stays as it is; a code that no longer goes with it is replaced, or emptied when the name is
    not known. A code that the official code does not hold, or not yet, is kept as it is given. One query for the
    perimeter, and one for each CHUNK of names or codes that it does not hold.
    """
    rows = list(organisations)
    if not rows:
        return
    towns = _Towns(territory)
    towns.learn(rows)
    for organisation in rows:
        _place(organisation, towns)


def place(territory: Territory) -> int:
    """Locate all the organisations of a territory again, and save those that moved. Gives how many.

    Only the point is written: a dossier says itself which codes it knows. It is derived: neither their version nor
    their history changes. Four queries for each CHUNK, and one for the perimeter.
    """
    moved = 0
    rows = Organisation.objects.filter(territory=territory).order_by("pk")
    rows = rows.only("commune", "postcode", *PLACED)
    for chunk in _chunks(rows.iterator(chunk_size=CHUNK)):
        before = [_placed(organisation) for organisation in chunk]
        codes = [organisation.commune_code for organisation in chunk]
        locate(territory, chunk)
        for organisation, code in zip(chunk, codes, strict=True):
            organisation.commune_code = code
        changed = [
            organisation for organisation, seen in zip(chunk, before, strict=True) if seen != _placed(organisation)
        ]
        Organisation.objects.bulk_update(changed, POINT, batch_size=100)
        moved += len(changed)
    return moved


def _chunks(rows: Iterator[Organisation]) -> Iterator[list[Organisation]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _placed(organisation: Organisation) -> tuple[object, ...]:
    return tuple(getattr(organisation, name) for name in PLACED)


def _place(organisation: Organisation, towns: "_Towns") -> None:
    town = towns.of(organisation)
    if town or organisation.commune_code in towns.by_code:
        organisation.commune_code = town.code if town else ""
    has_point = organisation.longitude is not None and organisation.latitude is not None
    if not has_point or organisation.point_origin == PointOrigin.COMMUNE:
        organisation.longitude = town.longitude if town else None
        organisation.latitude = town.latitude if town else None
        organisation.point_origin = PointOrigin.COMMUNE if organisation.longitude is not None else ""
    elif not organisation.point_origin:
        organisation.point_origin = PointOrigin.GIVEN
    if organisation.longitude is None or organisation.latitude is None:
        organisation.cell = None
    else:
        organisation.cell = cell_of(organisation.longitude, organisation.latitude)


class _Towns:
    """The communes that some organisations may be in: those of the perimeter, then those of the official code."""

    def __init__(self, territory: Territory) -> None:
        self.by_code: dict[str, Town] = {}
        self.by_name: dict[str, list[Town]] = defaultdict(list)
        self.near_departments: set[str] = set()
        for row in PerimeterCommune.objects.filter(perimeter__territory=territory).order_by("code"):
            longitude, latitude = (None if value is None else float(value) for value in (row.longitude, row.latitude))
            self._add(Town(row.code, row.name, longitude, latitude, is_near=True))
            self.near_departments.add(_department(row.code))

    def learn(self, organisations: list[Organisation]) -> None:
        """Read the communes that the perimeter does not hold."""
        codes = {one.commune_code for one in organisations} - {"", *self.by_code}
        names = {_bare(one.commune) for one in organisations if not self._near(one.commune)} - {""}
        wanted = [(code, "") for code in sorted(codes)] + [("", name) for name in sorted(names)]
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            asked = Q(code__in=[code for code, _name in some if code])
            asked |= Q(folded_name__in=[name for _code, name in some if name])
            for commune in Commune.objects.filter(asked).select_related("succeeded_by").order_by("code"):
                if commune.code not in self.by_code:
                    self._add(_town(commune))

    def of(self, organisation: Organisation) -> Town | None:
        written = organisation.commune
        known = self.by_code.get(organisation.commune_code)
        if known and known.answers(written):
            return known
        if not _bare(written):
            return known
        candidates = self._near(written) or self.by_name[_bare(written)]
        narrower = [
            candidates,
            [
                town
                for town in candidates
                if organisation.postcode and organisation.postcode in town.postal_codes.split()
            ],
            [town for town in candidates if _department(town.code) in self.near_departments],
        ]
        return next((towns[0] for towns in narrower if len({town.code for town in towns}) == 1), None)

    def _near(self, written: str) -> list[Town]:
        """Give the communes of the perimeter that bear a name, small words aside (« sur l'Escaut », « sur Escaut »)."""
        return [town for town in self.by_name[loose(_bare(written))] if town.is_near]

    def _add(self, town: Town) -> None:
        self.by_code[town.code] = town
        for name in {fold(town.name), loose(fold(town.name))} if town.is_near else {fold(town.name)}:
            self.by_name[name].append(town)


def _town(commune: Commune) -> Town:
    """Take the point of what it is part of today when a former commune has none."""
    whole = commune.succeeded_by
    there = whole if whole and commune.longitude is None else commune
    return Town(commune.code, commune.name, there.longitude, there.latitude, commune.postal_codes)


_folded = lru_cache(maxsize=8192)(fold)
"""Names of communes come again, row after row."""


@lru_cache(maxsize=8192)
def _bare(written: str) -> str:
    """Fold a name, without the CEDEX of postal addresses."""
    return fold(written).partition(" cedex")[0].strip()


def _department(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]
