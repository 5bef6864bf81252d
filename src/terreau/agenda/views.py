"""Pages of the app: parse, call, show."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.agenda import queries
from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory


@reads("agenda.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "agenda/home.html", {"page": queries.agenda_page(request.actor, territory)})
