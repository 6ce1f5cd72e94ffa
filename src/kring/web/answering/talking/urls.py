"""The route of “ik wil praten” at a tablet of the class."""

from django.urls import path

from kring.web.answering.talking import views

public = [path("class/talk/", views.seat_talk, name="seat_talk")]
