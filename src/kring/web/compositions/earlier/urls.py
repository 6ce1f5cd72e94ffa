"""Routes of earlier plans."""

from django.urls import path

from kring.web.compositions.earlier import views

hat = [path("groups/<uuid:group>/seats/earlier/", views.sat_together, name="sat_together")]
