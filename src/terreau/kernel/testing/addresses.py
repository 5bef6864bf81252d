"""Every address of the site, from the list that Django serves: a new page is tested without being named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, converters, get_resolver, reverse

NOBODY: dict[type, Any] = {
    converters.IntConverter: 999_999,
    converters.UUIDConverter: UUID(int=0),
    converters.SlugConverter: "inconnu",
    converters.StringConverter: "inconnu",
    converters.PathConverter: "inconnu",
    type(None): "inconnu",
}
"""For each kind of parameter, a value that no record has: the page answers 404 to whom it is open."""


@dataclass(frozen=True)
class Endpoint:
    """One address: its pattern as written, its view, its full name and the kinds of its parameters."""

    route: str
    view: Callable[..., Any]
    name: str
    parameters: dict[str, type]

    @property
    def action(self) -> str:
        return getattr(self.view, "action", "")

    @property
    def methods(self) -> tuple[str, ...]:
        return getattr(self.view, "methods", ())

    def address(self, territory: str, **known: Any) -> str:
        """Write the address for a territory, given by its slug; a parameter that is not known names no record."""
        values = {name: NOBODY[kind] for name, kind in self.parameters.items()} | known
        if "territory" in values:
            values["territory"] = territory
        return reverse(self.name, kwargs=values)


def walk(
    patterns: list[Any], route: str = "", space: str = "", parameters: dict[str, type] | None = None
) -> Iterator[Endpoint]:
    """Give the addresses of a list of patterns; `space` is the namespace they live in, with its colon."""
    for pattern in patterns:
        known = getattr(pattern.pattern, "converters", {})
        names = known or pattern.pattern.regex.groupindex
        found = (parameters or {}) | {name: type(known.get(name)) for name in names}
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, here, inside, found)
        elif isinstance(pattern, URLPattern):
            yield Endpoint(here, pattern.callback, f"{space}{pattern.name}" if pattern.name else "", found)


@cache
def endpoints() -> list[Endpoint]:
    """List every address of the site."""
    return list(walk(get_resolver().url_patterns))
