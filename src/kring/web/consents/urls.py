"""Routes of consent."""

from django.urls import path

from kring.web.consents import views

hat = [
    path("consents/", views.consents, name="consents"),
    path("consents/asked/", views.consents_asked, name="consents_asked"),
    path("consents/given/", views.consents_given, name="consents_given"),
    path("consents/<uuid:consentrequest>/", views.consent_request, name="consent_request"),
    path("consents/<uuid:consentrequest>/answer/", views.consent_answer, name="consent_answer"),
    path("consents/<uuid:consentrequest>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("consents/<uuid:consentrequest>/paper/", views.consent_paper, name="consent_paper"),
    path("consents/<uuid:consentrequest>/heard/", views.consent_heard, name="consent_heard"),
    path("consents/<uuid:consentrequest>/end/", views.consent_end, name="consent_end"),
    path("consents/scans/<uuid:consent>/", views.consent_scan, name="consent_scan"),
    path("pupils/<uuid:pupil>/consents/", views.pupil_consents, name="pupil_consents"),
    path("pupils/<uuid:pupil>/consents/new/", views.consent_new, name="consent_new"),
    path("pupils/<uuid:pupil>/legal-grounds/new/", views.legal_ground_new, name="legal_ground_new"),
    path("legal-grounds/<uuid:legalground>/", views.legal_ground, name="legal_ground"),
    path("legal-grounds/<uuid:legalground>/confirm/", views.legal_ground_confirm, name="legal_ground_confirm"),
    path("legal-grounds/<uuid:legalground>/end/", views.legal_ground_end, name="legal_ground_end"),
]
