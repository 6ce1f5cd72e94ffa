"""Routes of the rounds."""

from django.urls import path

from kring.web.surveys import views

hat = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/<uuid:round>/", views.round, name="round"),
    path("rounds/<uuid:round>/close/", views.close_round, name="close_round"),
    path("rounds/<uuid:round>/groups/<uuid:group>/", views.round_group, name="round_group"),
]
