"""What may be asked of the geographic code. It is public reference data: no reader is asked for."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Case, F, IntegerField, Model, Q, QuerySet, Value, When

from terreau.geography.enums import CommuneKind
from terreau.geography.models import Commune, Intercommunality, Membership, Shape
from terreau.geography.pure.map_svg import Outline, Place
from terreau.geography.pure.names import fold
from terreau.geography.pure.shapes import read_shape

Table = TypeVar("Table", bound=Model)


def commune(code: str) -> Commune | None:
    """Return what an INSEE code designates, with its department and what succeeded it; None when unknown. One query."""
    return Commune.objects.select_related("department", "succeeded_by").filter(code=code).first()


def current_commune(code: str) -> Commune | None:
    """Return the commune that answers today for a code, old or new; None when unknown. One query."""
    found = commune(code)
    return found.succeeded_by or found if found else None


def intercommunality(siren: str) -> Intercommunality | None:
    """Return an intercommunality by its SIREN, ended ones too; None when unknown. One query."""
    return Intercommunality.objects.filter(siren=siren).first()


def intercommunalities(sirens: Collection[str]) -> QuerySet[Intercommunality]:
    """Return these intercommunalities, by name. One query."""
    return Intercommunality.objects.filter(siren__in=sirens)


def communes_of(
    epci_codes: Collection[str], commune_codes: Collection[str] = (), *, at: date | None = None
) -> QuerySet[Commune]:
    """Return the current communes of a perimeter, each once, by name, with their department. One query.

    epci_codes: SIRENs. commune_codes: INSEE codes added one by one; an old code brings what succeeded it.
    at: memberships of that day; None, those of the latest official code. Populations are always the latest.
    """
    memberships = Membership.objects.current() if at is None else Membership.objects.at(at)
    by_membership = memberships.filter(intercommunality__in=epci_codes).order_by().values("commune")
    successors = (
        Commune.objects.filter(code__in=commune_codes).exclude(succeeded_by=None).order_by().values("succeeded_by")
    )
    named = Q(code__in=by_membership) | Q(code__in=commune_codes) | Q(code__in=successors)
    return Commune.objects.filter(named, kind=CommuneKind.CURRENT).select_related("department")


def communes_with_postal_code(postal_code: str) -> QuerySet[Commune]:
    """Return the current communes that this postal code serves, by name. One query."""
    return Commune.objects.filter(kind=CommuneKind.CURRENT, postal_codes__contains=postal_code).select_related(
        "department"
    )


def search_communes(text: str, *, department: str = "") -> QuerySet[Commune]:
    """Find current communes by name, INSEE code or postal code. One query.

    Accents, case, hyphens and "st" for "saint" do not matter.
    Best first: the exact name, then names that begin so, then those with a word that begins so; the most populated
    first among equals. Slice it; an empty text finds nothing.
    """
    compact = text.strip().upper()
    communes = Commune.objects.filter(kind=CommuneKind.CURRENT).select_related("department")
    if department:
        communes = communes.filter(department=department)
    is_postal_code = len(compact) == 5 and compact.isdigit()  # noqa: PLR2004 -- French postal codes
    also = Q(code=compact) | Q(postal_codes__contains=compact) if is_postal_code else Q(code=compact)
    return _ranked(communes, text, also)


def search_intercommunalities(text: str) -> QuerySet[Intercommunality]:
    """Find intercommunalities in force by name or SIREN; ranked as communes are. One query."""
    return _ranked(Intercommunality.objects.filter(until_on=None), text, Q(siren="".join(text.split())))


def _ranked(rows: QuerySet[Table], text: str, also: Q) -> QuerySet[Table]:
    folded = fold(text)
    if not folded:
        return rows.none()
    rank = Case(
        When(folded_name=folded, then=Value(0)),
        When(also, then=Value(0)),
        When(folded_name__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Q(folded_name__startswith=folded) | Q(folded_name__contains=f" {folded}") | also
    return rows.filter(found).order_by(rank, F("population").desc(nulls_last=True), "pk")


def outlines(codes: Collection[str]) -> list[Outline]:
    """Return the outlines known for these INSEE codes or SIRENs, ready to draw, without those unknown. One query."""
    return [Outline(shape.code, read_shape(shape.geojson)) for shape in Shape.objects.filter(code__in=codes)]


def shapes_of(codes: Collection[str]) -> QuerySet[Shape]:
    """Return the shapes known for these INSEE codes or SIRENs, with their source, as GeoJSON. One query."""
    return Shape.objects.filter(code__in=codes)


def places(communes: Iterable[Commune], *, captions: dict[str, str] | None = None) -> list[Place]:
    """Turn communes into dots for `pure.map_svg.draw`; a commune without a point is left out. No query of its own.

    captions: by INSEE code, what each dot says on its own, already translated.
    """
    said = captions or {}
    return [
        Place(
            code=commune.code,
            name=commune.name,
            longitude=commune.longitude,
            latitude=commune.latitude,
            population=commune.population,
            caption=said.get(commune.code, ""),
        )
        for commune in communes
        if commune.longitude is not None and commune.latitude is not None
    ]
