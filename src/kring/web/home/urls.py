"""Routes of the front page and the first page of each hat."""

from django.urls import path

from kring.web.home import views
from kring.web.home.installation.views import health

public = [path("", views.front, name="front"), path("health/", health, name="health")]
hat = [path("", views.home, name="home"), path("school-year.ics", views.school_calendar, name="school_calendar")]
