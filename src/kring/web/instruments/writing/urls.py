"""Routes of writing a list of one's own."""

from django.urls import path

from kring.web.instruments.writing import finishing, views

OWN = "instruments/own/<uuid:owninstrument>/"
hat = [
    path("instruments/new/", views.instrument_new, name="instrument_new"),
    path(f"{OWN}edit/", views.own_instrument_edit, name="own_instrument_edit"),
    path(f"{OWN}head/", views.own_instrument_head, name="own_instrument_head"),
    path(f"{OWN}origin/", views.own_instrument_origin, name="own_instrument_origin"),
    path(f"{OWN}answers/", views.own_instrument_answers, name="own_instrument_answers"),
    path(f"{OWN}items/<slug:item>/", views.own_item, name="own_item"),
    path(f"{OWN}items/<slug:item>/move/", views.own_item_move, name="own_item_move"),
    path(f"{OWN}items/<slug:item>/remove/", views.own_item_remove, name="own_item_remove"),
    path(f"{OWN}scales/new/", views.own_scale_new, name="own_scale_new"),
    path(f"{OWN}scales/<slug:scale>/", views.own_scale, name="own_scale"),
    path(f"{OWN}scales/<slug:scale>/remove/", views.own_scale_remove, name="own_scale_remove"),
    path(f"{OWN}undo/", views.own_instrument_undo, name="own_instrument_undo"),
    path(f"{OWN}reworded/", views.own_instrument_reworded, name="own_instrument_reworded"),
    path(f"{OWN}release/", finishing.own_instrument_release, name="own_instrument_release"),
    path(f"{OWN}correct/", finishing.own_instrument_correct, name="own_instrument_correct"),
    path(f"{OWN}discard/", finishing.own_instrument_discard, name="own_instrument_discard"),
    path(f"{OWN}retire/", finishing.own_instrument_retire, name="own_instrument_retire"),
    path(f"{OWN}licence/", finishing.own_instrument_licence, name="own_instrument_licence"),
]
