"""Organisations as the matching core compares them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from terreau.directory.enums import PointOrigin
from terreau.directory.models import Identifier, Organisation, OrganisationLink, OrganisationName, Tie
from terreau.duplicates.pure.profiles import Profile
from terreau.kernel.enums import Visibility
from terreau.territory.models import Territory

COLUMNS = (
    "pk", "name", "commune", "commune_code", "postcode", "address", "telephone", "email", "site", "longitude", "latitude",
    "point_origin", "parent_id",
)  # fmt: skip


def compared(territory: Territory) -> Any:
    """Give the organisations that may be compared: neither private, nor merged, nor designated without a name."""
    return (
        Organisation.objects.of(territory)
        .filter(merged_into=None, is_anonymous=False)
        .exclude(visibility=Visibility.PRIVATE)
    )


def profiles_of(territory: Territory) -> Iterator[Profile]:
    """Give the profile of each, one at a time. Five queries, whatever their number."""
    organisations = compared(territory)
    names = _many(OrganisationName, organisations, "name")
    links = _many(OrganisationLink, organisations, "url")
    numbers = _many(Identifier, organisations, "scheme", "value")
    tied = _ties(territory)
    rows = organisations.values_list(*COLUMNS).iterator(chunk_size=2000)
    for pk, name, commune, code, postcode, street, telephone, email, site, longitude, latitude, origin, parent in rows:
        located = longitude is not None and origin != PointOrigin.COMMUNE
        yield Profile(
            id=pk,
            names=(name, *(row[0] for row in names.get(pk, ()))),
            identifiers=frozenset((row[0], row[1]) for row in numbers.get(pk, ())),
            commune=commune,
            commune_code=code,
            postcode=postcode,
            address=street,
            phones=(telephone,) if telephone else (),
            sites=tuple(filter(None, (site, *(row[0] for row in links.get(pk, ()))))),
            emails=(email,) if email else (),
            point=(longitude, latitude) if located else None,
            parent=parent,
            tied=frozenset(tied.get(pk, ())),
        )


def _many(table: Any, organisations: Any, *columns: str) -> dict[UUID, list[tuple[str, ...]]]:
    found: dict[UUID, list[tuple[str, ...]]] = defaultdict(list)
    rows = table.objects.filter(organisation__in=organisations).order_by("position", "pk")
    for pk, *values in rows.values_list("organisation_id", *columns).iterator(chunk_size=5000):
        found[pk].append(tuple(values))
    return found


def _ties(territory: Territory) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    ties: Any = Tie.objects.of(territory)
    for origin, target in ties.order_by().values_list("origin_id", "target_id").iterator(chunk_size=5000):
        found[origin].add(target)
        found[target].add(origin)
    return found
