"""Pages of what people said."""

from django.http import HttpResponse
from django.shortcuts import render

from terreau.kernel.http import Request, reads
from terreau.stories import queries
from terreau.territory.models import Territory


@reads("stories.read")
def home(request: Request, territory: Territory) -> HttpResponse:
    chosen = {name: request.GET.get(name, "").strip()[:100] for name in ("theme", "organisation")}
    return render(request, "stories/home.html", {"page": queries.stories_page(request.actor, territory, **chosen)})
