"""Addresses of the directory, its resources and its doubts."""

from django.urls import path

from terreau.directory.views import exports, listing
from terreau.directory.views import organisations as views

app_name = "directory"

urlpatterns = [
    path("annuaire/", listing.organisation_list, name="organisation_list"),
    path("annuaire/carte.json", listing.map_data, name="map_data"),
    path("annuaire/communes.json", listing.map_communes, name="map_communes"),
    path("annuaire/export.csv", exports.export_csv, name="export_csv"),
    path("annuaire/export.geojson", exports.export_geojson, name="export_geojson"),
    path("annuaire/export.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("annuaire/<slug:key>/", views.organisation_detail, name="organisation_detail"),
    path("annuaire/<slug:key>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("ressources/", views.resources, name="resources"),
    path("ressources/<slug:key>/", views.source_detail, name="source_detail"),
    path("contradictions/", views.doubts, name="doubts"),
]
