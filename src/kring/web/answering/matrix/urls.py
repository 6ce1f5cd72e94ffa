"""Routes of the lists about a class."""

from django.urls import path

from kring.web.answering.matrix import views

hat = [
    path("rounds/<uuid:round>/groups/<uuid:group>/lists/", views.teacher_lists, name="teacher_lists"),
    path("rounds/<uuid:round>/groups/<uuid:group>/lists/news/", views.teacher_lists_news, name="teacher_lists_news"),
    path("rounds/<uuid:round>/groups/<uuid:group>/lists/hand-in/", views.teacher_lists_hand_in, name="teacher_lists_hand_in"),
    path("invitations/<uuid:invitation>/open-again/", views.teacher_list_open_again, name="teacher_list_open_again"),
]
