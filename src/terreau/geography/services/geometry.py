"""Load points and shapes of communes and intercommunalities from official GeoJSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terreau.geography.enums import CommuneKind
from terreau.geography.models import Commune, Intercommunality, Shape
from terreau.geography.pure import shapes
from terreau.geography.pure.projection import Point
from terreau.geography.services.errors import GeometryUnreadable

TOLERANCE_M = 30.0
CODE_NAMES = ("code_insee", "code", "siren", "codgeo", "INSEE_COM", "CODE_SIREN")
POINT_NAMES = (("point_interieur_longitude", "point_interieur_latitude"), ("longitude", "latitude"))
BATCH = 500

REASONS = {
    shapes.Flaw.MISSING: (
        gettext_lazy("Le contour manque."),
        gettext_lazy("Demandez les contours à la source (champ contour, ou geometry=contour)."),
    ),
    shapes.Flaw.NOT_A_SURFACE: (
        gettext_lazy("La géométrie n'est pas une surface."),
        gettext_lazy("Donnez un Polygon ou un MultiPolygon."),
    ),
    shapes.Flaw.MALFORMED: (
        gettext_lazy("Les coordonnées sont mal formées."),
        gettext_lazy("Exportez de nouveau le fichier au format GeoJSON (RFC 7946)."),
    ),
    shapes.Flaw.NOT_DEGREES: (
        gettext_lazy("Les coordonnées ne sont pas des degrés."),
        gettext_lazy("Convertissez le fichier en longitude et latitude (WGS 84, EPSG:4326)."),
    ),
    shapes.Flaw.EMPTY: (
        gettext_lazy("La surface du contour est nulle."),
        gettext_lazy("Prenez un contour moins simplifié."),
    ),
}


@dataclass(frozen=True, slots=True)
class GeometryProblem:
    """A feature that was left out. index: its rank in the file, from 0. code: empty when it could not be read."""

    index: int
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class LoadedGeometry:
    """What was written: communes whose point or surface changed, outlines that changed; and what was left out."""

    communes: int
    shapes: int
    unchanged: int
    problems: tuple[GeometryProblem, ...]


@dataclass(frozen=True, slots=True)
class _Feature:
    index: int
    code: str
    geometry: object
    point: object


@transaction.atomic
def load_points_and_shapes(payload: Path | object, *, source: str, vintage: str = "") -> LoadedGeometry:
    """Write a point inside, the surface and a simplified outline for each feature that can be used.

    payload: the path of a JSON file, or its content already decoded: a GeoJSON FeatureCollection or Feature whose
    properties bear the INSEE code or the SIREN, or the objects of geo.api.gouv.fr (`code`, `contour`, `centre`).
    A point given outside its outline is replaced by one inside. Communes must be in the table already (`load_code`).
    The surface is measured before the outline is simplified (30 m).
    source, vintage: kept with the outline, shown under the maps.
    Raises GeometryUnreadable when the payload is not such a file: nothing is written then. A feature that cannot be
    used is a problem in the answer, and the others are written.
    """
    features = _features(_decoded(payload))
    communes = {commune.code: commune for commune in Commune.objects.filter(code__in=[f.code for f in features])}
    sirens = set(Intercommunality.objects.filter(siren__in=[f.code for f in features]).values_list("siren", flat=True))
    stored = {shape.code: shape for shape in Shape.objects.filter(code__in=[f.code for f in features])}
    problems: list[GeometryProblem] = []
    outlines: list[Shape] = []
    moved: list[Commune] = []
    seen: set[str] = set()
    for feature in features:
        if refusal := _refusal(feature, communes, sirens, seen):
            problems.append(GeometryProblem(feature.index, feature.code, *refusal))
            continue
        try:
            shape = shapes.read_shape(feature.geometry)
            given = None if feature.point is None else shapes.read_point(feature.point)
        except shapes.ShapeError as error:
            message, remedy = REASONS[error.flaw]
            problems.append(GeometryProblem(feature.index, feature.code, str(message), str(remedy)))
            continue
        seen.add(feature.code)
        geojson = shapes.as_geojson(shapes.simplified(shape, tolerance_m=TOLERANCE_M))
        outline = Shape(code=feature.code, geojson=geojson, source=source, vintage=vintage)
        if not _same_outline(stored.get(feature.code), outline):
            outlines.append(outline)
        if (commune := communes.get(feature.code)) and _place(commune, shape, given):
            moved.append(commune)
    Shape.objects.bulk_create(
        outlines,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["geojson", "source", "vintage"],
    )
    Commune.objects.bulk_update(moved, ["longitude", "latitude", "area_km2"], batch_size=BATCH)
    written = {outline.code for outline in outlines} | {commune.code for commune in moved}
    return LoadedGeometry(
        communes=len(moved), shapes=len(outlines), unchanged=len(seen - written), problems=tuple(problems)
    )


def _decoded(payload: Path | object) -> object:
    if not isinstance(payload, Path):
        return payload
    try:
        return json.loads(payload.read_bytes())
    except OSError as error:
        raise GeometryUnreadable(
            _("Le fichier %(name)s ne peut pas être lu. Vérifiez son chemin et ses droits.") % {"name": payload.name}
        ) from error
    except (ValueError, RecursionError) as error:
        raise GeometryUnreadable(
            _("Le fichier %(name)s n'est pas du JSON. Exportez-le de nouveau au format GeoJSON.")
            % {"name": payload.name}
        ) from error


def _features(payload: object) -> list[_Feature]:
    """Read the three faces of the same thing. Raises GeometryUnreadable."""
    items: object = payload
    if isinstance(payload, Mapping):
        items = payload.get("features") if payload.get("type") == "FeatureCollection" else [payload]
    if not isinstance(items, list) or not items or not all(isinstance(item, Mapping) for item in items):
        raise GeometryUnreadable(
            _(
                "Ce fichier ne contient ni collection GeoJSON ni liste de communes. "
                "Donnez une FeatureCollection, ou une réponse de geo.api.gouv.fr avec le champ contour."
            )
        )
    return [_feature(index, item) for index, item in enumerate(items)]


def _feature(index: int, item: Mapping[str, object]) -> _Feature:
    named = item.get("properties") if item.get("type") == "Feature" else item
    properties: Mapping[str, object] = named if isinstance(named, Mapping) else {}
    code = next((value for name in CODE_NAMES if isinstance(value := properties.get(name), str)), "")
    geometry = item.get("geometry") if item.get("type") == "Feature" else properties.get("contour")
    return _Feature(index=index, code=code, geometry=geometry, point=next(_points(properties), None))


def _points(properties: Mapping[str, object]) -> Iterator[object]:
    if properties.get("centre") is not None:
        yield properties["centre"]
    for longitude, latitude in POINT_NAMES:
        if properties.get(longitude) is not None:
            yield {"type": "Point", "coordinates": [properties[longitude], properties.get(latitude)]}


def _refusal(
    feature: _Feature, communes: Mapping[str, Commune], sirens: Iterable[str], seen: Iterable[str]
) -> tuple[str, str] | None:
    """Say why a feature is left out whatever its geometry, with the remedy; None when it is not."""
    if not feature.code:
        return (
            _("Aucun code n'accompagne ce contour."),
            _("Ajoutez une propriété code_insee (communes) ou siren (intercommunalités), en texte."),
        )
    if feature.code in seen:
        return _("Ce code est déjà apparu dans le fichier."), _("Réunissez les morceaux dans un seul MultiPolygon.")
    commune = communes.get(feature.code)
    if commune is None and feature.code not in sirens:
        return _("Ce code est inconnu ici."), _("Chargez d'abord le code officiel géographique de ce département.")
    if commune is not None and commune.kind != CommuneKind.CURRENT:
        return (
            _("Ce code n'est plus celui d'une commune : il est compris dans %(code)s.")
            % {"code": commune.succeeded_by_id},
            _("Prenez des contours de la même année que le code officiel géographique."),
        )
    return None


def _same_outline(stored: Shape | None, outline: Shape) -> bool:
    return stored is not None and (stored.geojson, stored.source, stored.vintage) == (
        outline.geojson,
        outline.source,
        outline.vintage,
    )


def _place(commune: Commune, shape: shapes.Shape, given: Point | None) -> bool:
    """Set the commune's point and surface; return whether they changed."""
    point = given if given is not None and shapes.contains(shape, given) else shapes.point_inside(shape)
    before = (commune.longitude, commune.latitude, commune.area_km2)
    commune.longitude, commune.latitude = point
    commune.area_km2 = round(shapes.area_km2(shape), 3) or shapes.area_km2(shape)
    return before != (commune.longitude, commune.latitude, commune.area_km2)
