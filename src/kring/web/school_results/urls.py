"""Routes of the school as a whole."""

from django.urls import path

from kring.web.school_results import views

hat = [
    path("school-results/", views.school_results, name="school_results"),
    path("school-results/pdf/", views.school_results_pdf, name="school_results_pdf"),
    path("school-results/xlsx/", views.school_results_xlsx, name="school_results_xlsx"),
    path("school-results/csv/", views.school_results_csv, name="school_results_csv"),
    path("school-results/<uuid:snapshot>/", views.school_round, name="school_round"),
    path("parallels/<uuid:bundle>/", views.parallels, name="parallels"),
    path("ambitions/", views.ambitions, name="ambitions"),
]
