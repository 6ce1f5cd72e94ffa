"""Routes of searching and help."""

from django.urls import path

from kring.web.finding import views

hat = [
    path("find/", views.find, name="find"),
    path("find/suggestions/", views.suggestions, name="suggestions"),
    path("help/", views.show_help, name="help"),
]
