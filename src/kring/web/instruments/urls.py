"""Routes of the lists that a school can use."""

from django.urls import path

from kring.web.instruments import views
from kring.web.instruments.exchanging import urls as exchanging
from kring.web.instruments.writing import urls as writing

hat = [
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/library/<slug:mark>/", views.library_instrument, name="library_instrument"),
    path("instruments/library/<slug:mark>/try/", views.library_instrument_try, name="library_instrument_try"),
    path("instruments/shells/<slug:mark>/", views.instrument_shell, name="instrument_shell"),
    path("instruments/own/<uuid:owninstrument>/", views.own_instrument, name="own_instrument"),
    path("instruments/own/<uuid:owninstrument>/try/", views.own_instrument_try, name="own_instrument_try"),
    *exchanging.hat,
    *writing.hat,
]
