"""The list and the map of organisations: parse, call, show."""

from math import isfinite
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from terreau.directory import ports, queries
from terreau.directory.pure.cells import Window
from terreau.kernel import policy
from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory

FINEST_ZOOM = 22
_tiles = urlsplit(settings.TERREAU_MAP_TILES)
_TILES_FROM = [f"{_tiles.scheme}://{_tiles.netloc}"] if _tiles.netloc else []


@csp_update({"img-src": _TILES_FROM, "connect-src": ["'self'", *_TILES_FROM]})  # type: ignore[arg-type]  # the package knows plain requests only
@reads("directory.read")
def organisation_list(request: Request, territory: Territory) -> HttpResponse:
    """The directory: searched, filtered, at a date, in a list and on a map."""
    wanted = queries.Wanted.of(request.GET)
    page = queries.list_page(request.actor, territory, wanted, request.GET.get("page"))
    shown = {
        "page": page,
        "query": request.GET,
        "may_create": policy.allows("directory.create", request.actor, territory),
        "actions": ports.list_actions(request.actor, territory),
        "map_tiles": settings.TERREAU_MAP_TILES,
        "map_attribution": settings.TERREAU_MAP_ATTRIBUTION,
    }
    return render(request, "directory/organisation_list.html", shown)


@reads("directory.read")
def map_data(request: Request, territory: Territory) -> HttpResponse:
    """What a window of the map shows of the same question, as GeoJSON: points where there is room, groups elsewhere."""
    window, zoom = _window(request.GET.get("bbox", "")), request.GET.get("zoom", "0")
    if (request.GET.get("bbox") and window is None) or not zoom.isascii() or not zoom.isdigit():
        refused = _("La fenêtre de la carte s'écrit bbox=ouest,sud,est,nord en degrés, et zoom=0 à 22.")
        return JsonResponse({"error": refused}, status=400)
    wanted = queries.Wanted.of(request.GET)
    found = queries.map_of(request.actor, territory, wanted, window, min(int(zoom[:3]), FINEST_ZOOM))
    return JsonResponse(found, content_type="application/geo+json")


@reads("directory.read")
def map_communes(request: Request, territory: Territory) -> HttpResponse:
    """The communes of the territory, to draw under the map, as GeoJSON."""
    return JsonResponse(queries.communes_of(territory), content_type="application/geo+json")


def _window(text: str) -> Window | None:
    """Read west,south,east,north; None when it is not a window of the earth."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not all(isfinite(side) and abs(side) <= 1000 for side in (west, south, east, north)) or south > north:  # noqa: PLR2004 -- a few turns
        return None
    return Window(west, max(south, -90), east, min(north, 90))
