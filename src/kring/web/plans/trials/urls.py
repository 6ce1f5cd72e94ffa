"""Routes of plans of one pupil that are tried and decided upon."""

from django.urls import path

from kring.web.plans.trials import views

hat = [
    path("pupils/<uuid:pupil>/plans/", views.pupil_plans, name="pupil_plans"),
    path("pupils/<uuid:pupil>/plans/trial/", views.trial_new, name="trial_new"),
    path("pupils/<uuid:pupil>/plans/ideas/", views.trial_ideas, name="trial_ideas"),
    path("groups/<uuid:group>/plan/progress/", views.group_progress, name="group_progress"),
    path("trials/<uuid:plan>/", views.trial, name="trial"),
    path("trials/<uuid:plan>/pdf/", views.trial_pdf, name="trial_pdf"),
    path("trials/<uuid:plan>/edit/", views.trial_edit, name="trial_edit"),
    path("trials/<uuid:plan>/start/", views.trial_start, name="trial_start"),
    path("trials/<uuid:plan>/tick/", views.trial_tick, name="trial_tick"),
    path("trials/<uuid:plan>/goals/<uuid:goal>/measure/", views.trial_measure, name="trial_measure"),
    path("trials/<uuid:plan>/evaluate/", views.trial_evaluate, name="trial_evaluate"),
    path("trials/<uuid:plan>/layer/", views.trial_layer, name="trial_layer"),
    path("trials/<uuid:plan>/step-back/", views.trial_step_back, name="trial_step_back"),
    path("trials/<uuid:plan>/close/", views.trial_close, name="trial_close"),
    path("trials/<uuid:plan>/show/", views.trial_show, name="trial_show"),
]
