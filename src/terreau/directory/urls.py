"""Addresses of the directory, its resources and its doubts."""

from django.urls import path

from terreau.directory.views import organisations as views
from terreau.directory.views import resources

app_name = "directory"

urlpatterns = [
    path("annuaire/", views.organisation_list, name="organisation_list"),
    path("annuaire/<slug:key>/", views.organisation_detail, name="organisation_detail"),
    path("annuaire/<slug:key>/modifier/", views.organisation_edit, name="organisation_edit"),
    # The fixed words come first: no resource takes them for its key (services/resources.py).
    path("ressources/", resources.resource_list, name="resources"),
    path("ressources/sources/", resources.source_list, name="source_list"),
    path("ressources/sigles/", resources.acronym_list, name="acronym_list"),
    path("ressources/ajouter/", resources.resource_add, name="resource_add"),
    path("ressources/<slug:key>/", resources.resource_detail, name="resource_detail"),
    path("ressources/<slug:key>/fichier/", resources.resource_file, name="resource_file"),
    path("ressources/<slug:key>/modifier/", resources.resource_edit, name="resource_edit"),
    path("ressources/<slug:key>/perimer/", resources.resource_expire, name="resource_expire"),
    path("contradictions/", views.doubts, name="doubts"),
]
