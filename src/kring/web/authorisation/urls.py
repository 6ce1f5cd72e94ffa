"""Routes of “Wie mag wat”."""

from django.urls import path

from kring.web.authorisation import views

hat = [
    path("authorisation/", views.authorisation, name="authorisation"),
    path("authorisation/export/", views.authorisation_export, name="authorisation_export"),
]
