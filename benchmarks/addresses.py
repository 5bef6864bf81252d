"""Every page that a visitor may see, found from the list of addresses and from the records."""

import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from terreau.kernel.models import Entry, Record

TERRITORY = re.compile(r"<slug:territ\w+>")


@dataclass(frozen=True)
class Address:
    """A page of the site: its path, and the name of its view."""

    path: str
    view: str


def pages(territory: Any) -> list[Address]:
    """Give the addresses without a variable part but the territory, and those that records and entries name."""
    found = {"/" + TERRITORY.sub(territory.slug, path) for path in _patterns(get_resolver())}
    found = {path for path in found if "<" not in path and "(" not in path}
    for model in apps.get_models():
        if issubclass(model, Record):
            rows = model._default_manager.filter(territory=territory).select_related("territory")
            found |= {row.get_absolute_url() for row in rows}
    found |= set(Entry.objects.of(territory).values_list("url", flat=True))
    known = {
        path: name for path in {path.partition("#")[0].partition("?")[0] for path in found} if (name := _view_of(path))
    }
    return [Address(path, name) for path, name in sorted(known.items())]


def unvisited(found: list[Address]) -> list[str]:
    """Name the views that no address of `found` shows."""
    seen = {address.view for address in found}
    return sorted({name for name in _names(get_resolver(), "") if name not in seen})


def _patterns(resolver: URLResolver, before: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        text = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        found += _patterns(pattern, text) if isinstance(pattern, URLResolver) else [text]
    return found


def _names(resolver: URLResolver, before: str) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{before}{pattern.namespace}:" if pattern.namespace else before
            found += _names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append(before + pattern.name)
    return found


def _view_of(path: str) -> str:
    try:
        match = resolve(path) if path.startswith("/") else None
    except Resolver404:
        return ""
    return match.view_name if match and match.view_name else ""
