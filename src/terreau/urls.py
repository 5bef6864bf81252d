"""Addresses of the whole site: each app brings its own `urls.py`, and nothing is edited here for a new one.

An app's `urls.py` may define `urlpatterns` (under `/<territoire>/`) and `instance_urlpatterns` (at the root).
Instance addresses come first, so a territory cannot take their names (territory/enums.py keeps the reserved words).
"""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

instance: list[URLPattern | URLResolver] = []
territory: list[URLPattern | URLResolver] = []

for app in settings.TERREAU_APPS:
    if find_spec(f"{app}.urls"):
        module = import_module(f"{app}.urls")
        instance += getattr(module, "instance_urlpatterns", [])
        if patterns := getattr(module, "urlpatterns", []):
            territory.append(path("<slug:territory>/", include((patterns, module.app_name))))

urlpatterns = [*instance, *territory]

handler400 = "terreau.site.views.bad_request"
handler403 = "terreau.site.views.forbidden"
handler404 = "terreau.site.views.not_found"
handler500 = "terreau.site.views.server_error"
