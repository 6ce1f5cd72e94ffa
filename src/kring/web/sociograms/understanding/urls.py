"""Routes of the pages beside the drawing."""

from django.urls import path

from kring.web.sociograms.understanding import views

hat = [
    path("sociograms/<uuid:sociogram>/facts/", views.sociogram_facts, name="sociogram_facts"),
    path("sociograms/<uuid:sociogram>/class-card/", views.sociogram_card, name="sociogram_card"),
    path("sociograms/<uuid:sociogram>/change/", views.sociogram_change, name="sociogram_change"),
    path("sociograms/<uuid:sociogram>/talk/", views.sociogram_talk, name="sociogram_talk"),
    path("sociograms/<uuid:sociogram>/pdf/", views.sociogram_pdf, name="sociogram_pdf"),
    path("sociograms/<uuid:sociogram>/xlsx/", views.sociogram_xlsx, name="sociogram_xlsx"),
    path("sociograms/<uuid:sociogram>/csv/", views.sociogram_csv, name="sociogram_csv"),
]
