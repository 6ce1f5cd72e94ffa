"""Routes of whom to look at."""

from django.urls import path

from kring.web.attention import views
from kring.web.attention.figures import views as figures
from kring.web.attention.tables import views as tables

hat = [
    path("attention/", views.attention, name="attention"),
    path("attention/list.xlsx", views.attention_xlsx, name="attention_xlsx"),
    path("attention/list.csv", views.attention_csv, name="attention_csv"),
    path("attention/points/", tables.attention_table, name="attention_table"),
    path("attention/quality/", figures.attention_quality, name="attention_quality"),
    path("attention/quality/figures.xlsx", figures.attention_quality_xlsx, name="attention_quality_xlsx"),
    path("attention/quality/figures.csv", figures.attention_quality_csv, name="attention_quality_csv"),
    path("groups/<uuid:group>/attention/", views.group_attention, name="group_attention"),
]
