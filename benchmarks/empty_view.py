"""The house, and one more address that does nothing: what the house costs before a page is made."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def site() -> object:
    """Give the WSGI application of the house with the empty view."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- app ready

    application = get_wsgi_application()
    from terreau import urls  # noqa: PLC0415 -- app ready
    from terreau.kernel.http import opened  # noqa: PLC0415 -- app ready

    urls.urlpatterns.insert(0, path("vide/", opened("site.home", nothing)))
    return application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.settings")
application = site()
