"""Routes of the overview of care."""

from django.urls import path

from kring.web.care_overview import views

hat = [
    path("care/", views.care_overview, name="care_overview"),
    path("care/list.xlsx", views.care_overview_xlsx, name="care_overview_xlsx"),
    path("care/list.csv", views.care_overview_csv, name="care_overview_csv"),
]
