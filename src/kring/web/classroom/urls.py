"""Routes of the door of a class: of the children before it, and what the teacher shows and prints."""

from django.urls import path

from kring.web.classroom.entrance import views as entrance
from kring.web.classroom.teaching import views as teaching

public = [
    path("class/", entrance.class_door, name="class_door"),
    path("class/names/", entrance.class_names, name="class_names"),
    path("class/tablet/", entrance.class_tablet, name="class_tablet"),
    path("class/card/", entrance.class_card, name="class_card"),
    path("class/leave/", entrance.class_leave, name="class_leave"),
    path("class/here/", entrance.class_here, name="class_here"),
]

hat = [
    path("groups/<uuid:group>/class/code/", teaching.class_code, name="class_code"),
    path("groups/<uuid:group>/cards/", teaching.class_cards, name="class_cards"),
]
