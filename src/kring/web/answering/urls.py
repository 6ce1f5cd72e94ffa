"""The routes of answers: of nobody's hat, for the ticket says what may be sent."""

from django.urls import path

from kring.web.answering import views

public = [
    path("answers/", views.answers_save, name="answers_save"),
    path("answers/hand-in/", views.answers_hand_in, name="answers_hand_in"),
    path("answers/sealed/", views.answers_sealed, name="answers_sealed"),
]
