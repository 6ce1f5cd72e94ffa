"""“Mijn account”: password, second factors, recovery codes and sessions of whoever is logged in, and of nobody else."""

from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal import flows as totp
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.mail import gets_mail
from kring.web.accounts.sessions import recently_proved
from kring.web.guard import PersonalRequest, hats, personal, second_factor_needed, sent_on
from kring.web.signing_in import rows
from kring.web.signing_in.changes import changed, factor_added, factor_removed
from kring.web.signing_in.devices import device_words
from kring.web.signing_in.forms import AppSetUp, NewPasskey
from kring.web.signing_in.going import ONWARD
from kring.web.trace import record_sign_in
from kring.web.wording import sentence


@personal
@require_safe
def account(request: PersonalRequest) -> HttpResponse:
    """Everything about coming in, on one page."""
    factors = rows.factors_of(request.user)
    shown = {
        "passkeys": [factor for factor in factors if factor.type == "webauthn"],
        "app": next((factor for factor in factors if factor.type == "totp"), None),
        "codes_left": rows.recovery_codes_left(request.user),
        "sessions": len(rows.sessions_of(request.user)),
        "needed": second_factor_needed(request.user),
        "gets_mail": gets_mail(Role(hat.role) for hat in hats(request.user)),
    }
    return render(request, "account/account.html", shown)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Set up a passkey on this device or key."""

    form_class = NewPasskey
    template_name = "account/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The key is kept on the device itself, so that a next time no name is asked."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, "options": webauthn.begin_registration(self.request.user, passwordless=True)}

    def form_valid(self, form: Form) -> HttpResponse:
        given = form.cleaned_data
        added, codes = passkeys.add_authenticator(self.request, name=given["name"], credential=given["credential"])
        factor_added(self.request, added)
        return redirect("mfa_view_recovery_codes" if codes else "account")


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app."""

    form_class = AppSetUp
    template_name = "account/app_set_up.html"

    def dispatch(self, request: PersonalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One app per person: who wants another removes the first."""
        if any(factor.type == "totp" for factor in rows.factors_of(request.user)):
            return redirect("account")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Form) -> HttpResponse:
        added, codes = totp.activate_totp(self.request, form)
        rows.use_up_first_code(self.request.user, form.cleaned_data["code"])
        factor_added(self.request, added)
        return redirect("mfa_view_recovery_codes" if codes else "account")


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def remove_factor(request: PersonalRequest) -> HttpResponse:
    """Ask once more, and remove it."""
    factor = rows.factor_of(request.user, request.GET.get("factor", ""))
    if factor is None:
        raise Http404
    if not recently_proved(request):
        return sent_on(request, "step_up")
    refused = ""
    if request.method == "POST":
        try:
            factor_removed(request, factor)
        except BrokenRule as broken:
            refused = sentence(broken)
        else:
            messages.success(request, _("De tweede stap is weggehaald."))
            return redirect("account")
    return render(request, "account/factor_remove.html", {"factor": factor, "refused": refused}, status=409 if refused else 200)


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes, shown once, to print."""

    template_name = "account/recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, "goes_on": ONWARD in self.request.session}


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New codes; the old ones are dead."""

    template_name = "account/recovery_codes_new.html"

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        changed(self.request, "recovery_codes.renewed")
        return answer


class NewPasswordPage(PasswordChangeView):  # type: ignore[misc]
    """Another password. Who comes in without one has nothing to change."""

    def dispatch(self, request: PersonalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():
            return redirect("account")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        changed(self.request, "password.changed")
        return answer


add_passkey = personal(AddPasskey.as_view())
set_up_app = personal(SetUpApp.as_view())
recovery_codes = personal(RecoveryCodes.as_view())
new_recovery_codes = personal(NewRecoveryCodes.as_view())
new_password = personal(NewPasswordPage.as_view())


@personal
@require_safe
def sessions(request: PersonalRequest) -> HttpResponse:
    """Where I am signed in."""
    lines = [(session, device_words(session.user_agent)) for session in rows.sessions_of(request.user)]
    return render(request, "account/sessions.html", {"lines": lines})


@personal
@require_POST
def end_session(request: PersonalRequest) -> HttpResponse:
    """Close one of my other sessions, or all of them; this one is closed by signing out."""
    which = request.POST.get("session", "")
    if not rows.end_sessions(request.user, but=request.session.session_key, only=None if which == "others" else which):
        raise Http404
    record_sign_in(request.user, "session.ended", request=request)
    messages.success(request, _("Uitgelogd. Op dat apparaat moet u opnieuw inloggen."))
    return redirect("sessions")
