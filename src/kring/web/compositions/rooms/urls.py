"""Routes of the room of a class."""

from django.urls import path

from kring.web.compositions.rooms import views

hat = [path("compositions/<uuid:composition>/room/", views.room, name="composition_room")]
