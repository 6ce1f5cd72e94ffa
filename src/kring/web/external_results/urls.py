"""Routes of the scores of other systems."""

from django.urls import path

from kring.web.external_results import views

hat = [
    path("external-results/", views.external_files, name="external_files"),
    path("external-results/scales/", views.external_scales, name="external_scales"),
    path("external-results/scales/<uuid:externalscale>/forget/", views.external_scale_forget, name="external_scale_forget"),
    path("external-results/<uuid:externalfile>/", views.external_file, name="external_file"),
    path("external-results/<uuid:externalfile>/apply/", views.external_file_apply, name="external_file_apply"),
    path("external-results/<uuid:externalfile>/take-back/", views.external_file_take_back, name="external_file_take_back"),
    path("external-results/<uuid:externalfile>/throw-away/", views.external_file_throw_away, name="external_file_throw_away"),
]
