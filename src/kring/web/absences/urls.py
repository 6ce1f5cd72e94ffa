"""Routes of absence."""

from django.urls import path

from kring.web.absences import views

hat = [
    path("groups/<uuid:group>/absence/", views.group_absence, name="group_absence"),
    path("absence/", views.absence_prompts, name="absence_prompts"),
    path("absence/rules/", views.absence_rules, name="absence_rules"),
    path("absence/<uuid:absenceprompt>/", views.absence_prompt, name="absence_prompt"),
    path("absence/<uuid:absenceprompt>/settle/", views.absence_settle, name="absence_settle"),
    path("absence/<uuid:absenceprompt>/over/", views.absence_over, name="absence_over"),
    path("absence/<uuid:absenceprompt>/steps/", views.absence_step_plan, name="absence_step_plan"),
    path("absence/steps/<uuid:absencestep>/", views.absence_step, name="absence_step"),
]
