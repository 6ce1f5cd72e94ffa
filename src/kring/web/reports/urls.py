"""Routes of groups and pupils."""

from django.urls import path

from kring.web.reports import leaves, views
from kring.web.reports.taking import views as taking

hat = [
    path("groups/", views.groups, name="groups"),
    path("groups/reports/", views.group_reports, name="group_reports"),
    path("groups/pupil-reports/", taking.pupil_reports, name="pupil_reports"),
    path("groups/<uuid:group>/", views.group, name="group"),
    path("groups/<uuid:group>/xlsx/", taking.group_xlsx, name="group_xlsx"),
    path("groups/<uuid:group>/csv/", taking.group_csv, name="group_csv"),
    path("groups/<uuid:group>/pupil-reports/", taking.group_pupil_reports, name="group_pupil_reports"),
    path("groups/<uuid:group>/pdf/", views.group_pdf, name="group_pdf"),
    path("pupils/<uuid:pupil>/", views.pupil, name="pupil"),
    path("pupils/<uuid:pupil>/help/", leaves.pupil_help, name="pupil_help"),
    path("pupils/<uuid:pupil>/around/", leaves.pupil_around, name="pupil_around"),
    path("cases/<uuid:case>/shares/new/", views.share_new, name="share_new"),
    path("pupils/<uuid:pupil>/pdf/", views.pupil_pdf, name="pupil_pdf"),
]
