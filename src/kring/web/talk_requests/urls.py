"""Routes of “ik wil praten”."""

from django.urls import path

from kring.web.talk_requests import views, walk_in_views

hat = [
    path("talks/", views.my_talks, name="my_talks"),
    path("talk-requests/", views.talk_requests, name="talk_requests"),
    path("talk-requests/<uuid:talkrequest>/", views.talk_request, name="talk_request"),
    path("talk-requests/<uuid:talkrequest>/seen/", views.talk_seen, name="talk_seen"),
    path("talk-requests/<uuid:talkrequest>/talked/", views.talk_had, name="talk_had"),
    path("walk-in-hours/", walk_in_views.walk_in_hours, name="walk_in_hours"),
    path("walk-in-hours/new/", walk_in_views.walk_in_hour_new, name="walk_in_hour_new"),
    path("walk-in-hours/<uuid:walkinhour>/edit/", walk_in_views.walk_in_hour_edit, name="walk_in_hour_edit"),
    path("walk-in-hours/<uuid:walkinhour>/end/", walk_in_views.walk_in_hour_end, name="walk_in_hour_end"),
]
