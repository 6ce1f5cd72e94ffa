"""Routes of the school itself, its years, and the words of its region."""

from django.urls import path

from kring.web.school_years import views
from kring.web.school_years.region import views as region
from kring.web.school_years.school import views as school

hat = [
    path("school/", school.school_edit, name="school_edit"),
    path("school-years/", views.school_years, name="school_years"),
    path("school-years/new/", views.school_year_new, name="school_year_new"),
    path("school-years/<uuid:schoolyear>/", views.school_year, name="school_year"),
    path("school-years/<uuid:schoolyear>/edit/", views.school_year_edit, name="school_year_edit"),
    path("school-years/<uuid:schoolyear>/remove/", views.school_year_remove, name="school_year_remove"),
    path("school-years/<uuid:schoolyear>/copy/", views.holidays_copy, name="holidays_copy"),
    path("school-years/<uuid:schoolyear>/holidays/new/", views.holiday_new, name="holiday_new"),
    path("holidays/<uuid:holiday>/", views.holiday_edit, name="holiday_edit"),
    path("holidays/<uuid:holiday>/remove/", views.holiday_remove, name="holiday_remove"),
    path("region/", region.region, name="region"),
    path("region/new/", region.region_new, name="region_new"),
    path("region/<uuid:regionalterms>/", region.region_edition, name="region_edition"),
]
