"""Routes of worries about a friend."""

from django.urls import path

from kring.web.concerns import views

hat = [
    path("worries/", views.worries, name="worries"),
    path("worries/mine/", views.my_worries, name="my_worries"),
    path("worries/words/", views.worry_words, name="worry_words"),
    path("worries/<uuid:peerconcern>/", views.worry, name="worry"),
    path("worries/<uuid:peerconcern>/answer/", views.worry_answer, name="worry_answer"),
    path("worries/<uuid:peerconcern>/end/", views.worry_end, name="worry_end"),
]
public = [
    path("class/worry/", views.seat_worry, name="seat_worry"),
    path("class/worry/words/", views.seat_worry_words, name="seat_worry_words"),
]
