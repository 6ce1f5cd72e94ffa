"""Routes of seats, tables and work groups. A composition stands on itself: the classes of a next year hang on no group."""

from django.urls import path

from kring.web.compositions import views

hat = [
    path("groups/<uuid:group>/seats/", views.compositions, name="compositions"),
    path("groups/<uuid:group>/seats/new/", views.composition_new, name="composition_new"),
    path("compositions/<uuid:composition>/", views.composition, name="composition"),
    path("compositions/<uuid:composition>/board/", views.composition_board, name="composition_board"),
    path("compositions/<uuid:composition>/move/", views.composition_move, name="composition_move"),
    path("compositions/<uuid:composition>/fix/", views.composition_fix, name="composition_fix"),
    path("compositions/<uuid:composition>/undo/", views.composition_undo, name="composition_undo"),
    path("compositions/<uuid:composition>/wishes/", views.place_wish_add, name="place_wish_add"),
    path("wishes/<uuid:placewish>/remove/", views.place_wish_remove, name="place_wish_remove"),
    path("compositions/<uuid:composition>/asks/", views.composition_asks, name="composition_asks"),
    path("compositions/<uuid:composition>/propose/", views.composition_propose, name="composition_propose"),
    path("compositions/<uuid:composition>/use/", views.composition_use, name="composition_use"),
    path("compositions/<uuid:composition>/copy/", views.composition_copy, name="composition_copy"),
    path("compositions/<uuid:composition>/remove/", views.composition_remove, name="composition_remove"),
]
