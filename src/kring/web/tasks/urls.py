"""Routes of tasks."""

from django.urls import path

from kring.web.tasks import views

hat = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/new/", views.task_new, name="task_new"),
    path("tasks/<uuid:task>/", views.task, name="task"),
    path("tasks/<uuid:task>/done/", views.task_done, name="task_done"),
    path("tasks/<uuid:task>/undo/", views.task_undo, name="task_undo"),
    path("tasks/<uuid:task>/put-off/", views.task_put_off, name="task_put_off"),
    path("tasks/<uuid:task>/drop/", views.task_drop, name="task_drop"),
]
