"""Addresses of the timeline."""

from django.urls import path

from terreau.trajectory import views

app_name = "trajectory"

urlpatterns = [
    path("frise/", views.timeline, name="timeline"),
    path("frise/frise.svg", views.timeline_svg, name="timeline_svg"),
]
