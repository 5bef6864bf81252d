"""Addresses of the format: one page, and the schema of each file."""

from django.urls import include, path

from terreau.dossier import views

app_name = "dossier"

_format = [
    path("", views.format_page, name="format"),
    path("<slug:file>.schema.json", views.schema, name="schema"),
]
instance_urlpatterns = [path("format/", include((_format, app_name)))]
