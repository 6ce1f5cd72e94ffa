"""Routes of a pupil at a tablet of the class."""

from django.urls import path

from kring.web.answering.seats import views

public = [
    path("class/circle/", views.seat_circle, name="seat_circle"),
    path("class/lists/<uuid:invitation>/", views.seat_list, name="seat_list"),
]
