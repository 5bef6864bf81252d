"""Addresses of the app, under /<territoire>/."""

from django.urls import path

from terreau.governance import views

app_name = "governance"

urlpatterns = [path("gouvernance/", views.home, name="home")]
