"""Addresses of the directory, its resources and its doubts."""

from django.urls import path

from terreau.directory.views import initiatives
from terreau.directory.views import organisations as views

app_name = "directory"

urlpatterns = [
    path("annuaire/", views.organisation_list, name="organisation_list"),
    path("annuaire/ajouter/", views.organisation_create, name="organisation_create"),
    path("annuaire/<slug:key>/", views.organisation_detail, name="organisation_detail"),
    path("annuaire/<slug:key>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("annuaire/<slug:key>/etat/", views.organisation_state, name="organisation_state"),
    path("initiatives/", initiatives.initiative_list, name="initiative_list"),
    path("initiatives/ajouter/", initiatives.initiative_create, name="initiative_create"),
    path("initiatives/<slug:key>/", initiatives.initiative_detail, name="initiative_detail"),
    path("initiatives/<slug:key>/modifier/", initiatives.initiative_edit, name="initiative_edit"),
    path("ressources/", views.resources, name="resources"),
    path("ressources/<slug:key>/", views.source_detail, name="source_detail"),
    path("contradictions/", views.doubts, name="doubts"),
]
