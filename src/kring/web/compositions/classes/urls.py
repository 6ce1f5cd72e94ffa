"""Routes of classes of a coming year."""

from django.urls import path

from kring.web.compositions.classes import views

hat = [
    path("classes/", views.next_classes, name="next_classes"),
    path("classes/new/<uuid:schoolyear>/", views.next_classes_new, name="next_classes_new"),
    path("classes/<uuid:composition>/", views.classes, name="classes"),
    path("classes/<uuid:composition>/change/", views.classes_change, name="classes_change"),
    path("classes/<uuid:composition>/marks/", views.classes_marks, name="classes_marks"),
    path("classes/<uuid:composition>/newcomers/", views.classes_newcomers, name="classes_newcomers"),
    path("classes/<uuid:composition>/compare/", views.classes_compare, name="classes_compare"),
]
