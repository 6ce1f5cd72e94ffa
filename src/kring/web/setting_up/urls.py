"""Routes of moving in."""

from django.urls import path

from kring.web.setting_up import views

hat = [path("set-up/", views.setting_up, name="setting_up")]
