"""Routes of the rounds."""

from django.urls import path

from kring.web.surveys import views
from kring.web.surveys.family import views as family
from kring.web.surveys.guardian_lists import views as guardian_lists
from kring.web.surveys.opening import views as opening
from kring.web.surveys.rhythm import views as rhythm
from kring.web.surveys.running import views as running
from kring.web.surveys.staff import views as staff

hat = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/new/", opening.round_new, name="round_new"),
    path("rounds/rhythm/", rhythm.rhythm, name="rhythm"),
    path("rounds/<uuid:round>/", running.round, name="round"),
    path("rounds/<uuid:round>/close/", running.close_round, name="close_round"),
    path("rounds/<uuid:round>/newcomers/", running.round_newcomers, name="round_newcomers"),
    path("rounds/<uuid:round>/reopen/", running.round_reopen, name="round_reopen"),
    path("rounds/<uuid:round>/withdraw/", running.round_withdraw, name="round_withdraw"),
    path("rounds/<uuid:round>/groups/<uuid:group>/progress/", running.round_progress, name="round_progress"),
    path("invitations/<uuid:invitation>/absent/", running.invitation_absent, name="invitation_absent"),
    path("invitations/<uuid:invitation>/later/", running.invitation_later, name="invitation_later"),
    path("invitations/<uuid:invitation>/wait/", running.invitation_wait, name="invitation_wait"),
    path("rounds/<uuid:round>/groups/<uuid:group>/", views.round_group, name="round_group"),
    path("lists/", family.my_lists, name="my_lists"),
    path("pupils/<uuid:pupil>/lists/", family.pupil_lists, name="pupil_lists"),
    path("pupils/<uuid:pupil>/lists/object/", family.object_to_list, name="object_to_list"),
    path("pupils/<uuid:pupil>/objections/", family.pupil_objections, name="pupil_objections"),
    path("objections/<uuid:objection>/", family.objection, name="objection"),
    path("objections/<uuid:objection>/take-back/", family.take_back_objection, name="take_back_objection"),
    path("objections/<uuid:objection>/end/", family.end_objection, name="end_objection"),
    path("pupils/<uuid:pupil>/guardian-lists/", guardian_lists.guardian_lists, name="guardian_lists"),
    path("pupils/<uuid:pupil>/guardian-lists/new/", guardian_lists.guardian_list_new, name="guardian_list_new"),
    path("guardian-lists/<uuid:guardianinvitation>/remind/", guardian_lists.remind_guardian, name="remind_guardian"),
    path("guardian-lists/<uuid:guardianinvitation>/withdraw/", guardian_lists.withdraw_guardian_list, name="withdraw_guardian_list"),
    path("guardian-lists/<uuid:guardianinvitation>/letter/", guardian_lists.list_letter, name="list_letter"),
    path("team-lists/", staff.team_lists, name="team_lists"),
    path("team-lists/<uuid:round>/", staff.team_list, name="team_list"),
    path("team-lists/<uuid:round>/close/", staff.close_team_list, name="close_team_list"),
    path("team-lists/asked/<uuid:staffinvitation>/", staff.staff_list, name="staff_list"),
]
