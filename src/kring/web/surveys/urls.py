"""Routes of the rounds."""

from django.urls import path

from kring.web.surveys import views
from kring.web.surveys.opening import views as opening

hat = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/new/", opening.round_new, name="round_new"),
    path("rounds/<uuid:round>/", views.round, name="round"),
    path("rounds/<uuid:round>/close/", views.close_round, name="close_round"),
    path("rounds/<uuid:round>/groups/<uuid:group>/", views.round_group, name="round_group"),
]
