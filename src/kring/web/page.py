"""What every page shares: who asks, in which hats, where one can go; and the pages of refusal."""

import sys
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kring.core.access import FAMILY, PARTNERS, STAFF, Record, Role, Verb, roles_that, rule_of
from kring.core.idleness import longest_away, warned_before
from kring.core.school_types import SECONDARY
from kring.library.help import article_of
from kring.web.access import may
from kring.web.access_words import ROLES
from kring.web.guard import hats_of, shut
from kring.web.logs import request_number
from kring.web.models import BreakGlass
from kring.web.preferences import preferences_of
from kring.web.schools.models import Membership, live
from kring.web.writer import is_full


def role_label(role: str) -> str:
    """The role in the words of most schools."""
    return str(ROLES[Role(role)])


def hat_label(hat: Membership) -> str:
    """The role in the words of the type of this school."""
    coordinates = Role(hat.role) is Role.COORDINATOR and hat.school.type in SECONDARY
    return _("ondersteuningscoördinator") if coordinates else role_label(hat.role)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What the base template reads; a page outside any hat has no actor."""
    actor: Membership | None = None if hasattr(request, "seat") else getattr(request, "actor", None)  # a tablet of the class has no menu
    mine = hats_of(request)
    return {
        "demo": settings.DEMO,
        "sign_on_providers": settings.SSO,
        "preferences": preferences_of(request),
        "actor": actor,
        "actor_role": hat_label(actor) if actor else "",
        "hats": [_hat_link(hat, actor) for hat in mine],
        "away": _away(mine),
        **_nav(request, actor),
        "glass_live": _live_glass(actor) if actor else None,
        "help_here": article_of(request.resolver_match.url_name or "") if request.resolver_match else "",
        "help_hat": mine[0] if mine and request.resolver_match and "hat" not in request.resolver_match.kwargs else None,
    }


def _away(mine: Iterable[Membership]) -> dict[str, int]:
    """In seconds: how long one may do nothing, and how long before the end the page says so."""
    longest = longest_away([Role(hat.role) for hat in mine], shorter=settings.IDLE)
    return {"seconds": int(longest.total_seconds()), "warn": int(warned_before(longest).total_seconds())}


def _live_glass(actor: Membership) -> BreakGlass | None:
    """Emergency access that this hat took and that is not over: said on every page."""
    if not rule_of(Role(actor.role), Record.BREAK_GLASS, Verb.RUN):
        return None
    now = timezone.now()
    return may(actor, BreakGlass, Verb.RUN, at=now).filter(live(now)).first()


def _hat_link(hat: Membership, actor: Membership | None) -> dict[str, Any]:
    return {"url": reverse("home", args=[hat.pk]), "label": f"{hat_label(hat)}, {hat.school.name}", "current": hat == actor}


NAV = (
    # route, word, record that one must be allowed to read, roles
    ("home", gettext_noop("Begin"), Record.SCHOOL, frozenset(Role)),
    ("my_talks", gettext_noop("Ik wil praten"), Record.TALK_REQUEST, frozenset({Role.PUPIL})),
    ("tasks", gettext_noop("Taken"), Record.TASK, STAFF),
    ("gatherings", gettext_noop("Gesprekken"), Record.GATHERING, STAFF),
    ("my_reports", gettext_noop("Gesprekken"), Record.TALK_REPORT, FAMILY),
    ("signals", gettext_noop("Signalen"), Record.SIGNAL, roles_that(Record.SIGNAL_ANSWER, Verb.READ) - {Role.LEADER}),
    ("signal_hand_in", gettext_noop("Iets doorgeven"), Record.SIGNAL, frozenset({Role.EMPLOYEE})),
    ("signals_shown", gettext_noop("Wat school zag"), Record.SIGNAL, frozenset({Role.GUARDIAN})),
    ("attention", gettext_noop("Aandachtslijst"), Record.PUPIL_ATTENTION, roles_that(Record.PUPIL_ATTENTION, Verb.READ)),
    (
        "care_overview",
        gettext_noop("Zorgoverzicht"),
        Record.PUPIL_ATTENTION,
        frozenset({Role.TEACHER, Role.MENTOR, Role.COORDINATOR}),
    ),
    ("groups", gettext_noop("Groepen"), Record.GROUP, frozenset(Role) - FAMILY),
    ("safety_cards", gettext_noop("Veiligheid"), Record.SAFETY_CARD, frozenset(Role) - FAMILY - {Role.EMPLOYEE}),
    ("cases", gettext_noop("Casussen"), Record.CASE, frozenset(Role)),
    (
        "expert_requests",
        gettext_noop("Hulp van buiten"),
        Record.EXPERT_REQUEST,
        PARTNERS | {Role.COORDINATOR, Role.BEHAVIOUR_SPECIALIST, Role.REMEDIAL_TEACHER},
    ),
    ("my_help", gettext_noop("Hulp van buiten"), Record.EXPERT_REQUEST, FAMILY),
    ("arrangements", gettext_noop("Arrangementen"), Record.ARRANGEMENT, frozenset({Role.LEADER})),
    (
        "support_offers",
        gettext_noop("Waar wij goed in zijn"),
        Record.SUPPORT_OFFER,
        roles_that(Record.SUPPORT_OFFER, Verb.READ) - {Role.COORDINATOR, Role.BEHAVIOUR_SPECIALIST},
    ),
    ("shares", gettext_noop("Gedeeld"), Record.SHARE, FAMILY),
    (
        "consents",
        gettext_noop("Toestemming"),
        Record.CONSENT_REQUEST,
        frozenset({Role.COORDINATOR, Role.LEADER, Role.BEHAVIOUR_SPECIALIST}),
    ),
    ("consents_asked", gettext_noop("Toestemming"), Record.CONSENT_REQUEST, FAMILY),
    ("consents_given", gettext_noop("Toestemming"), Record.CONSENT_REQUEST, PARTNERS),
    ("trainings", gettext_noop("Trainingen"), Record.TRAINING, roles_that(Record.TRAINING, Verb.READ)),
    ("suspicions", gettext_noop("Meldcode"), Record.REPORTING_CODE_FILE, roles_that(Record.REPORTING_CODE_FILE, Verb.READ)),
    ("support_needs", gettext_noop("Wat heb ik nodig?"), Record.SUPPORT_NEED, roles_that(Record.SUPPORT_NEED, Verb.WRITE)),
    ("consultations", gettext_noop("Consult"), Record.CONSULTATION, frozenset(Role)),
    ("glasses", gettext_noop("Noodtoegang"), Record.BREAK_GLASS, frozenset(Role)),
    ("rounds", gettext_noop("Afnames"), Record.ROUND, frozenset(Role)),
    ("school_results", gettext_noop("Schoolcijfers"), Record.SNAPSHOT, roles_that(Record.SNAPSHOT, Verb.READ)),
    ("instruments", gettext_noop("Vragenlijsten"), Record.OWN_INSTRUMENT, STAFF),
    ("handovers", gettext_noop("Overdracht"), Record.HANDOVER, frozenset({Role.TEACHER, Role.MENTOR, Role.COORDINATOR})),
    ("handovers_asked", gettext_noop("Overdracht"), Record.HANDOVER, FAMILY),
    ("year_changes", gettext_noop("Nieuw schooljaar"), Record.YEAR_CHANGE, frozenset({Role.COORDINATOR, Role.LEADER})),
    ("people", gettext_noop("Mensen"), Record.MEMBERSHIP, roles_that(Record.MEMBERSHIP, Verb.READ)),
    ("setting_up", gettext_noop("Inrichten"), Record.SCHOOL, frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR})),
    ("school_years", gettext_noop("Schooljaar"), Record.SCHOOL_YEAR, roles_that(Record.SCHOOL_YEAR, Verb.READ)),
    ("my_lists", gettext_noop("Vragenlijsten"), Record.OBJECTION, FAMILY),
    ("my_results", gettext_noop("Uitslagen"), Record.SCALE_PROFILE, FAMILY),
    ("my_voices", gettext_noop("In eigen woorden"), Record.VOICE, FAMILY),
    ("my_photos", gettext_noop("Foto"), Record.PHOTO, FAMILY),
    ("reading_along", gettext_noop("Meelezen"), Record.GUARDIAN_ACCESS, frozenset({Role.PUPIL})),
    ("my_contact", gettext_noop("Mijn gegevens"), Record.CONTACT, frozenset({Role.GUARDIAN})),
    ("jobs", gettext_noop("Rapporten"), Record.JOB, roles_that(Record.GROUP, Verb.MEASURE)),
    ("reviews", gettext_noop("Weeklijsten"), Record.REVIEW, frozenset({Role.PRIVACY_OFFICER})),
    ("log", gettext_noop("Logboek"), Record.ENTRY, frozenset({Role.PRIVACY_OFFICER})),
)


NOW_AND_THEN = frozenset(
    {
        "my_photos",
        *("gatherings", "care_overview"),
        *("suspicions", "support_needs", "trainings"),
        "my_voices",
        *("expert_requests", "my_help", "arrangements", "support_offers"),
        *("school_results", "instruments", "consultations", "glasses", "handovers", "year_changes", "people", "setting_up", "school_years"),
    }
)
"""What is not needed every week stands under “Meer”, where a menu would otherwise not fit on one line."""
ON_ONE_LINE = 9


def _nav(request: HttpRequest, actor: Membership | None) -> dict[str, list[dict[str, Any]]]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    role = Role(actor.role) if actor else None
    links = [
        {"route": route, "url": reverse(route, args=[actor.pk]), "label": _(word), "current": route == here}
        for route, word, record, roles in NAV
        if actor and role and role in roles and rule_of(role, record, Verb.READ)
    ]
    folded = NOW_AND_THEN if len(links) > ON_ONE_LINE else frozenset()
    return {"nav": [one for one in links if one["route"] not in folded], "nav_more": [one for one in links if one["route"] in folded]}


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form was older than the login, or came from elsewhere. What came from our own page is kept (drafts.presence)."""
    request.form_is_old = True  # type: ignore[attr-defined]
    return render(request, "403_csrf.html", status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came in was no form of ours, or far too much of it."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """The last page. A database that is away may come back, and one that is full takes nothing: both say so (guard.shut)."""
    broke = sys.exc_info()[1]
    if isinstance(broke, OperationalError | InterfaceError) or is_full(broke):
        return shut(request, broke)
    return HttpResponse(get_template("500.html").render({"request_number": request_number()}), status=500)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponseBase:
    """One and the same page for what is foreign and what is absent; it may offer another hat of my own."""
    match = request.resolver_match
    others = [_here_in(hat, match) for hat in getattr(exception, "other_hats", ())] if match else []
    return render(request, "404.html", {"other_hats": others}, status=404)


def _here_in(hat: Membership, match: ResolverMatch) -> dict[str, str]:
    """This very page in another hat."""
    url = reverse(match.view_name, kwargs={**match.kwargs, "hat": hat.pk})
    return {"url": url, "label": f"{hat_label(hat)}, {hat.school.name}"}
