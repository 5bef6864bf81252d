"""Addresses of stories, under a territory."""

from django.urls import path

from terreau.stories import views

app_name = "stories"

urlpatterns = [
    path("recits/", views.home, name="home"),
]
