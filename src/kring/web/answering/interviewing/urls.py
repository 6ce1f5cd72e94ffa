"""Routes of choosing in a talk."""

from django.urls import path

from kring.web.answering.interviewing import views

hat = [
    path("rounds/<uuid:round>/groups/<uuid:group>/interviews/", views.interviews, name="interviews"),
    path("invitations/<uuid:invitation>/interview/", views.interview, name="interview"),
]
