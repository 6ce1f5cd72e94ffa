"""Routes of messages by mail, on one's own account."""

from django.urls import path

from kring.web.mail import views

public = [
    path("account/mail/", views.mail_address, name="mail_address"),
    path("account/mail/confirm/", views.confirm_mail_address, name="confirm_mail_address"),
    path("account/mail/how-often/", views.choose_how_often, name="choose_how_often"),
    path("account/mail/remove/", views.remove_mail_address, name="remove_mail_address"),
]
