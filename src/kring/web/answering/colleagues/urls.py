"""Routes of colleagues who fill in a list of the team."""

from django.urls import path

from kring.web.answering.colleagues import views

hat = [path("team-lists/asked/<uuid:staffinvitation>/answer/", views.staff_answer, name="staff_answer")]
