"""Routes of the class while it fills in."""

from django.urls import path

from kring.web.answering.board import views

hat = [
    path("groups/<uuid:group>/class/", views.classroom, name="classroom"),
    path("groups/<uuid:group>/class/open/", views.class_open, name="class_open"),
    path("windows/<uuid:signinwindow>/close/", views.window_close, name="window_close"),
    path("windows/<uuid:signinwindow>/extend/", views.window_extend, name="window_extend"),
    path("groups/<uuid:group>/class/<uuid:pupil>/unlock/", views.pupil_unlock, name="pupil_unlock"),
    path("groups/<uuid:group>/class/<uuid:pupil>/absent/", views.class_absent, name="class_absent"),
    path("seats/<uuid:seat>/end/", views.seat_end, name="seat_end"),
    path("seats/<uuid:seat>/call-back/", views.seat_call_back, name="seat_call_back"),
]
