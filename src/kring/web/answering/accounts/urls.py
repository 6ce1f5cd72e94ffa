"""Routes of pupils with an account who fill in a list."""

from django.urls import path

from kring.web.answering.accounts import views

hat = [
    path("invitations/<uuid:invitation>/answer/", views.pupil_answer, name="pupil_answer"),
    path("invitations/<uuid:invitation>/sent/", views.pupil_sent, name="pupil_sent"),
]
