"""Routes of new pupils."""

from django.urls import path

from kring.web.newcomers import views

hat = [
    path("newcomers/", views.newcomers, name="newcomers"),
    path("newcomers/<uuid:newcomerwatch>/", views.newcomer, name="newcomer"),
    path("newcomers/<uuid:newcomerwatch>/buddy/", views.newcomer_buddy, name="newcomer_buddy"),
    path("newcomers/<uuid:newcomerwatch>/done/", views.newcomer_done, name="newcomer_done"),
    path("newcomers/<uuid:newcomerwatch>/end/", views.newcomer_end, name="newcomer_end"),
]
