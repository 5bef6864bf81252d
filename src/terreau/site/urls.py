"""Addresses of the house itself: language, catalogue of components, error pages to look at."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from terreau.kernel.http import opened
from terreau.site import homes, search_views, views

app_name = "site"

instance_urlpatterns = [
    path("", homes.instance_home, name="home"),
    # Without a token: changing the language harms nobody, and public pages stay free of cookies.
    path("langue/", opened("site.choose_language", csrf_exempt(set_language), "POST"), name="set_language"),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/erreurs/<int:code>/", views.error_preview, name="error_preview"),
]

urlpatterns = [
    path("", homes.territory_home, name="territory_home"),
    path("recherche/", search_views.search, name="search"),
]
