"""Who acts: plain data on the request, worked out only when someone asks."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.functional import SimpleLazyObject

from terreau.accounts import queries
from terreau.kernel.clock import today
from terreau.kernel.pure.actor import Actor


class ActorMiddleware:
    """Put `request.actor` on the request: no query without a session, else the session, the account and its roles."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        def actor() -> Actor:
            return queries.actor_of(request.user, today())

        request.actor = SimpleLazyObject(actor)
        return self.get_response(request)
