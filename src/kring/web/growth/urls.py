"""Routes of the growth document."""

from django.urls import path

from kring.web.growth import views

hat = [path("pupils/<uuid:pupil>/growth/", views.growth_document, name="growth_document")]
