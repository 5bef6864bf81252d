"""The two home pages: that of the instance and that of a territory."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.kernel.http import Request, reads
from terreau.site import queries
from terreau.territory.models import Territory


@reads("site.home")
def instance_home(request: Request) -> HttpResponse:
    return render(request, "site/instance_home.html", {"page": queries.instance_home()})


@reads("site.territory_home")
def territory_home(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "site/territory_home.html", {"page": queries.territory_home(request.actor, territory)})
