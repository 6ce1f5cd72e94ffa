"""Routes of function analyses."""

from django.urls import path

from kring.web.behaviour import views

hat = [
    path("pupils/<uuid:pupil>/behaviour/", views.pupil_behaviour, name="pupil_behaviour"),
    path("pupils/<uuid:pupil>/behaviour/new/", views.function_analysis_new, name="function_analysis_new"),
    path("behaviour/<uuid:functionanalysis>/", views.function_analysis, name="function_analysis"),
    path("behaviour/<uuid:functionanalysis>/record/", views.behaviour_record_new, name="behaviour_record_new"),
    path("behaviour/<uuid:functionanalysis>/edit/", views.function_analysis_edit, name="function_analysis_edit"),
    path("behaviour/<uuid:functionanalysis>/settle/", views.function_analysis_settle, name="function_analysis_settle"),
]
