"""Addresses of figures, under a territory."""

from django.urls import path

from terreau.observatory import views

app_name = "observatory"

urlpatterns = [
    path("chiffres/", views.home, name="home"),
]
