"""Routes of the reporting code."""

from django.urls import path

from kring.web.reporting_code import views

hat = [
    path("suspicions/", views.suspicions, name="suspicions"),
    path("suspicions/new/", views.suspicion_new, name="suspicion_new"),
    path("suspicions/<uuid:reportingcodefile>/", views.suspicion, name="suspicion"),
    path("suspicions/<uuid:reportingcodefile>/note/", views.suspicion_note, name="suspicion_note"),
    path("suspicions/<uuid:reportingcodefile>/steps/<int:number>/", views.suspicion_step, name="suspicion_step"),
    path("suspicions/<uuid:reportingcodefile>/let-in/", views.suspicion_let_in, name="suspicion_let_in"),
    path("suspicions/<uuid:reportingcodefile>/pupil/", views.suspicion_tie, name="suspicion_tie"),
    path("suspicions/seats/<uuid:reportingcodeseat>/let-out/", views.suspicion_let_out, name="suspicion_let_out"),
]
