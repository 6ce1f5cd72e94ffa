"""Routes of groups and pupils."""

from django.urls import path

from kring.web.reports import views

hat = [
    path("groups/", views.groups, name="groups"),
    path("groups/reports/", views.group_reports, name="group_reports"),
    path("groups/<uuid:group>/", views.group, name="group"),
    path("groups/<uuid:group>/pdf/", views.group_pdf, name="group_pdf"),
    path("pupils/<uuid:pupil>/", views.pupil, name="pupil"),
    path("cases/<uuid:case>/shares/new/", views.share_new, name="share_new"),
    path("pupils/<uuid:pupil>/pdf/", views.pupil_pdf, name="pupil_pdf"),
]
