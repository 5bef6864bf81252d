"""Addresses of the duplicates, for the team of a territory."""

from django.urls import path

from terreau.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("animation/doublons/", views.candidate_list, name="candidate_list"),
    path("animation/doublons/chercher/", views.search, name="search"),
    path("animation/doublons/fusions/", views.merge_list, name="merge_list"),
    path("animation/doublons/fusions/<uuid:key>/", views.merge_detail, name="merge_detail"),
    path("animation/doublons/fusions/<uuid:key>/defaire/", views.merge_undo, name="merge_undo"),
    path("animation/doublons/<uuid:key>/", views.candidate_detail, name="candidate_detail"),
    path("animation/doublons/<uuid:key>/decider/", views.candidate_decide, name="candidate_decide"),
    path("animation/doublons/<uuid:key>/reunir/", views.candidate_merge, name="candidate_merge"),
]
