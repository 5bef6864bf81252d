"""Addresses of the app, under /<territoire>/."""

from django.urls import path

from terreau.plan import views

app_name = "plan"

urlpatterns = [path("plan/", views.home, name="home")]
