"""Routes of activity plans."""

from django.urls import path

from kring.web.plans.activities import views

hat = [
    path("groups/<uuid:group>/activities/new/", views.activity_plan_new, name="activity_plan_new"),
    path("plans/<uuid:plan>/activities/", views.activity_plan, name="activity_plan"),
    path("plans/<uuid:plan>/activities/new/", views.plan_step_new, name="plan_step_new"),
    path("plans/<uuid:plan>/activities/start/", views.activity_plan_start, name="activity_plan_start"),
    path("plans/<uuid:plan>/activities/evaluate/", views.activity_plan_evaluate, name="activity_plan_evaluate"),
    path("plans/steps/<uuid:step>/", views.plan_step, name="plan_step"),
    path("plans/steps/<uuid:step>/done/", views.plan_step_done, name="plan_step_done"),
    path("plans/steps/<uuid:step>/remove/", views.plan_step_remove, name="plan_step_remove"),
]
