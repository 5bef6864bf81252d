"""The page that looks for anything a territory knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from terreau.kernel.http import Request, reads
from terreau.kernel.kinds import models_by_kind
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search.finding import Results, find
from terreau.territory.models import Territory

PER_PAGE = 20
LAST_PAGE = 80
"""Pages that may be asked for: more than the engines ever give."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One line of the results. kind: the sort of record, in words; reason: why it was found, in words."""

    title: str
    url: str
    kind: str
    subtitle: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """What a search shows. first: rank of the first line, from 1; previous, following: addresses, empty at the ends."""

    territory: Territory
    results: Results
    found: Sequence[Found]
    first: int
    previous: str
    following: str

    @classmethod
    def of(cls, reader: Actor, territory: Territory, text: str, page: str) -> Self:
        """Four queries at most, none without words to look for."""
        number = (
            min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < len("1000") else 1
        )
        results = find(territory, text, reader, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        return cls(
            territory=territory,
            results=results,
            found=[
                Found(title=hit.title, url=hit.url, kind=kind_label(hit.kind), subtitle=hit.subtitle, reason=hit.reason)
                for hit in results.hits
            ],
            first=(number - 1) * PER_PAGE + 1,
            previous=address(territory, results.query, number - 1) if number > 1 else "",
            following=address(territory, results.query, number + 1) if results.has_more else "",
        )


def kind_label(kind: str) -> str:
    """Say a kind of record in words; a kind whose app is gone keeps its code."""
    model = models_by_kind().get(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind


def address(territory: Territory, text: str, page: int = 1) -> str:
    """Give the address of a page of results."""
    asked = {"q": text} | ({"page": page} if page > 1 else {})
    return f"{reverse('site:search', args=[territory.slug])}?{urlencode(asked)}"


@reads("site.search")
def search(request: Request, territory: Territory) -> HttpResponse:
    page = SearchPage.of(request.actor, territory, request.GET.get("q", ""), request.GET.get("page", ""))
    return render(request, "site/search.html", {"page": page})
