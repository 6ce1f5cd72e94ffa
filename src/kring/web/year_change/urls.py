"""Routes of the change of the school year, and of what is handed over."""

from django.urls import path

from kring.web.year_change import views
from kring.web.year_change.handovers import urls as handovers

hat = [
    path("year-changes/", views.year_changes, name="year_changes"),
    path("year-changes/begin/<uuid:schoolyear>/", views.year_change_begin, name="year_change_begin"),
    path("year-changes/<uuid:yearchange>/", views.year_change, name="year_change"),
    path("year-changes/<uuid:yearchange>/again/", views.year_change_again, name="year_change_again"),
    path("year-changes/<uuid:yearchange>/groups/", views.year_change_groups, name="year_change_groups"),
    path("year-changes/<uuid:yearchange>/ways/", views.year_change_ways, name="year_change_ways"),
    path("year-changes/<uuid:yearchange>/groups/<uuid:group>/", views.year_change_group, name="year_change_group"),
    path("year-changes/<uuid:yearchange>/classes/<uuid:composition>/", views.year_change_classes, name="year_change_classes"),
    path("year-changes/<uuid:yearchange>/set/", views.year_change_set, name="year_change_set"),
    path("year-changes/<uuid:yearchange>/take-back/", views.year_change_take_back, name="year_change_take_back"),
    *handovers.hat,
]
