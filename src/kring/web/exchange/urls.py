"""Routes of bringing in files."""

from django.urls import path

from kring.web.exchange import views

hat = [
    path("groups/<uuid:group>/upload/", views.upload, name="upload"),
    path("groups/<uuid:group>/upload/pupils.csv", views.upload_example, name="upload_example"),
    path("uploads/<uuid:upload>/", views.upload_preview, name="upload_preview"),
    path("uploads/<uuid:upload>/apply/", views.upload_apply, name="upload_apply"),
    path("uploads/<uuid:upload>/throw-away/", views.upload_throw_away, name="upload_throw_away"),
]
