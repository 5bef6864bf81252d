"""Addresses of imports, and of where pages come from."""

from django.urls import path

from terreau.opendata import views

app_name = "opendata"

urlpatterns = [
    path("animation/imports/", views.import_list, name="import_list"),
    path("animation/imports/changements/", views.changes, name="changes"),
    path("animation/imports/<uuid:pk>/", views.import_detail, name="import_detail"),
    path("animation/imports/<uuid:pk>/colonnes/", views.import_columns, name="import_columns"),
    path("animation/imports/<uuid:pk>/apercu/", views.import_preview, name="import_preview"),
    path("animation/imports/<uuid:pk>/ressemblances/", views.import_choose, name="import_choose"),
    path("animation/imports/<uuid:pk>/confirmer/", views.import_confirm, name="import_confirm"),
    path("animation/imports/<uuid:pk>/continuer/", views.import_go_on, name="import_go_on"),
    path("animation/imports/<uuid:pk>/refus.csv", views.refused_rows, name="refused_rows"),
    path("animation/imports/<uuid:pk>/annuler/", views.import_undo, name="import_undo"),
    path("annuaire/<slug:key>/provenance/", views.origin, name="origin"),
]
