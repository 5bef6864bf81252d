"""Addresses of the app, under /<territoire>/."""

from django.urls import path

from terreau.grants import views

app_name = "grants"

urlpatterns = [path("appels/", views.home, name="home")]
