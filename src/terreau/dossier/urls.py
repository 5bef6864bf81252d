"""Addresses of the format: one page, and the schema of each file."""

from django.urls import path

from terreau.dossier import views

app_name = "dossier"

instance_urlpatterns = [
    path("format/", views.format_page, name="format"),
    path("format/<slug:file>.schema.json", views.schema, name="schema"),
]
