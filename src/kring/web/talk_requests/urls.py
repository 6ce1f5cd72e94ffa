"""Routes of “ik wil praten”."""

from django.urls import path

from kring.web.talk_requests import views

hat = [
    path("talks/", views.my_talks, name="my_talks"),
    path("talk-requests/", views.talk_requests, name="talk_requests"),
    path("talk-requests/<uuid:talkrequest>/", views.talk_request, name="talk_request"),
    path("talk-requests/<uuid:talkrequest>/seen/", views.talk_seen, name="talk_seen"),
    path("talk-requests/<uuid:talkrequest>/talked/", views.talk_had, name="talk_had"),
]
