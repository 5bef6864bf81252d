"""The directory at addresses that do not change, in the formats that others harvest."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from terreau.api.pure import data_inclusion, geojson, gogocarto, tables
from terreau.api.pure.listed import Publisher, attribution
from terreau.api.pure.streams import envelope, pieces
from terreau.api.queries import feeds
from terreau.kernel.errors import RuleBroken
from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory

DEFAULT_SIZE = 5000
LARGEST_SIZE = 10_000
"""Structures of one page, as in the State's own service."""
FURTHEST_PAGE = 1_000_000


@reads("api.feeds.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    """What this territory publishes, where, and how to harvest it."""
    page = feeds.feeds_page(territory, publisher_of(request, territory).base)
    return render(request, "api/feeds.html", {"page": page})


@reads("api.feeds.read")
def elements(request: Request, territory: Territory) -> HttpResponse:
    """The living organisations, as elements of GoGoCarto. Five queries, whatever their number."""
    publisher, middles = publisher_of(request, territory), feeds.middles_of(territory)
    listed = feeds.listed(territory, _asked(request, territory, middles))
    if request.GET.get("ontology", gogocarto.FULL).lower() == gogocarto.COMPACT:
        placed = (found for one in listed if (found := gogocarto.compact(one, middles)))
        return _streamed({"ontology": gogocarto.COMPACT, **attribution(publisher)}, "data", placed)
    told = (gogocarto.element(one, publisher, middles) for one in listed)
    return _streamed({"ontology": gogocarto.FULL, **attribution(publisher)}, "data", told)


@reads("api.feeds.read")
def elements_linked(request: Request, territory: Territory) -> HttpResponse:
    """The same as linked data."""
    publisher, middles = publisher_of(request, territory), feeds.middles_of(territory)
    listed = feeds.listed(territory, _asked(request, territory, middles))
    told = (gogocarto.linked(one, publisher, middles) for one in listed)
    head = {"@context": gogocarto.CONTEXT}
    return _streamed(head, "@graph", told, content_type="application/ld+json")


@reads("api.feeds.read")
def element(request: Request, territory: Territory, key: str) -> HttpResponse:
    """One element, as in the list, in the same envelope."""
    publisher, middles = publisher_of(request, territory), feeds.middles_of(territory)
    one = next(feeds.listed(territory, feeds.living(territory).filter(key=key)), None)
    if one is None:
        raise Http404(_("Aucune organisation publiée ne porte cet identifiant dans ce territoire."))
    told = gogocarto.element(one, publisher, middles)
    return _json({"ontology": gogocarto.FULL, **attribution(publisher), "data": told})


@reads("api.feeds.read")
def taxonomy(request: Request, territory: Territory) -> HttpResponse:
    """The options that elements have: themes and natures."""
    return _json(gogocarto.taxonomy(*feeds.vocabulary(territory)))


@reads("api.feeds.read")
def project_info(request: Request, territory: Territory) -> HttpResponse:
    """The territory, as a map presents itself to another."""
    description = territory.full_name or territory.name
    count = feeds.living(territory).count()
    return _json(gogocarto.project(publisher_of(request, territory), description, count))


@reads("api.feeds.read")
def structures(request: Request, territory: Territory) -> HttpResponse:
    """The living organisations, as structures of data·inclusion, by pages."""
    publisher = publisher_of(request, territory)
    number, size = _whole(request, "page", 1, FURTHEST_PAGE), _whole(request, "size", DEFAULT_SIZE, LARGEST_SIZE)
    told, left_out = feeds.how_many_are_sayable(territory)
    elsewhere = publisher.base + reverse("feeds:excluded", kwargs={"territory": territory.slug})
    head = {
        **data_inclusion.page(told, number, size),
        "exclus": {"total": left_out, "adresse": elsewhere},
        **attribution(publisher),
    }
    rows = feeds.sayable(territory)[(number - 1) * size : number * size]
    items = (data_inclusion.structure(one, publisher) for one in feeds.listed(territory, rows))
    return _streamed(head, "items", items)


@reads("api.feeds.read")
def excluded(request: Request, territory: Territory) -> HttpResponse:
    """Those that data·inclusion does not take, with the reason, by pages."""
    publisher = publisher_of(request, territory)
    number, size = _whole(request, "page", 1, FURTHEST_PAGE), _whole(request, "size", DEFAULT_SIZE, LARGEST_SIZE)
    _told, left_out = feeds.how_many_are_sayable(territory)
    rows = feeds.unsayable(territory)[(number - 1) * size : number * size]
    items = (
        {"id": key, "nom": name, "motif": why, "fiche": publisher.base + path}
        for key, name, path, why in feeds.exclusions(territory, rows)
    )
    return _streamed({**data_inclusion.page(left_out, number, size), **attribution(publisher)}, "items", items)


@reads("api.feeds.read")
def organisations_geojson(request: Request, territory: Territory) -> HttpResponse:
    """The whole public directory, as a collection of features."""
    publisher = publisher_of(request, territory)
    listed = feeds.listed(territory, feeds.everyone(territory))
    features = (geojson.feature(one, publisher) for one in listed)
    return _streamed(geojson.head(publisher), "features", features, content_type="application/geo+json")


@reads("api.feeds.read")
def organisations_csv(request: Request, territory: Territory) -> HttpResponse:
    """The whole public directory, as a table."""
    listed = feeds.listed(territory, feeds.everyone(territory))
    lines = tables.lines(listed, publisher_of(request, territory))
    response: Any = StreamingHttpResponse(
        map("".join, pieces(lines)), content_type="text/csv; charset=utf-8; header=present"
    )
    response["Content-Disposition"] = f'attachment; filename="organisations-{territory.slug}.csv"'
    return response


def publisher_of(request: HttpRequest, territory: Territory) -> Publisher:
    return Publisher(territory.name, territory.slug, request.build_absolute_uri("/").rstrip("/"))


def _asked(request: HttpRequest, territory: Territory, middles: dict[str, Any]) -> Any:
    """Give the elements that the parameters keep; those of GoGoCarto that mean nothing here (`stamps`) do nothing."""
    rows = feeds.living(territory)
    if categories := [option for option in request.GET.get("categories", "").split(",") if option]:
        rows = feeds.having(rows, categories)
    if bounds := request.GET.get("bounds", ""):
        try:
            rows = feeds.within(rows, gogocarto.boxes(bounds), middles)
        except gogocarto.NotBounds as error:
            message = _(
                "« bounds » s'écrit « longitude,latitude,longitude,latitude », en degrés ; « ; » sépare deux cadres."
            )
            raise RuleBroken(message, field="bounds") from error
    return rows[: _whole(request, "limit", 0, FURTHEST_PAGE)] if request.GET.get("limit") else rows


def _whole(request: HttpRequest, name: str, default: int, most: int) -> int:
    """Read a whole number from 1 to `most`. Raises RuleBroken."""
    typed = request.GET.get(name, "")
    if not typed:
        return default
    if typed.isascii() and typed.isdigit() and len(typed) <= len(str(most)) and 1 <= int(typed) <= most:
        return int(typed)
    message = _("« %(name)s » est un nombre entier, de 1 à %(most)s.") % {"name": name, "most": most}
    raise RuleBroken(message, field=name)


def _json(value: Mapping[str, Any]) -> JsonResponse:
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False})


def _streamed(head: Mapping[str, Any], name: str, items: Iterable[Any], content_type: str = "application/json") -> Any:
    return StreamingHttpResponse(envelope(head, name, items), content_type=content_type)
