"""Pages of the app: parse, call, show."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.governance import queries
from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory


@reads("governance.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "governance/home.html", {"page": queries.governance_page(request.actor, territory)})
