"""Fill in one list with a letter: type its code, or come with its link, and be at that list. Without an account."""

import hmac
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.errors import BrokenRule
from kring.web.answering.guardians import queries, rows
from kring.web.answering.guardians.forms import LetterCodeForm
from kring.web.answering.guardians.opened import LetterRequest, by_letter, forget_letter, keep_letter
from kring.web.answering.one_list import fill_in, nothing_to_fill_in
from kring.web.answering.screen import Frame
from kring.web.guard import public
from kring.web.signing_in.rows import count_within, counted_within

WRONG = _(
    "Deze code werkt niet. Kijk of u hem goed typte. Is de tijd om, is er een nieuwe brief, of typte iemand de code vijf keer verkeerd? "
    "Vraag op school een nieuwe brief."
)
WINDOW = timedelta(minutes=1)
MOST_WRONG = 60
"""From one address in a minute, which spares the server; a letter itself takes five wrong tries."""


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def list_by_letter(request: HttpRequest) -> HttpResponse:
    """The code. Asking for this page also closes the letter that was open in this browser."""
    form = LetterCodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        forget_letter(request)
        return render(request, "answering/letter.html", {"form": form})
    now, address = timezone.now(), _address_key(request)
    if counted_within(address, WINDOW, at=now) >= MOST_WRONG:
        return _slowly(request)
    letter = rows.letter_typed(form.cleaned_data["code"]) if form.is_valid() else None
    if letter is None:
        count_within(address, WINDOW, at=now)
        if not form.errors:
            form.add_error("code", WRONG)
        return render(request, "answering/letter.html", {"form": form})
    keep_letter(request, letter)
    return redirect("letter_answer")


def _slowly(request: HttpRequest) -> HttpResponse:
    answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer


def _address_key(request: HttpRequest) -> str:
    text = f"list letter {get_adapter().get_client_ip(request)}"
    return hmac.digest(f"tries {settings.SECRET_KEY}".encode(), text.encode(errors="replace"), "sha256").hex()


@require_safe
@by_letter
def letter_answer(request: LetterRequest) -> HttpResponse:
    """The list, with the reason why it is asked and who sees the answers first."""
    one, now = request.asked, timezone.now()
    frame = Frame(one.pupil.school, leave=reverse("list_by_letter"), about=one.pupil.given_name, reason=one.reason)
    try:
        queries.refuse_late(one, at=now)
    except BrokenRule as broken:
        return nothing_to_fill_in(request, broken, one.round, frame)
    return fill_in(request, one, frame, at=now)
