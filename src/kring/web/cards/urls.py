"""Routes of the information cards."""

from django.urls import path

from kring.web.cards import views

hat = [
    path("cards/", views.cards, name="cards"),
    path("cards/<slug:key>/", views.card, name="card"),
    path("pupils/<uuid:pupil>/parent-tellings/new/", views.telling_new, name="telling_new"),
    path("parent-tellings/<uuid:parenttelling>/", views.telling, name="telling"),
]
