"""Routes of overseeing the log, and of who looked at a pupil."""

from django.urls import path

from kring.web.oversight import views

hat = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<str:week>/", views.week_review, name="week_review"),
    path("reviews/<str:week>/signature/", views.sign_week, name="sign_week"),
    path("log/", views.log, name="log"),
    path("log/spreadsheet/", views.log_spreadsheet, name="log_spreadsheet"),
    path("log/pupils/<uuid:pupil>/", views.who_looked_for, name="who_looked_for"),
    path("pupils/<uuid:pupil>/looked/", views.who_looked, name="who_looked"),
]
