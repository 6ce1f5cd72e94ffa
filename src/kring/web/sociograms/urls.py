"""Routes of the sociograms."""

from django.urls import path

from kring.web.sociograms import views
from kring.web.sociograms.buddies import views as buddies
from kring.web.sociograms.bullying import views as bullying
from kring.web.sociograms.predicting import views as predicting
from kring.web.sociograms.understanding import urls as understanding

hat = [
    *understanding.hat,
    path("sociograms/<uuid:sociogram>/bullying/", bullying.bullying, name="sociogram_bullying"),
    path("sociograms/<uuid:sociogram>/buddies/", buddies.sociogram_buddies, name="sociogram_buddies"),
    path("bullying/<uuid:bullyingreport>/", bullying.bullying_talk, name="bullying_talk"),
    path("sociograms/<uuid:sociogram>/", views.sociogram, name="sociogram"),
    path("sociograms/<uuid:sociogram>/pupils/<uuid:pupil>/", views.sociogram_pupil, name="sociogram_pupil"),
    path("groups/<uuid:group>/rounds/<uuid:round>/prediction/", predicting.prediction, name="prediction"),
]
