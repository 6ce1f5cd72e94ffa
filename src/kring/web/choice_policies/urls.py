"""Routes of the decisions about questions that may hurt."""

from django.urls import path

from kring.web.choice_policies import views

hat = [
    path("choices/", views.choice_policies, name="choice_policies"),
    path("choices/new/", views.choice_policy_new, name="choice_policy_new"),
    path("choices/letter/", views.choice_policy_letter, name="choice_policy_letter"),
    path("choices/<uuid:choicepolicy>/end/", views.choice_policy_end, name="choice_policy_end"),
]
