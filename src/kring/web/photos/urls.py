"""Routes of photos. There is no address of a picture: it stands in the page of who may see the name."""

from django.urls import path

from kring.web.photos import views

hat = [
    path("groups/<uuid:group>/photos/", views.group_photos, name="group_photos"),
    path("groups/<uuid:group>/photos/put/", views.group_photos_put, name="group_photos_put"),
    path("groups/<uuid:group>/photos/<uuid:pupil>/away/", views.pupil_photo_away, name="pupil_photo_away"),
    path("photos/", views.my_photos, name="my_photos"),
    path("photos/<uuid:pupil>/refuse/", views.photo_refuse, name="photo_refuse"),
    path("photos/<uuid:pupil>/allow/", views.photo_allow, name="photo_allow"),
]
