"""The catalogue of components, and the pages that say why something could not be done."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

from terreau.kernel.http import reads
from terreau.site.specimens import CataloguePage


def show(request: HttpRequest, code: int, message: object = "") -> HttpResponse:
    """Render the page of an error with its status; `message` is a reason meant for the reader."""
    return render(request, f"{code}.html", {"message": str(message)}, status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; a body larger than the instance takes is a 413."""
    return too_large(request, exception) if isinstance(exception, RequestDataTooBig) else show(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason of the policy table when there is one."""
    return show(request, 403, getattr(exception, "why", "") or exception or "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the exception is not shown: it may name what the reader should not see."""
    return show(request, 404)


def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """409: the record changed meanwhile."""
    return show(request, 409, getattr(exception, "message", ""))


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: the file or the form weighs too much."""
    return show(request, 413)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many attempts in a short time."""
    return show(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without the database, the request, the context processors or the manifest of static files."""
    context = {"stylesheet": f"{settings.STATIC_URL}site/css/terreau.css", "contact": settings.DEFAULT_FROM_EMAIL}
    return HttpResponseServerError(get_template("500.html").render(context))


VIEWS: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    400: bad_request,
    403: forbidden,
    404: not_found,
    409: conflict,
    413: too_large,
    429: too_many,
    500: server_error,
}


@reads("site.catalogue")
def error_preview(request: HttpRequest, code: int) -> HttpResponse:
    """Show an error page, with its status, without the error."""
    if code not in VIEWS:
        raise Http404
    return VIEWS[code](request)


@reads("site.catalogue")
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "catalogue.html", {"page": CataloguePage.of(request.GET.get("page"))})
