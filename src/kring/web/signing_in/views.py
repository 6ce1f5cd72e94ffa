"""Coming in, proving it once more, and going out."""

from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.web.accounts.models import Person
from kring.web.accounts.sessions import second_factor_given
from kring.web.guard import PersonalRequest, personal, public, second_factor_needed
from kring.web.signing_in import going
from kring.web.signing_in.forms import PasskeyAtDoor, StepUpCode, StepUpPasskey
from kring.web.signing_in.rows import factors_of, new_key
from kring.web.trace import record_sign_in

PASSKEY, APP = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP
Forms = dict[str, Form]


class PasskeyLogin(LoginWebAuthnView):  # type: ignore[misc]
    """One touch: who it is and both factors."""

    form_class = PasskeyAtDoor

    def form_invalid(self, form: Form) -> HttpResponse:
        """Back to the door, and to the page that was asked for after it."""
        super().form_invalid(form)
        onward = going.safe(self.request, self.request.POST.get("next", ""))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")


passkey_login = public(PasskeyLogin.as_view())


@personal
@require_safe
def second_step(request: PersonalRequest) -> HttpResponse:
    """Choose a second factor, before anything of a school is shown; or show the one there is."""
    onward = going.safe_next(request)
    if second_factor_given(request):
        return redirect(onward)
    if factors_of(request.user):
        return redirect(f"{reverse('step_up')}?{urlencode({'next': onward})}")
    going.remember(request, onward)
    return render(request, "account/second_step.html", {"needed": second_factor_needed(request.user)})


@personal
@require_safe
def onward(request: PersonalRequest) -> HttpResponse:
    """After setting up, to where somebody was going."""
    return redirect(going.remembered(request))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: PersonalRequest) -> HttpResponse:
    """Show a factor once more before an important step, and go on with the form that was stopped."""
    forms = _ways_to_prove(request, request.user)
    if not forms:
        return redirect(f"{reverse('second_step')}?{urlencode({'next': going.safe_next(request)})}")
    sent = next((form for form in forms.values() if form.is_bound), None)
    if sent and sent.is_valid():
        _proved(request, sent)
        return going.go_on(request, going.safe_next(request))
    return render(request, "account/step_up.html", {"forms": forms, **_to_carry(request), **_passkey_options(request.user, forms)})


def _ways_to_prove(request: PersonalRequest, person: Person) -> Forms:
    """What this person has; a password only when there is nothing better and that will do."""
    kinds = {factor.type for factor in factors_of(person)}
    forms: Forms = {}
    if PASSKEY in kinds:
        forms["passkey"] = _form(StepUpPasskey, request, "credential")
    if kinds:
        forms["code"] = _form(StepUpCode, request, "code")
    elif person.has_usable_password() and (second_factor_given(request) or not second_factor_needed(person)):
        forms["password"] = _form(ReauthenticateForm, request, "password")
    return forms


def _form(kind: Any, request: PersonalRequest, field: str) -> Form:
    data = request.POST if f"{going.OWN}{field}" in request.POST else None
    form: Form = kind(user=request.user, data=data, prefix=going.OWN.removesuffix("-"))
    return form


def _proved(request: PersonalRequest, form: Form) -> None:
    """Write it down in the session, which gets a new key."""
    if isinstance(form, ReauthenticateForm):
        record_authentication(request, request.user, "password", reauthenticated=True)
    else:
        shown = form.cleaned_data["credential"] if isinstance(form, StepUpPasskey) else form.authenticator  # type: ignore[attr-defined]
        post_authentication(request, shown, reauthenticated=True)
    new_key(request)
    record_sign_in(request.user, "login.proved_again", request=request)


def _to_carry(request: HttpRequest) -> dict[str, object]:
    return {"carried": going.carried(request), "again": request.method == "POST" and _was_stopped(request), "files": bool(request.FILES)}


def _was_stopped(request: HttpRequest) -> bool:
    """A form came along, now or one try ago; it is more than what this page itself asks."""
    own = {f"{going.OWN}{field}" for field in ("code", "credential", "password")}
    return f"{going.OWN}again" in request.POST or not own & set(request.POST)


def _passkey_options(person: Person, forms: Forms) -> dict[str, object]:
    return {"options": webauthn.begin_authentication(person)} if "passkey" in forms else {}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, and wipe the pages that the browser kept."""
    if request.method != "POST":
        return render(request, "account/logout.html") if request.user.is_authenticated else redirect("front")
    if isinstance(request.user, Person):
        record_sign_in(request.user, "login.ended", request=request)
    logout(request, show_message=False)
    messages.success(request, _("U bent uitgelogd."))
    response = redirect("front")
    # Not "cookies": a browser clears those of the whole registered domain, and would log somebody out of every system of the school.
    # Not "storage": answers may wait there that were not sent yet. The session is dead on the server, whatever a browser keeps.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
