"""Routes of the organisations."""

from django.urls import path

from kring.web.catalogue import views

hat = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
    path("organisations/<uuid:organisation>/", views.organisation_edit, name="organisation_edit"),
    path("organisations/<uuid:organisation>/checked/", views.organisation_checked, name="organisation_checked"),
]
