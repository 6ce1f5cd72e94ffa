"""Routes of talks and reviews."""

from django.urls import path

from kring.web.gatherings import views
from kring.web.gatherings.at_home import views as at_home
from kring.web.gatherings.reviews import views as reviews
from kring.web.gatherings.trusted import views as trusted

hat = [
    path("gatherings/", views.gatherings, name="gatherings"),
    path("pupils/<uuid:pupil>/gatherings/", views.pupil_gatherings, name="pupil_gatherings"),
    path("pupils/<uuid:pupil>/gatherings/new/", views.gathering_new, name="gathering_new"),
    path("gatherings/<uuid:gathering>/", views.gathering, name="gathering"),
    path("gatherings/<uuid:gathering>/change/", views.gathering_change, name="gathering_change"),
    path("gatherings/<uuid:gathering>/preparation/", views.gathering_prepare, name="gathering_prepare"),
    path("gatherings/<uuid:gathering>/call-off/", views.gathering_off, name="gathering_off"),
    path("gatherings/<uuid:gathering>/invitation/", views.gathering_invitation, name="gathering_invitation"),
    path("gatherings/<uuid:gathering>/report/", views.gathering_held, name="gathering_held"),
    path("gatherings/<uuid:gathering>/agreements/", views.agreement_new, name="agreement_new"),
    path("agreements/<uuid:agreement>/", views.agreement, name="agreement"),
    path("talk-reports/<uuid:talkreport>/pdf/", views.talk_report_pdf, name="talk_report_pdf"),
    path("talk-reports/<uuid:talkreport>/show/", views.talk_report_show, name="talk_report_show"),
    path("groups/<uuid:group>/reviews/new/", reviews.review_new, name="review_new"),
    path("group-reviews/<uuid:gathering>/", reviews.review, name="review"),
    path("group-reviews/<uuid:gathering>/class/", reviews.review_class, name="review_class"),
    path("group-reviews/<uuid:gathering>/close/", reviews.review_close, name="review_close"),
    path("group-reviews/<uuid:gathering>/call-off/", reviews.review_off, name="review_off"),
    path("group-reviews/pupils/<uuid:discussedpupil>/", reviews.review_pupil, name="review_pupil"),
    path("groups/<uuid:group>/trusted-adults/", trusted.trusted_adults, name="trusted_adults"),
    path("pupils/<uuid:pupil>/trusted-adult/", trusted.trusted_adult_new, name="trusted_adult_new"),
    path("my-trusted-adult/", trusted.my_trusted_adult, name="my_trusted_adult"),
    path("trusted-adults/<uuid:trustedadult>/", trusted.trusted_adult_answer, name="trusted_adult_answer"),
    path("trusted-adults/<uuid:trustedadult>/end/", trusted.trusted_adult_end, name="trusted_adult_end"),
    path("my-talk-reports/", at_home.my_reports, name="my_reports"),
    path("my-talk-reports/<uuid:talkreport>/", at_home.my_report, name="my_report"),
]
