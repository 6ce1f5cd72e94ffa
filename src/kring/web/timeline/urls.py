"""The route of the timeline."""

from django.urls import path

from kring.web.timeline import views

hat = [path("pupils/<uuid:pupil>/timeline/", views.pupil_timeline, name="pupil_timeline")]
