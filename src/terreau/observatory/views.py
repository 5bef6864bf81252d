"""Pages of figures."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.kernel.http import Request, reads
from terreau.observatory import queries
from terreau.territory.models import Territory


@reads("observatory.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "observatory/home.html", {"page": queries.figures_page(request.actor, territory)})
