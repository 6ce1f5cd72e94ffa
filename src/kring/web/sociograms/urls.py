"""Routes of the sociograms."""

from django.urls import path

from kring.web.sociograms import views

hat = [path("sociograms/<uuid:sociogram>/", views.sociogram, name="sociogram")]
