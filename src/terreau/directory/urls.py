"""Addresses of the directory, its resources and its doubts."""

from django.urls import path

from terreau.directory.views import organisations as views

app_name = "directory"

urlpatterns = [
    path("annuaire/", views.organisation_list, name="organisation_list"),
    path("annuaire/<slug:key>/", views.organisation_detail, name="organisation_detail"),
    path("annuaire/<slug:key>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("ressources/", views.resources, name="resources"),
    path("ressources/<slug:key>/", views.source_detail, name="source_detail"),
    path("contradictions/", views.doubts, name="doubts"),
]
