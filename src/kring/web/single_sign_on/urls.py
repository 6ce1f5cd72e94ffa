"""Routes of single sign-on. Those of allauth itself are not there: they take more from an address than we do."""

from django.urls import path

from kring.web.single_sign_on import views

public = [
    path("login/via/<slug:key>/", views.sign_on, name="sign_on"),
    path("login/via/<slug:key>/return/", views.openid_return, name="sign_on_return"),
    path("login/via/<slug:key>/answer/", views.saml_answer, name="sign_on_answer"),
    path("login/via/<slug:key>/arrival/", views.saml_arrival, name="sign_on_arrival"),
    path("login/via/<slug:key>/metadata/", views.saml_metadata, name="sign_on_metadata"),
    path("account/identities/", views.identities, name="identities"),
    path("account/identities/<slug:key>/link/", views.link_identity, name="link_identity"),
    path("account/identities/<slug:key>/unlink/", views.unlink_identity, name="unlink_identity"),
]
