"""Routes of the deepened cycle."""

from django.urls import path

from kring.web.plans.deepened import views

hat = [
    path("pupils/<uuid:pupil>/plans/deepened/", views.deepened_new, name="deepened_new"),
    path("deepened/<uuid:plan>/", views.deepened, name="deepened"),
    path("deepened/<uuid:plan>/edit/", views.deepened_edit, name="deepened_edit"),
    path("deepened/<uuid:plan>/goals/", views.deepened_goal, name="deepened_goal"),
    path("deepened/<uuid:plan>/goals/<uuid:goal>/settle/", views.deepened_settle, name="deepened_settle"),
    path("deepened/<uuid:plan>/family/", views.deepened_family, name="deepened_family"),
    path("deepened/<uuid:plan>/agree/", views.deepened_agree, name="deepened_agree"),
    path("deepened/<uuid:plan>/transfer/", views.deepened_transfer, name="deepened_transfer"),
]
