"""Routes of trainings."""

from django.urls import path

from kring.web.trainings import views

hat = [
    path("trainings/", views.trainings, name="trainings"),
    path("trainings/list.xlsx", views.trainings_xlsx, name="trainings_xlsx"),
    path("trainings/list.csv", views.trainings_csv, name="trainings_csv"),
    path("trainings/new/", views.training_new, name="training_new"),
    path("trainings/wish/", views.training_wish, name="training_wish"),
    path("trainings/<uuid:training>/", views.training, name="training"),
    path("trainings/<uuid:training>/edit/", views.training_edit, name="training_edit"),
    path("trainings/<uuid:training>/places/", views.training_place_add, name="training_place_add"),
    path("trainings/<uuid:training>/sessions/", views.training_session_add, name="training_session_add"),
    path("trainings/<uuid:training>/close/", views.training_close, name="training_close"),
    path("training-sessions/<uuid:trainingsession>/attendance/", views.training_attend, name="training_attend"),
    path("training-places/<uuid:trainingplace>/", views.training_place, name="training_place"),
    path("training-places/<uuid:trainingplace>/agreement/", views.training_agree, name="training_agree"),
    path("training-places/<uuid:trainingplace>/levels/", views.training_levels, name="training_levels"),
    path("training-places/<uuid:trainingplace>/transfer/", views.training_transfer, name="training_transfer"),
    path("training-places/<uuid:trainingplace>/leave/", views.training_leave, name="training_leave"),
]
