"""Routes of requests to experts."""

from django.urls import path

from kring.web.expert_requests import views

hat = [
    path("expert-requests/", views.expert_requests, name="expert_requests"),
    path("expert-requests.csv", views.expert_requests_csv, name="expert_requests_csv"),
    path("my-help/", views.my_help, name="my_help"),
    path("pupils/<uuid:pupil>/expert-requests/new/", views.expert_request_new, name="expert_request_new"),
    path("expert-requests/<uuid:expertrequest>/", views.expert_request, name="expert_request"),
    path("expert-requests/<uuid:expertrequest>/answer/", views.expert_request_answer, name="expert_request_answer"),
    path("expert-requests/<uuid:expertrequest>/day/", views.expert_request_day, name="expert_request_day"),
    path("expert-requests/<uuid:expertrequest>/withdraw/", views.expert_request_withdraw, name="expert_request_withdraw"),
    path("expert-requests/<uuid:expertrequest>/report/", views.expert_request_report, name="expert_request_report"),
    path("expert-requests/<uuid:expertrequest>/readers/", views.expert_reader_name, name="expert_reader_name"),
    path("expert-readers/<uuid:expertreader>/remove/", views.expert_reader_remove, name="expert_reader_remove"),
    path("expert-reports/<uuid:expertreport>/file/", views.expert_report_file, name="expert_report_file"),
]
