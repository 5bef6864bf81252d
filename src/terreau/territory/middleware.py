"""The territory of a page comes from its address, and from nowhere else."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from terreau.territory.models import Territory


class TerritoryMiddleware:
    """Put the territory named by the address on the request, in one query; an unknown one is a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.territory = None
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if slug := kwargs.get("territory"):
            request.territory = kwargs["territory"] = Territory.objects.filter(slug=slug).first()
            if request.territory is None:
                raise Http404(_("Aucun territoire ne porte ce nom ici."))
