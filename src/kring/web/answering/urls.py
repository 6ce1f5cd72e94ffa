"""The routes of answers: of nobody's hat, for the ticket says what may be sent. In a hat: what came too late, and what pupils wrote."""

from django.urls import path

from kring.web.answering import views
from kring.web.answering.late import views as late
from kring.web.answering.written import views as written

public = [
    path("answers/", views.answers_save, name="answers_save"),
    path("answers/hand-in/", views.answers_hand_in, name="answers_hand_in"),
    path("answers/sealed/", views.answers_sealed, name="answers_sealed"),
]

hat = [
    path("written/", written.written_to_me, name="written_to_me"),
    path("rounds/<uuid:round>/late/", late.round_late, name="round_late"),
    path("rounds/<uuid:round>/late/take-in/", late.round_late_take_in, name="round_late_take_in"),
    path("rounds/<uuid:round>/late/throw-away/", late.round_late_throw_away, name="round_late_throw_away"),
]
