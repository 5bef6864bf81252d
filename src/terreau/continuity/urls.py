"""Addresses of the handover, under a territory."""

from django.urls import path

from terreau.continuity import views

app_name = "continuity"

urlpatterns = [
    path("relais/", views.home, name="home"),
    path("relais/apports/", views.contributions, name="contributions"),
    path("relais/enjeux/", views.stakes, name="stakes"),
    path("relais/inconnues/", views.gaps, name="gaps"),
]
