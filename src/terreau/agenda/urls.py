"""Addresses of the app, under /<territoire>/."""

from django.urls import path

from terreau.agenda import views

app_name = "agenda"

urlpatterns = [path("agenda/", views.home, name="home")]
