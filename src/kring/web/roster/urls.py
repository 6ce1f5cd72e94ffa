"""Routes of groups, bundles and the list of all pupils."""

from django.urls import path

from kring.web.roster.bringing import views as bringing
from kring.web.roster.forming import views as forming

hat = [
    path("school/groups/", forming.school_groups, name="school_groups"),
    path("school/groups/<uuid:group>/", forming.school_group, name="school_group"),
    path("school/groups/<uuid:group>/end/", forming.end_group, name="end_group"),
    path("school/years/<uuid:schoolyear>/bundles/new/", forming.bundle_new, name="bundle_new"),
    path("bundles/<uuid:bundle>/", forming.bundle, name="bundle"),
    path("bundles/<uuid:bundle>/end/", forming.bundle_end, name="bundle_end"),
    path("roster/", bringing.roster_files, name="roster_files"),
    path("roster/example.csv", bringing.roster_example, name="roster_example"),
    path("roster/<uuid:rosterfile>/", bringing.roster_file, name="roster_file"),
    path("roster/<uuid:rosterfile>/decisions/", bringing.roster_decide, name="roster_decide"),
    path("roster/<uuid:rosterfile>/apply/", bringing.roster_apply, name="roster_apply"),
    path("roster/<uuid:rosterfile>/throw-away/", bringing.roster_throw_away, name="roster_throw_away"),
]
