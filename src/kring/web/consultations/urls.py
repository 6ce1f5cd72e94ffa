"""Routes of consultations."""

from django.urls import path

from kring.web.consultations import views

hat = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.consultation_new, name="consultation_new"),
    path("consultations/<uuid:consultation>/", views.consultation, name="consultation"),
    path("consultations/<uuid:consultation>/seats/", views.consultation_seat, name="consultation_seat"),
    path("consultations/<uuid:consultation>/seats/<uuid:consultationseat>/end/", views.consultation_seat_end, name="consultation_seat_end"),
    path("consultations/<uuid:consultation>/advice/", views.consultation_advise, name="consultation_advise"),
    path("consultations/<uuid:consultation>/close/", views.consultation_close, name="consultation_close"),
]
