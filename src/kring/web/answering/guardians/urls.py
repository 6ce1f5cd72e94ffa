"""Routes of guardians who fill in a list."""

from django.urls import path

from kring.web.answering.guardians import letter_views, views

hat = [
    path("guardian-lists/<uuid:guardianinvitation>/answer/", views.guardian_answer, name="guardian_answer"),
    path("guardian-lists/<uuid:guardianinvitation>/sent/", views.guardian_sent, name="guardian_sent"),
]
public = [
    path("list/", letter_views.list_by_letter, name="list_by_letter"),
    path("list/answer/", letter_views.letter_answer, name="letter_answer"),
]
