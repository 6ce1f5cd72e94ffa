"""Routes of cases and what was shared with them."""

from django.urls import path

from kring.web.cases import views

hat = [
    path("cases/", views.cases, name="cases"),
    path("pupils/<uuid:pupil>/cases/new/", views.case_open, name="case_open"),
    path("cases/<uuid:case>/", views.case, name="case"),
    path("cases/<uuid:case>/close/", views.case_close, name="case_close"),
    path("cases/<uuid:case>/colleagues/new/", views.case_colleague, name="case_colleague"),
    path("cases/<uuid:case>/partners/new/", views.case_partner, name="case_partner"),
    path("cases/<uuid:case>/newcomers/new/", views.case_newcomer, name="case_newcomer"),
    path("case-members/<uuid:casemember>/remove/", views.case_member_remove, name="case_member_remove"),
    path("shares/", views.shares, name="shares"),
    path("shares/<uuid:share>/file/", views.share_file, name="share_file"),
    path("shares/<uuid:share>/withdraw/", views.share_withdraw, name="share_withdraw"),
]
