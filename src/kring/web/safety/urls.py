"""Routes of safety cards and emergency access."""

from django.urls import path

from kring.web.safety import views

hat = [
    path("safety-cards/", views.safety_cards, name="safety_cards"),
    path("pupils/<uuid:pupil>/safety-card/", views.safety_card, name="safety_card"),
    path("pupils/<uuid:pupil>/safety-card/edit/", views.safety_card_edit, name="safety_card_edit"),
    path("glasses/", views.glasses, name="glasses"),
    path("glasses/new/", views.glass_break, name="glass_break"),
    path("glasses/<uuid:breakglass>/", views.glass, name="glass"),
    path("glasses/<uuid:breakglass>/end/", views.glass_end, name="glass_end"),
    path("glasses/<uuid:breakglass>/review/", views.glass_review, name="glass_review"),
]
