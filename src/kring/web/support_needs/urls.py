"""Routes of what a teacher needs."""

from django.urls import path

from kring.web.support_needs import views

hat = [
    path("needs/", views.support_needs, name="support_needs"),
    path("needs/new/", views.support_need_new, name="support_need_new"),
    path("needs/<uuid:supportneed>/", views.support_need, name="support_need"),
    path("needs/<uuid:supportneed>/coach/", views.support_need_coach, name="support_need_coach"),
    path("needs/<uuid:supportneed>/answer/", views.support_need_answer, name="support_need_answer"),
    path("needs/<uuid:supportneed>/end/", views.support_need_end, name="support_need_end"),
]
