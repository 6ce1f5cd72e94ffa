"""Routes of what is being typed, and of being there."""

from django.urls import path

from kring.web.drafts import views

hat = [
    path("drafts/", views.draft_save, name="draft_save"),
    path("drafts/thrown-away/", views.draft_throw_away, name="draft_throw_away"),
    path("here/", views.here, name="here"),
]
