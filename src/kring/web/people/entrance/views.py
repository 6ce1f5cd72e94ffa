"""Come in with a letter: type the code, choose a user name and a password, and be in. For whoever holds the paper, logged in or not."""

import hmac
from datetime import timedelta
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kring.web.accounts.models import PaperCode
from kring.web.guard import public
from kring.web.people.entrance.forms import CodeForm, WayInForm
from kring.web.people.entrance.rows import come_in
from kring.web.people.rows import code_kept, code_typed
from kring.web.signing_in.entering import enter
from kring.web.signing_in.rows import count_within, counted_within

KEPT = "paper_code"
WRONG = _("Deze code werkt niet. Kijk of u hem goed typte. Is de brief al gebruikt of ouder dan twee weken? Vraag op school een nieuwe.")
WINDOW = timedelta(minutes=1)
MOST_WRONG = 60
"""From one address in a minute; a code has 99 bits, so this spares the server and locks nobody's code."""


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """The code. Wrong, used, withdrawn and too old are one and the same answer."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "people/invitation.html", {"form": form})
    now, address = timezone.now(), _address_key(request)
    if counted_within(address, WINDOW, at=now) >= MOST_WRONG:
        return _slowly(request)
    code = code_typed(form.cleaned_data["code"], at=now) if form.is_valid() else None
    if code is None:
        count_within(address, WINDOW, at=now)
        if not form.errors:
            form.add_error("code", WRONG)
        return render(request, "people/invitation.html", {"form": form})
    request.session.cycle_key()
    request.session[KEPT] = str(code.pk)
    return redirect("invitation_account")


def _slowly(request: HttpRequest) -> HttpResponse:
    answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer


def _address_key(request: HttpRequest) -> str:
    text = f"paper {get_adapter().get_client_ip(request)}"
    return hmac.digest(f"tries {settings.SECRET_KEY}".encode(), text.encode(errors="replace"), "sha256").hex()


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_account(request: HttpRequest) -> HttpResponse:
    """Choose how to log in from now on; then the code is used up, and what was there before is gone."""
    code = _kept(request)
    if code is None:
        request.session.pop(KEPT, None)
        return redirect("invitation")
    form = WayInForm(request.POST if request.method == "POST" else None, person=code.person)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/invitation_account.html", {"form": form, "person": code.person})
    given = form.cleaned_data
    if not come_in(code, given["username"], given["password"], request=request, at=timezone.now()):
        return redirect("invitation")
    request.session.pop(KEPT, None)
    enter(request, code.person, method="password")
    return redirect("front")


def _kept(request: HttpRequest) -> PaperCode | None:
    """The code that was typed in this browser a moment ago, if it still works."""
    key = request.session.get(KEPT)
    return code_kept(UUID(key), at=timezone.now()) if key else None
