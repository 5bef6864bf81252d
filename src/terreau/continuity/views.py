"""Pages of the handover."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.continuity import queries
from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory


@reads("continuity.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "continuity/home.html", {"page": queries.handover_page(request.actor, territory)})


@reads("continuity.read")
def contributions(request: Request, territory: Territory) -> HttpResponse:
    page = queries.contributions_page(request.actor, territory)
    return render(request, "continuity/contributions.html", {"page": page})


@reads("continuity.read")
def stakes(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "continuity/stakes.html", {"page": queries.stakes_page(request.actor, territory)})


@reads("continuity.read")
def gaps(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "continuity/gaps.html", {"page": queries.gaps_page(request.actor, territory)})
