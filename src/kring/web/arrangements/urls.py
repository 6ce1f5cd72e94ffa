"""Routes of arrangements, and of what the school offers others."""

from django.urls import path

from kring.web.arrangements import offer_views, views

hat = [
    path("arrangements/", views.arrangements, name="arrangements"),
    path("arrangements.csv", views.arrangements_csv, name="arrangements_csv"),
    path("arrangements.xlsx", views.arrangements_xlsx, name="arrangements_xlsx"),
    path("pupils/<uuid:pupil>/arrangements/new/", views.arrangement_new, name="arrangement_new"),
    path("arrangements/<uuid:arrangement>/", views.arrangement, name="arrangement"),
    path("arrangements/<uuid:arrangement>/edit/", views.arrangement_edit, name="arrangement_edit"),
    path("arrangements/<uuid:arrangement>/result/", views.arrangement_result, name="arrangement_result"),
    path("support-offers/", offer_views.support_offers, name="support_offers"),
    path("support-offers.csv", offer_views.support_offers_csv, name="support_offers_csv"),
    path("support-offers/new/", offer_views.support_offer_new, name="support_offer_new"),
    path("support-offers/<uuid:supportoffer>/edit/", offer_views.support_offer_edit, name="support_offer_edit"),
    path("support-offers/<uuid:supportoffer>/end/", offer_views.support_offer_end, name="support_offer_end"),
]
