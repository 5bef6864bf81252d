"""What stands between a request and a view: the policy, the verb, and the errors that a service raises.

Every view carries an action of the policy table, through `reads`, `writes` or `opened`; PolicyMiddleware refuses the
others. Views therefore never check rights on the territory; rights on one record are checked by queries and services.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from terreau.kernel import policy
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.pure.actor import Actor

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


class Request(HttpRequest):
    """A request as our views receive it. territory is None on pages of the instance."""

    actor: Actor
    territory: Any


# Django opens a transaction the first time that it asks SQLite what it can do with JSON: it writes nothing.
READING = frozenset({"SELECT", "WITH", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT"})


class WriteInReadView(RuntimeError):
    """A view marked @reads tried to write."""


def _only_select(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 -- Django's signature
    # PostgreSQL writes the parts of a union in parentheses.
    if sql.lstrip("( \n\t").split(None, 1)[0].upper() not in READING:
        raise WriteInReadView(sql)
    return execute(sql, params, many, context)


def reads(action: str) -> Callable[[View[P]], View[P]]:
    """Mark a view that only reads: GET and HEAD, and any SQL but SELECT is an error."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            with connection.execute_wrapper(_only_select):
                return view(request, *args, **kwargs)

        wrapped.action = action  # type: ignore[attr-defined]
        wrapped.methods = ("GET",)  # type: ignore[attr-defined]
        return cast("View[P]", wrapped)

    return decorate


def writes(action: str) -> Callable[[View[P]], View[P]]:
    """Mark a view that shows a form on GET and writes on POST, and on nothing else."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            with connection.execute_wrapper(_only_select):
                return view(request, *args, **kwargs)

        wrapped.action = action  # type: ignore[attr-defined]
        wrapped.methods = ("GET", "POST")  # type: ignore[attr-defined]
        return cast("View[P]", wrapped)

    return decorate


def opened(action: str, view: Callable[..., Any], *methods: str) -> Callable[..., Any]:
    """Give an action to a view of a library (sign-in, language choice), without changing what it does."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    wrapped.action = action  # type: ignore[attr-defined]
    wrapped.methods = methods or ("GET", "POST")  # type: ignore[attr-defined]
    return wrapped


def operation(action: str) -> Callable[[View[P]], View[P]]:
    """Give an action to an operation of the API, and check it on the territory of the request at each call.

    Several operations share one address, hence one view: the view is opened as a whole, each operation guards itself.
    NotAllowed goes to the API's own handler, which answers in its format.
    """

    def decorate(function: View[P]) -> View[P]:
        @wraps(function)
        def wrapped(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            policy.require(action, request.actor, request.territory)
            return function(request, *args, **kwargs)

        wrapped.action = action  # type: ignore[attr-defined]
        return cast("View[P]", wrapped)

    return decorate


@contextmanager
def rules_shown_in(form: BaseForm) -> Iterator[None]:
    """Turn a broken rule into an error of the form, on the field that it names; other errors go their way."""
    try:
        yield
    except StaleVersion:
        raise
    except RuleBroken as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)


class PolicyMiddleware:
    """Closed until opened: a view without an action is refused, and so is an actor whom the table does not let in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        action = getattr(view, "action", None)
        if action is None:
            raise PermissionDenied(_("Cette page n'est ouverte par aucune règle."))
        verdict = policy.decide(action, request.actor, request.territory)
        if verdict.allowed:
            return None
        if request.actor.is_anonymous and request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        raise PermissionDenied(verdict.why)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            raise PermissionDenied(exception.why) from exception
        if isinstance(exception, StaleVersion):
            return render(request, "409.html", {"message": exception.message}, status=409)
        return None
