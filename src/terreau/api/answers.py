"""How every address of the interface answers: JSON whatever happens, who may keep it, and which sites may read it."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from terreau import __version__
from terreau.api.pure.listed import LICENCE
from terreau.api.queries import feeds, records
from terreau.kernel.errors import NotAllowed, RuleBroken

log = logging.getLogger("terreau.api")

METHODS = "GET, HEAD, OPTIONS"
FRESH_SECONDS = 60
"""How long anyone may keep a public answer: what is withdrawn from the site soon leaves every copy."""


def refusal(status: int, error: str, errors: Iterable[str] = ()) -> JsonResponse:
    """Write the one body of all errors; keep its shape equal to `schemas.Error`."""
    body = {"ok": False, "error": error, "errors": list(errors), "status": status}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def told(request: HttpRequest, error: Any) -> HttpResponse:
    """Turn any error into an answer; one that nobody foresaw is logged, and its words stay here."""
    match error:
        case ValidationError():
            return refusal(422, _("Des paramètres ne conviennent pas."), [in_words(detail) for detail in error.errors])
        case NotAllowed():
            return refusal(403, error.why)
        case RuleBroken():
            return refusal(422, _("Des paramètres ne conviennent pas."), [str(error.message)])
        case Http404():
            return refusal(404, str(error) or _("Rien ne se trouve à cette adresse."))
        case HttpError():
            return refusal(error.status_code, _("La demande n'a pas pu être lue."))
        case _:
            log.error("api.failed path=%s", request.path, exc_info=error)
            return refusal(500, _("Une panne est survenue ; elle est notée. Réessayez plus tard."))


def in_words(detail: Mapping[str, Any]) -> str:
    """Say a validation error of pydantic in words, with the parameter and the remedy."""
    context = detail.get("ctx", {})
    messages = {
        "missing": _("« %(name)s » est obligatoire : l'ajouter."),
        "extra_forbidden": _("« %(name)s » n'est pas un paramètre de cette adresse : le retirer, ou corriger son nom."),
        "greater_than_equal": _("« %(name)s » vaut au moins %(ge)s."),
        "less_than_equal": _("« %(name)s » vaut au plus %(le)s."),
        "string_too_short": _("« %(name)s » est vide : l'écrire, ou le retirer."),
        "string_too_long": _("« %(name)s » dépasse %(max_length)s caractères."),
        "string_pattern_mismatch": _(
            "« %(name)s » n'est pas un identifiant : des minuscules sans accent, des chiffres et des tirets."
        ),
        "int_parsing": _("« %(name)s » doit être un nombre entier."),
    }
    message = messages.get(detail["type"]) or _("« %(name)s » ne convient pas.")
    return message % {"name": detail["loc"][-1], **context}


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the manners of the interface; it keeps the action and methods that it carries.

    The territory named `territoire` in the address goes on the request, in one query. The argument is not called
    `territory`, whose absence the middleware tells with a page of the site. HEAD is read as GET: the server leaves the
    body out.
    """

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _finished(
                request, HttpResponse(status=204, headers={"Allow": METHODS, "Access-Control-Allow-Methods": METHODS})
            )
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            if slug := kwargs.get("territoire"):
                request.territory = records.territory_at(slug)
            response = view(request, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 -- logged, then told in the format of the interface
            response = told(request, error)
        finally:
            request.method = asked
        if isinstance(response, HttpResponseNotAllowed):
            response = refusal(405, _("Cette adresse se lit seulement : la demander avec GET."))
            response["Allow"] = METHODS
        return _finished(request, response)

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def published(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a feed the manners that harvesters count on; it keeps the action and methods that it carries.

    A feed tells everyone what a visitor sees, whoever asks: any site may read it, any cache keep it. Its tag and date
    are those of the last change of the territory, known in one query: who has them already gets 304 and costs nothing
    more.
    Errors are those of the interface. HEAD gives the headers alone.
    """

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: Any = HttpResponse(
                status=204, headers={"Allow": METHODS, "Access-Control-Allow-Methods": METHODS}
            )
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        elif request.method not in {"GET", "HEAD"}:
            response = refusal(405, _("Cette adresse se lit seulement : la demander avec GET."))
            response["Allow"] = METHODS
        else:
            response = _fresh(request, view, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        return response

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def _fresh(request: Any, view: Callable[..., HttpResponseBase], *args: Any, **kwargs: Any) -> Any:
    state = feeds.state_of(request.territory)
    etag = _etag(f"{__version__} {request.build_absolute_uri()} {state.mark}".encode())
    response: Any = get_conditional_response(request, etag, int(state.changed_at.timestamp()))
    if response is None:
        try:
            response = view(request, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 -- logged, then told in the format of the interface
            response = told(request, error)
    if request.method == "HEAD" and response.streaming:
        response.streaming_content = ()
    if response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        response["ETag"] = etag
        response["Last-Modified"] = http_date(state.changed_at.timestamp())
        response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
        response["Link"] = f'<{LICENCE}>; rel="license"'
    return response


def _finished(request: HttpRequest, response: Any) -> HttpResponseBase:
    """Say who may keep the answer and read it from another site, and spare a body that the reader already has.

    An answer to a request without any cookie is the public one: every site may read it (open data), every cache keep
    it. With a cookie it depends on who asks, and stays between the two.
    """
    is_public = not request.COOKIES
    if not response.has_header("Cache-Control"):
        keep = (
            f"public, max-age={FRESH_SECONDS}"
            if is_public and response.status_code == HTTPStatus.OK
            else "private, no-cache"
        )
        response["Cache-Control"] = keep
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if response.status_code == HTTPStatus.OK:
        response["ETag"] = _etag(response.content)
        response = get_conditional_response(request, etag=response["ETag"], response=response)
    if is_public:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Link, ETag"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Headers"] = "If-None-Match, Accept-Language"
    return response


def _etag(content: bytes) -> str:
    """Make a weak tag of the body: two answers that say the same have the same."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
