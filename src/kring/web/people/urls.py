"""Routes of roles, groups, guardians and the paper with which one comes in."""

from django.urls import path

from kring.web.people.adding import views as adding
from kring.web.people.colleagues import views as colleagues
from kring.web.people.dividing import views as dividing
from kring.web.people.entrance import views as entrance
from kring.web.people.family import own_views as own
from kring.web.people.family import views as family
from kring.web.people.notices import views as notices
from kring.web.people.paper import views as paper
from kring.web.people.role_file import views as role_file
from kring.web.people.teaching import views as teaching

public = [
    path("invitation/", entrance.invitation, name="invitation"),
    path("invitation/account/", entrance.invitation_account, name="invitation_account"),
]
hat = [
    path("people/", colleagues.people, name="people"),
    path("people/propose/", colleagues.propose_role, name="propose_role"),
    path("people/add/", adding.add_colleague, name="add_colleague"),
    path("people/letters/", paper.invite_all, name="invite_all"),
    path("people/file/", role_file.role_file, name="role_file"),
    path("people/file/example.csv", role_file.role_file_example, name="role_file_example"),
    path("people/file/apply/", role_file.role_file_apply, name="role_file_apply"),
    path("people/<uuid:membership>/", colleagues.person, name="person"),
    path("people/<uuid:membership>/end/", colleagues.end_role, name="end_role"),
    path("people/<uuid:membership>/letter/", paper.invite, name="invite"),
    path("people/<uuid:membership>/recovery/", paper.ask_recovery, name="ask_recovery"),
    path("recoveries/<uuid:recovery>/confirm/", paper.confirm_recovery, name="confirm_recovery"),
    path("proposals/<uuid:appointment>/approve/", colleagues.approve_role, name="approve_role"),
    path("proposals/<uuid:appointment>/decline/", colleagues.decline_role, name="decline_role"),
    path("teaching/", teaching.teaching, name="teaching"),
    path("teaching/divide/", dividing.divide_groups, name="divide_groups"),
    path("teaching/<uuid:group>/", teaching.group_teaching, name="group_teaching"),
    path("assignments/<uuid:assignment>/end/", teaching.end_assignment, name="end_assignment"),
    path("families/", family.families, name="families"),
    path("pupils/<uuid:pupil>/family/", family.family, name="family"),
    path("pupils/<uuid:pupil>/family/add/", family.register_guardian, name="register_guardian"),
    path("pupils/<uuid:pupil>/home/", family.pupil_home, name="pupil_home"),
    path("pupils/<uuid:pupil>/birth-date/", family.birth_date, name="birth_date"),
    path("guardianships/<uuid:guardianship>/", family.change_authority, name="change_authority"),
    path("guardianships/<uuid:guardianship>/end/", family.end_guardianship, name="end_guardianship"),
    path("guardianships/<uuid:guardianship>/contact/", family.contact, name="contact"),
    path("guardianships/<uuid:guardianship>/letter/", family.guardian_letter, name="guardian_letter"),
    path("reading-along/", own.reading_along, name="reading_along"),
    path("reading-along/<uuid:guardianship>/give/", own.let_read_along, name="let_read_along"),
    path("reading-along/<uuid:guardianaccess>/stop/", own.stop_reading_along, name="stop_reading_along"),
    path("contact/", own.my_contact, name="my_contact"),
    path("notices/<uuid:notice>/seen/", notices.notice_seen, name="notice_seen"),
]
