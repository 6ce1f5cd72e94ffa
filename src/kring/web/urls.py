"""All routes: public ones, those of logging in, and everything of a school under a hat."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from kring.web.authorisation import urls as authorisation
from kring.web.demo import urls as demo
from kring.web.exchange import urls as exchange
from kring.web.home import urls as home
from kring.web.jobs import urls as jobs
from kring.web.preferences import preferences
from kring.web.reports import urls as reports
from kring.web.single_sign_on import urls as single_sign_on
from kring.web.sociograms import urls as sociograms
from kring.web.surveys import urls as surveys

IN_A_HAT: list[URLPattern | URLResolver] = [
    *home.hat,
    *jobs.hat,
    *surveys.hat,
    *sociograms.hat,
    *reports.hat,
    *exchange.hat,
    *authorisation.hat,
]

urlpatterns: list[URLPattern | URLResolver] = [
    *home.public,
    *demo.public,
    *single_sign_on.public,
    path("preferences/", preferences, name="preferences"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("login/inactive/", account.account_inactive, name="account_inactive"),
    path("login/again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("as/<uuid:hat>/", include(IN_A_HAT)),
]

handler400 = "kring.web.page.not_understood"
handler404 = "kring.web.page.not_found"
handler500 = "kring.web.page.broken"
