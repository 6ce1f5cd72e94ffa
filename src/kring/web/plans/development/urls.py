"""Routes of the support plan."""

from django.urls import path

from kring.web.plans.development import hearing_views as heard
from kring.web.plans.development import version_views as versions
from kring.web.plans.development import views

hat = [
    path("development/", views.development_plans, name="development_plans"),
    path("pupils/<uuid:pupil>/plans/development/", views.development_plan_new, name="development_plan_new"),
    path("development/<uuid:plan>/", views.development_plan, name="development_plan"),
    path("development/<uuid:plan>/parts/<slug:part>/", views.development_plan_part, name="development_plan_part"),
    path("development/<uuid:plan>/goals/", views.development_plan_goal_new, name="development_plan_goal_new"),
    path("development/<uuid:plan>/goals/<uuid:goal>/", views.development_plan_goal, name="development_plan_goal"),
    path("development/<uuid:plan>/goals/<uuid:goal>/remove/", views.development_plan_goal_remove, name="development_plan_goal_remove"),
    path("development/<uuid:plan>/goals/<uuid:goal>/help/", views.development_plan_help_new, name="development_plan_help_new"),
    path("development/<uuid:plan>/help/<uuid:step>/", views.development_plan_help, name="development_plan_help"),
    path("development/<uuid:plan>/help/<uuid:step>/remove/", views.development_plan_help_remove, name="development_plan_help_remove"),
    path("development/<uuid:plan>/adopt/", views.development_plan_adopt, name="development_plan_adopt"),
    path("development/<uuid:plan>/take-back/", views.development_plan_take_back, name="development_plan_take_back"),
    path("development/<uuid:plan>/ask/", views.development_plan_ask, name="development_plan_ask"),
    path("development/<uuid:plan>/start/", views.development_plan_start, name="development_plan_start"),
    path("development/<uuid:plan>/adjust/", views.development_plan_adjust, name="development_plan_adjust"),
    path("development/<uuid:plan>/sign/", views.development_plan_sign, name="development_plan_sign"),
    path("development/<uuid:plan>/checks/", views.development_plan_checked, name="development_plan_checked"),
    path("development/<uuid:plan>/evaluate/", views.development_plan_evaluate, name="development_plan_evaluate"),
    path("development/<uuid:plan>/close/", views.development_plan_close, name="development_plan_close"),
    path("development/<uuid:plan>/heard/", heard.development_plan_heard, name="development_plan_heard"),
    path("development/<uuid:plan>/ask-pupil/", heard.development_plan_ask_pupil, name="development_plan_ask_pupil"),
    path("development/<uuid:plan>/my-view/", heard.my_view, name="my_view"),
    path("development/heard/<uuid:hearing>/", heard.hearing_answer, name="hearing_answer"),
    path("development/agreements/<uuid:planagreement>/", heard.plan_agreement_answer, name="plan_agreement_answer"),
    path("development/agreements/<uuid:planagreement>/paper/", heard.plan_agreement_record, name="plan_agreement_record"),
    path("development/<uuid:plan>/compare/", versions.development_plan_compare, name="development_plan_compare"),
    path("development/versions/<uuid:planversion>/", versions.development_plan_version, name="development_plan_version"),
    path("development/versions/<uuid:planversion>/pdf/", versions.development_plan_pdf, name="development_plan_pdf"),
    path("development/versions/<uuid:planversion>/action-pdf/", versions.development_plan_action_pdf, name="development_plan_action_pdf"),
]
