"""Routes of signing in and of one's own account. Of allauth only what is named here exists."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from kring.web.signing_in import account_views as own
from kring.web.signing_in import views

public: list[URLPattern] = [
    path("login/", account.login, name="account_login"),
    path("login/passkey/", views.passkey_login, name="mfa_login_webauthn"),
    path("login/second/", mfa.authenticate, name="mfa_authenticate"),
    path("login/inactive/", account.account_inactive, name="account_inactive"),
    path("login/choose/", views.second_step, name="second_step"),
    path("login/onward/", views.onward, name="onward"),
    path("login/again/", views.step_up, name="step_up"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("account/", own.account, name="account"),
    path("account/password/", own.new_password, name="account_change_password"),
    path("account/passkeys/add/", own.add_passkey, name="add_passkey"),
    path("account/app/", own.set_up_app, name="set_up_app"),
    path("account/factors/remove/", own.remove_factor, name="remove_factor"),
    path("account/recovery-codes/", own.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", own.new_recovery_codes, name="new_recovery_codes"),
    path("account/sessions/", own.sessions, name="sessions"),
    path("account/sessions/end/", own.end_session, name="end_session"),
]
