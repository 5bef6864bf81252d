"""Pages of the app: parse, call, show."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.kernel.http import Request, reads
from terreau.plan import queries
from terreau.territory.models import Territory


@reads("plan.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "plan/home.html", {"page": queries.plan_page(request.actor, territory)})
