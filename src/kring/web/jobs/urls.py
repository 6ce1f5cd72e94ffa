"""Routes of work in the background."""

from django.urls import path

from kring.web.jobs import views

hat = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:job>/", views.job, name="job"),
    path("jobs/<uuid:job>/again/", views.job_again, name="job_again"),
    path("jobs/<uuid:job>/stop/", views.job_stop, name="job_stop"),
    path("jobs/<uuid:job>/result/", views.job_result, name="job_result"),
]
