"""Routes of plans on paper."""

from django.urls import path

from kring.web.compositions.printing import views

hat = [
    path("compositions/<uuid:composition>/pdf/", views.plan_pdf, name="composition_pdf"),
    path("compositions/<uuid:composition>/cards/", views.cards_pdf, name="composition_cards"),
]
