"""Pages of the app: parse, call, show."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.grants import queries
from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory


@reads("grants.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "grants/home.html", {"page": queries.grants_page(request.actor, territory)})
