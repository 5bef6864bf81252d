"""Load the official geographic code from the files that the build put in `cog/`."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from terreau.geography.enums import CommuneKind, IntercommunalityKind
from terreau.geography.models import Commune, Department, Intercommunality, Membership, Region
from terreau.geography.pure import cog
from terreau.geography.services.errors import CodeFilesMissing, CodeFilesUnreadable, UnknownDepartment

COG_FOLDER = Path(__file__).resolve().parent.parent / "cog"
COG_YEAR = 2026
FILES = ("regions.json", "departements.json", "communes.json", "epci.json")
BATCH = 2000

Table = TypeVar("Table", bound=Model)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what happened to them.

    closed: no longer in the official code, hence ended, or taken out when the same vintage had said it.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, table by table. vintage: "COG 2026"."""

    vintage: str
    regions: Counts
    departments: Counts
    communes: Counts
    intercommunalities: Counts
    memberships: Counts

    @property
    def written(self) -> int:
        """Rows written; 0 when everything was already there."""
        tables = [getattr(self, field.name) for field in fields(self) if field.name != "vintage"]
        return sum(table.created + table.updated + table.closed for table in tables)


@dataclass(frozen=True, slots=True)
class _Code:
    regions: list[Region]
    departments: list[Department]
    communes: list[cog.CommuneRow]
    intercommunalities: list[cog.IntercommunalityRow]


@transaction.atomic
def load_code(departments: Collection[str] | None = None, *, folder: Path = COG_FOLDER, year: int = COG_YEAR) -> Loaded:
    """Write the official geographic code of a year; run again, it changes nothing.

    departments: codes; None is the whole country. With some, every intercommunality that touches them comes whole.
    Rows already there outside these departments stay. Points, surfaces and shapes are never touched.
    A commune that is no longer current keeps its row and says what took it in; memberships and intercommunalities
    that the files no longer know end on 31 December of the year before. Years are loaded in their order.
    Raises CodeFilesMissing, CodeFilesUnreadable, UnknownDepartment; nothing is written when it raises.
    Source: INSEE, Code officiel géographique; DGCL, list of intercommunalities with their own taxes.
    """
    code = _read(folder)
    known = {department.code for department in code.departments}
    if departments is not None and (unknown := sorted(set(departments) - known)):
        raise UnknownDepartment(
            _("Département inconnu du code officiel : %(codes)s. Donnez des codes tels que 59, 2A ou 974.")
            % {"codes": ", ".join(unknown)}
        )
    communes, sirens = cog.perimeter(
        code.communes, code.intercommunalities, known if departments is None else set(departments)
    )
    vintage = f"COG {year}"
    return Loaded(
        vintage=vintage,
        regions=_sync(Region, code.regions, ("name",)),
        departments=_sync(Department, code.departments, ("name", "region_id")),
        communes=_sync_communes([row for row in code.communes if row.code in communes], year),
        intercommunalities=_sync_intercommunalities(code.intercommunalities, sirens, year),
        memberships=_sync_memberships(code.intercommunalities, sirens, vintage, year),
    )


def _read(folder: Path) -> _Code:
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        raise CodeFilesMissing(
            _(
                "Les fichiers du code officiel géographique manquent dans %(folder)s : %(files)s. "
                "Réinstallez Terreau depuis ses sources (pip install .) : la construction les y dépose."
            )
            % {"folder": folder, "files": ", ".join(missing)}
        )
    try:
        regions, departments, communes, epci = (
            json.loads((folder / name).read_text(encoding="utf-8")) for name in FILES
        )
        intercommunalities = cog.intercommunalities(epci)
        populations = {code: population for row in intercommunalities for code, population in row.members.items()}
        code = _Code(
            regions=[Region(code=row["code"], name=row["nom"]) for row in regions],
            departments=[Department(code=row["code"], name=row["nom"], region_id=row["region"]) for row in departments],
            communes=cog.communes(communes, departments={row["code"] for row in departments}, populations=populations),
            intercommunalities=intercommunalities,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CodeFilesUnreadable(
            _(
                "Les fichiers de %(folder)s ne sont pas ceux du code officiel géographique (%(detail)s). "
                "Réinstallez Terreau depuis ses sources (pip install .)."
            )
            % {"folder": folder, "detail": f"{type(error).__name__}: {error}"}
        ) from error
    if strangers := _strangers(code):
        raise CodeFilesUnreadable(
            _(
                "Les fichiers de %(folder)s se contredisent : %(codes)s. "
                "Ils doivent venir d'une même version du paquet @etalab/decoupage-administratif."
            )
            % {"folder": folder, "codes": ", ".join(strangers[:10])}
        )
    return code


def _strangers(code: _Code) -> list[str]:
    """Return the codes that one file uses and another does not define."""
    regions = {region.code for region in code.regions}
    departments = {department.code for department in code.departments}
    current = {row.code for row in code.communes if row.kind == CommuneKind.CURRENT}
    members = [member for row in code.intercommunalities for member in row.members]
    return [
        *(department.region_id for department in code.departments if department.region_id not in regions),
        *(row.department for row in code.communes if row.department not in departments),
        *(row.within for row in code.communes if row.within and row.within not in current),
        *(member for member in members if member not in current),
        *(row.kind for row in code.intercommunalities if row.kind not in IntercommunalityKind.values),
        *(member for member, times in Counter(members).items() if times > 1),
    ]


def _sync(table: type[Table], rows: Sequence[Table], names: tuple[str, ...]) -> Counts:
    """Insert the rows that are new, update the named columns of those that differ, touch nothing else."""
    key = table._meta.pk.attname
    stored = {row[0]: row[1:] for row in table._default_manager.values_list(key, *names)}
    new = [row for row in rows if row.pk not in stored]
    changed = [
        row for row in rows if row.pk in stored and stored[row.pk] != tuple(getattr(row, name) for name in names)
    ]
    table._default_manager.bulk_create(new, batch_size=BATCH)
    written = [*names, "folded_name"] if hasattr(table, "folded_name") else list(names)
    table._default_manager.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=[key], update_fields=written
    )
    return Counts(created=len(new), updated=len(changed), unchanged=len(rows) - len(new) - len(changed))


def _sync_communes(rows: Iterable[cog.CommuneRow], year: int) -> Counts:
    """Write the communes; one that was current and is not any more ends the year before."""
    stored = {
        commune.code: commune for commune in Commune.objects.only("name", "kind", "siren", "until_year").order_by()
    }
    communes, moved_sirens = [], []
    for row in rows:
        before = stored.get(row.code)
        until_year = before.until_year if before and row.kind != CommuneKind.CURRENT else None
        if before and before.kind == CommuneKind.CURRENT and row.kind != CommuneKind.CURRENT:
            until_year = year - 1
        if before and before.siren != row.siren:
            moved_sirens.append(row.code)
        communes.append(
            Commune(
                code=row.code,
                name=row.name or (before.name if before else ""),
                kind=row.kind,
                department_id=row.department,
                siren=row.siren,
                postal_codes=" ".join(row.postal_codes),
                population=row.population,
                succeeded_by_id=row.within or None,
                until_year=until_year,
            )
        )
    # A SIREN may pass from one commune to another: let it go before it is taken.
    Commune.objects.filter(code__in=moved_sirens).update(siren="")
    names = ("name", "kind", "department_id", "siren", "postal_codes", "population", "succeeded_by_id", "until_year")
    return _sync(Commune, communes, names)


def _sync_intercommunalities(rows: Iterable[cog.IntercommunalityRow], sirens: Collection[str], year: int) -> Counts:
    known = {row.siren for row in rows}
    gone = [
        siren
        for siren in Intercommunality.objects.filter(until_on=None).order_by().values_list("siren", flat=True)
        if siren not in known
    ]
    Intercommunality.objects.filter(siren__in=gone).update(until_on=date(year - 1, 12, 31))
    wanted = [
        Intercommunality(siren=row.siren, name=row.name, kind=row.kind, population=row.population)
        for row in rows
        if row.siren in sirens
    ]
    counts = _sync(Intercommunality, wanted, ("name", "kind", "population", "until_on"))
    return Counts(counts.created, counts.updated, counts.unchanged, closed=len(gone))


def _sync_memberships(
    rows: Iterable[cog.IntercommunalityRow], sirens: Collection[str], vintage: str, year: int
) -> Counts:
    """End what the files no longer say, then write what they say and the table does not.

    The files tell a state, not its beginning: a start is written only when an earlier vintage said otherwise.
    """
    said = {(member, row.siren): row.siren in sirens for row in rows for member in row.members}
    stored = {
        (commune, siren): (pk, seen)
        for pk, commune, siren, seen in Membership.objects.current()
        .order_by()
        .values_list("pk", "commune_id", "intercommunality_id", "vintage")
    }
    ended = [(pk, seen) for pair, (pk, seen) in stored.items() if pair not in said]
    Membership.objects.filter(pk__in=[pk for pk, seen in ended if seen == vintage]).delete()
    Membership.objects.filter(pk__in=[pk for pk, seen in ended if seen != vintage]).update(
        until_on=date(year - 1, 12, 31)
    )
    updated = Membership.objects.current().exclude(vintage=vintage).update(vintage=vintage)
    moved = set(Membership.objects.exclude(until_on=None).order_by().values_list("commune_id", flat=True))
    new = [
        Membership(
            commune_id=commune,
            intercommunality_id=siren,
            vintage=vintage,
            since_on=date(year, 1, 1) if commune in moved else None,
        )
        for (commune, siren), wanted in said.items()
        if wanted and (commune, siren) not in stored
    ]
    Membership.objects.bulk_create(new, batch_size=BATCH)
    unchanged = len(stored) - len(ended) - updated
    return Counts(created=len(new), updated=updated, unchanged=unchanged, closed=len(ended))
