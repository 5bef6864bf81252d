"""Pages of the trajectory: parse, call, show."""

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render

from terreau.kernel.http import Request, reads
from terreau.territory.models import Territory
from terreau.trajectory import queries


@reads("trajectory.read")
def timeline(request: Request, territory: Territory) -> HttpResponse:
    wanted = queries.Wanted.of(request.GET)
    page = queries.timeline_page(request.actor, territory, wanted, request.GET.get("page"))
    return render(request, "trajectory/timeline.html", {"page": page, "query": request.GET})


@reads("trajectory.read")  # type: ignore[arg-type]
@csp_update({"style-src": queries.STYLE_HASH})  # type: ignore[arg-type]  # the package knows plain requests only
def timeline_svg(request: Request, territory: Territory) -> HttpResponse:
    """Give the picture as a file that stands alone; its only style sheet is allowed by its fingerprint."""
    picture = queries.timeline_picture(request.actor, territory, queries.Wanted.of(request.GET))
    return HttpResponse(picture, content_type="image/svg+xml")
