"""Routes of daily cards; each is about one pupil."""

from django.urls import path

from kring.web.check_ins import views

hat = [
    path("pupils/<uuid:pupil>/day-cards/", views.check_in_cards, name="check_in_cards"),
    path("pupils/<uuid:pupil>/day-cards/new/", views.check_in_new, name="check_in_new"),
    path("day-cards/<uuid:checkincard>/", views.check_in_card, name="check_in_card"),
    path("day-cards/<uuid:checkincard>/day/", views.check_in_day, name="check_in_day"),
    path("day-cards/<uuid:checkincard>/paper/", views.check_in_pdf, name="check_in_pdf"),
    path("day-cards/<uuid:checkincard>/fewer/", views.check_in_fewer, name="check_in_fewer"),
    path("day-cards/<uuid:checkincard>/stop/", views.check_in_stop, name="check_in_stop"),
]
