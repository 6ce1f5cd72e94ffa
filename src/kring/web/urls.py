"""All routes: public ones, those of logging in, and everything of a school under a hat."""

from django.urls import URLPattern, URLResolver, include, path

from kring.web.absences import urls as absences
from kring.web.answering import urls as answering
from kring.web.answering.accounts import urls as pupils_with_account
from kring.web.answering.board import urls as class_board
from kring.web.answering.colleagues import urls as colleagues
from kring.web.answering.guardians import urls as guardians
from kring.web.answering.interviewing import urls as interviews
from kring.web.answering.matrix import urls as teacher_lists
from kring.web.answering.paper import urls as paper_lists
from kring.web.answering.seats import urls as seats
from kring.web.answering.talking import urls as talking
from kring.web.arrangements import urls as arrangements
from kring.web.attention import urls as attention
from kring.web.authorisation import urls as authorisation
from kring.web.behaviour import urls as behaviour
from kring.web.cards import urls as cards
from kring.web.care_overview import urls as care_overview
from kring.web.cases import urls as cases
from kring.web.catalogue import urls as catalogue
from kring.web.check_ins import urls as check_ins
from kring.web.choice_policies import urls as choice_policies
from kring.web.classroom import urls as classroom
from kring.web.compositions import urls as compositions
from kring.web.compositions.classes import urls as next_classes
from kring.web.compositions.earlier import urls as earlier_plans
from kring.web.compositions.printing import urls as composition_prints
from kring.web.compositions.rooms import urls as rooms_of_classes
from kring.web.concerns import urls as concerns
from kring.web.consents import urls as consents
from kring.web.consultations import urls as consultations
from kring.web.corrections import urls as corrections
from kring.web.demo import urls as demo
from kring.web.drafts import urls as drafts
from kring.web.exchange import urls as exchange
from kring.web.expert_requests import urls as expert_requests
from kring.web.external_results import urls as external_results
from kring.web.finding import urls as finding
from kring.web.gatherings import urls as gatherings
from kring.web.growth import urls as growth
from kring.web.home import urls as home
from kring.web.instruments import urls as instruments
from kring.web.jobs import urls as jobs
from kring.web.mail import urls as mail
from kring.web.newcomers import urls as newcomers
from kring.web.oversight import urls as oversight
from kring.web.people import urls as people
from kring.web.photos import urls as photos
from kring.web.plans.activities import urls as activity_plans
from kring.web.plans.deepened import urls as deepened
from kring.web.plans.development import urls as development_plans
from kring.web.plans.groups import urls as group_plans
from kring.web.plans.trials import urls as trials
from kring.web.preferences import preferences
from kring.web.reporting_code import urls as reporting_code
from kring.web.reports import urls as reports
from kring.web.results import urls as results
from kring.web.roster import urls as roster
from kring.web.safety import urls as safety
from kring.web.school_results import urls as school_results
from kring.web.school_years import urls as school_years
from kring.web.setting_up import urls as setting_up
from kring.web.signals import urls as signals
from kring.web.signing_in import urls as signing_in
from kring.web.single_sign_on import urls as single_sign_on
from kring.web.sociograms import urls as sociograms
from kring.web.support_needs import urls as support_needs
from kring.web.surveys import urls as surveys
from kring.web.talk_requests import urls as talk_requests
from kring.web.tasks import urls as tasks
from kring.web.timeline import urls as timeline
from kring.web.trainings import urls as trainings
from kring.web.understanding import urls as understanding
from kring.web.year_change import urls as year_change

IN_A_HAT: list[URLPattern | URLResolver] = [
    *home.hat,
    *care_overview.hat,
    *finding.hat,
    *corrections.hat,
    *drafts.hat,
    *tasks.hat,
    *talk_requests.hat,
    *signals.hat,
    *concerns.hat,
    *support_needs.hat,
    *newcomers.hat,
    *reporting_code.hat,
    *absences.hat,
    *people.hat,
    *jobs.hat,
    *instruments.hat,
    *surveys.hat,
    *choice_policies.hat,
    *classroom.hat,
    *class_board.hat,
    *guardians.hat,
    *pupils_with_account.hat,
    *colleagues.hat,
    *teacher_lists.hat,
    *answering.hat,
    *interviews.hat,
    *paper_lists.hat,
    *photos.hat,
    *trials.hat,
    *deepened.hat,
    *sociograms.hat,
    *earlier_plans.hat,
    *next_classes.hat,
    *composition_prints.hat,
    *compositions.hat,
    *group_plans.hat,
    *activity_plans.hat,
    *development_plans.hat,
    *rooms_of_classes.hat,
    *external_results.hat,
    *reports.hat,
    *results.hat,
    *school_results.hat,
    *understanding.hat,
    *growth.hat,
    *attention.hat,
    *behaviour.hat,
    *check_ins.hat,
    *exchange.hat,
    *roster.hat,
    *oversight.hat,
    *safety.hat,
    *arrangements.hat,
    *expert_requests.hat,
    *cases.hat,
    *catalogue.hat,
    *consents.hat,
    *consultations.hat,
    *gatherings.hat,
    *trainings.hat,
    *cards.hat,
    *timeline.hat,
    *authorisation.hat,
    *school_years.hat,
    *setting_up.hat,
    *year_change.hat,
]

urlpatterns: list[URLPattern | URLResolver] = [
    *home.public,
    *answering.public,
    *demo.public,
    *single_sign_on.public,
    path("preferences/", preferences, name="preferences"),
    *signing_in.public,
    *mail.public,
    *people.public,
    *classroom.public,
    *signals.public,
    *seats.public,
    *guardians.public,
    *talking.public,
    *concerns.public,
    *understanding.public,
    *results.public,
    path("as/<uuid:hat>/", include(IN_A_HAT)),
]

handler400 = "kring.web.page.not_understood"
handler404 = "kring.web.page.not_found"
handler500 = "kring.web.page.broken"
