"""Routes of the front page and the first page of each hat."""

from django.urls import path

from kring.web.home import views

public = [path("", views.front, name="front")]
hat = [path("", views.home, name="home"), path("school-year.ics", views.school_calendar, name="school_calendar")]
