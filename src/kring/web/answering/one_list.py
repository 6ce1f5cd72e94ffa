"""One list for one person: the screen to fill it in, or the page that says why there is nothing to fill in (any more)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kring.core.errors import BrokenRule
from kring.core.instruments import Informant
from kring.core.signing_in import SESSION_LASTS
from kring.web.answering.pages import AnswerPage, asked
from kring.web.answering.screen import Frame, show_list
from kring.web.surveys.models import GuardianInvitation, Invitation, Round, StaffInvitation
from kring.web.wording import sentence

TO_A_PUPIL: Mapping[str, Promise] = {
    "HandedInAlready": _("Je hebt deze lijst al ingeleverd. Je hoeft niets meer te doen."),
    "ListWithdrawn": _("Deze lijst hoeft niet meer. Je hoeft niets te doen."),
    "RoundAlreadyClosed": _("Deze lijst is al dicht. Je kunt niets meer invullen."),
    "RoundNotOpenYet": _("Deze lijst gaat nog open. Kijk later nog een keer."),
    "BadMoment": _("Deze lijst kan nu even niet. Morgen is er geen school, en dan kun je er met niemand over praten. Later kan het wel."),
    **dict.fromkeys(
        ("NegativesSwitchedOff", "BullyingSwitchedOff", "GuardiansToldTooLate", "FollowUpGone"),
        _("Deze lijst hoeft nu niet. Je juf, meester of mentor weet waarom."),
    ),
}


def fill_in(request: HttpRequest, one: Invitation | GuardianInvitation | StaffInvitation, frame: Frame, *, at: datetime) -> HttpResponse:
    """From where somebody stopped; in the language that was chosen on it, or else that of the page, where there is one."""
    language = request.GET.get("language", "")[:5] or get_language() or ""
    try:
        page = asked(one, at=at, until=at + SESSION_LASTS, language=language)
    except BrokenRule as broken:
        return nothing_to_fill_in(request, broken, one.round, frame)
    return show_list(request, _without_names(page) if isinstance(one, StaffInvitation) else page, frame)


def _without_names(page: AnswerPage) -> AnswerPage:
    """Of colleagues nothing is kept with a name, whatever the list itself asks."""
    return replace(page, list=replace(page.list, anonymous=True))


def nothing_to_fill_in(request: HttpRequest, broken: BrokenRule, round: Round, frame: Frame) -> HttpResponse:
    """Why not, in one sentence, and where to go on."""
    own = TO_A_PUPIL.get(type(broken).__name__) if round.offered.informant is Informant.PUPIL else None
    page = {"title": round.offered.title, "refusal": own or sentence(broken), "frame": frame}
    return render(request, "answering/nothing_to_fill_in.html", page, status=409)
