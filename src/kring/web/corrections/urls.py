"""Routes of putting mistakes right."""

from django.urls import path

from kring.web.corrections import views

hat = [
    path("pupils/double/", views.merge_candidates, name="merge_candidates"),
    path("pupils/<uuid:pupil>/corrections/", views.corrections, name="corrections"),
    path("pupils/<uuid:pupil>/merge/<uuid:other>/", views.merge_pupils, name="merge_pupils"),
    path("invitations/<uuid:invitation>/move/", views.move_list, name="move_list"),
    path("moved-lists/<uuid:movedlist>/undo/", views.undo_move, name="undo_move"),
    path("merged-pupils/<uuid:mergedpupil>/undo/", views.undo_merge, name="undo_merge"),
]
