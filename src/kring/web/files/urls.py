"""Route of a stored file."""

from django.urls import path

from kring.web.files import views

hat = [path("files/<uuid:file>/", views.stored_file, name="stored_file")]
