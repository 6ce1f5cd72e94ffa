"""Routes of the warm handover."""

from django.urls import path

from kring.web.year_change.handovers import views

hat = [
    path("handovers/", views.handovers, name="handovers"),
    path("handovers/asked/", views.handovers_asked, name="handovers_asked"),
    path("handovers/<uuid:handover>/show/", views.handover_show, name="handover_show"),
    path("handovers/<uuid:handover>/talk/", views.handover_talk, name="handover_talk"),
    path("handovers/<uuid:handover>/answer/", views.handover_answer, name="handover_answer"),
    path("handovers/<uuid:handover>/keep/", views.handover_keep, name="handover_keep"),
    path("groups/<uuid:group>/handovers/remind/", views.handovers_remind, name="handovers_remind"),
    path("pupils/<uuid:pupil>/handover/", views.pupil_handover, name="pupil_handover"),
    path("pupils/<uuid:pupil>/handover/write/", views.handover_write, name="handover_write"),
]
