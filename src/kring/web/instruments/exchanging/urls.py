"""Routes of bringing in and handing on lists."""

from django.urls import path

from kring.web.instruments.exchanging import views

LIBRARY, OWN = "instruments/library/<slug:mark>/", "instruments/own/<uuid:owninstrument>/"
hat = [
    path("instruments/bring/", views.instrument_bring, name="instrument_bring"),
    path("instruments/bring/keep/", views.instrument_bring_keep, name="instrument_bring_keep"),
    path(f"{LIBRARY}fhir/", views.library_instrument_fhir, name="library_instrument_fhir"),
    path(f"{LIBRARY}yaml/", views.library_instrument_yaml, name="library_instrument_yaml"),
    path(f"{OWN}fhir/", views.own_instrument_fhir, name="own_instrument_fhir"),
    path(f"{OWN}yaml/", views.own_instrument_yaml, name="own_instrument_yaml"),
]
