"""The front page, and the first page of each role."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import PARTNERS, STAFF, Record, Role, Verb, rule_of
from kring.core.school_types import SECONDARY
from kring.documents.calendar_file import calendar_file
from kring.web.attention.queries import groups_first
from kring.web.attention.waiting.queries import waiting
from kring.web.cases.queries import cases
from kring.web.check_ins.queries import week_cards
from kring.web.consents import queries as consents
from kring.web.demo.queries import demo_class, people_on_front
from kring.web.drafts.queries import fading
from kring.web.guard import SchoolRequest, guard, hats, public, second_step_first
from kring.web.home import queries
from kring.web.home.installation.queries import installation
from kring.web.home.installation.troubles import troubles
from kring.web.oversight import anchors
from kring.web.oversight.queries import running_alarms, weeks
from kring.web.page import role_label
from kring.web.people.family.queries import turning
from kring.web.people.notices.queries import unseen
from kring.web.plans.development.queries import waiting_for_me as plans_waiting_for
from kring.web.plans.trials.queries import week_lines
from kring.web.setting_up.steps import block_for
from kring.web.signals import queries as signals
from kring.web.single_sign_on.rows import code_of
from kring.web.surveys.family.queries import waiting_for_me
from kring.web.surveys.queries import rounds
from kring.web.tasks import queries as tasks
from kring.web.understanding.voices import queries as own_words
from kring.web.year_change import queries as year_change
from kring.web.year_change.handovers.queries import welcome

Page = tuple[str, dict[str, Any]]


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What Kring is; somebody who is logged in goes to their own first page, if there is one."""
    if not request.user.is_authenticated:
        code, child = demo_class() if settings.DEMO else ("", "")
        return render(request, "home/front.html", {"cast": demo_cast(), "class_code": code, "child": child})
    first = hats(request.user).first()
    if first is None:
        return render(request, "home/without_hat.html", {"code": code_of(request.user)})
    return second_step_first(request) or redirect("home", first.pk)


def demo_cast() -> list[dict[str, object]]:
    """Who one can look along with; nobody outside a demo."""
    return [
        {
            "name": player.given_name,
            "username": player.username,
            "role_label": role_label(player.role),
            "school": player.school,
            "what": player.what,
            "login_url": reverse("demo_login"),
        }
        for player, _who in (people_on_front() if settings.DEMO else [])
    ]


@require_safe
@guard(Record.SCHOOL, Verb.READ)
def home(request: SchoolRequest) -> HttpResponse:
    """The first page of this hat."""
    template, context = PAGES.get(Role(request.actor.role), start)(request)
    fading_drafts = fading(request.actor, at=timezone.now())
    page = {"today": timezone.localdate(), "fading_drafts": fading_drafts, "notices": unseen(request.actor), **_tasks(request), **context}
    page["set_up"] = block_for(request.actor)
    page |= _signals(request)
    return render(request, template, page)


def _signals(request: SchoolRequest) -> dict[str, Any]:
    """How many signals wait for an answer of this hat, and whether it may hand in what it saw."""
    role = Role(request.actor.role)
    waiting = signals.waiting(request.actor, at=timezone.now()) if role in signals.ANSWERERS else None
    return {"signals_waiting": waiting, "hands_in": rule_of(role, Record.SIGNAL, Verb.MEASURE) is not None}


def _tasks(request: SchoolRequest) -> dict[str, Any]:
    """What this hat has to do; nothing for who is not of the staff."""
    if Role(request.actor.role) not in STAFF:
        return {}
    now = timezone.now()
    week = tasks.my_week(request.actor, at=now)
    request.readings.extend(line.task for line in week.lines if line.task.pupil_id)
    return {"week": week, "just_done": tasks.just_done(request.actor, request.GET.get("done", ""), at=now)}


@require_safe
@guard(Record.HOLIDAY, Verb.READ, roles=STAFF)
def school_calendar(request: SchoolRequest) -> HttpResponse:
    """The school year as a file for one's own calendar program."""
    now = timezone.now()
    name = _("Schooljaar %(school)s") % {"school": request.actor.school}
    written = calendar_file(name, queries.days_of_year(request.actor, at=now), made_at=now)
    there = {"Content-Disposition": 'attachment; filename="kring-schooljaar.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=there)


def my_week(request: SchoolRequest) -> Page:
    """Teacher: my groups at a glance, and what came with my new pupils."""
    now = timezone.now()
    weeks, welcomed = queries.group_weeks(request.actor, at=now), welcome(request.actor, at=now)
    request.readings.extend(week.group for week in weeks)
    request.readings.extend(one.row for one in welcomed)
    as_task = tasks.pupils_asked_about(request.actor, "pupil.turning_", at=now)
    soon = [one for one in turning(request.actor, on=timezone.localdate(now), at=now) if one.pupil.pk not in as_task]
    trials = week_lines(request.actor, at=now)
    request.readings.extend(line.plan for line in trials)
    day_cards = week_cards(request.actor, at=now)
    request.readings.extend(line.card for line in day_cards)
    return "home/my_week.html", {
        "weeks": weeks,
        "trials": trials,
        "day_cards": day_cards,
        "welcome": welcomed,
        "turning": soon,
        **_waiting(request),
    }


def care_overview(request: SchoolRequest) -> Page:
    """Coordinator: what runs, and what is left lying."""
    found = consents.overview(request.actor, at=timezone.now())
    return "home/care_overview.html", {
        "overview": queries.care_overview(request.actor, on=timezone.localdate()),
        "consents": found,
        **_waiting(request),
        **_year(request),
    }


def _waiting(request: SchoolRequest) -> dict[str, Any]:
    """What waits in numbers, and the groups in which the class goes before pupils."""
    at = timezone.now()
    return {"tiles": waiting(request.actor, at=at), "class_first": groups_first(request.actor, at=at)}


def school_figures(request: SchoolRequest) -> Page:
    """Leader: how far the rounds are, and no child."""
    lines = rounds(request.actor)
    return "home/school_figures.html", {"lines": lines, "school": queries.school_size(request.actor, at=timezone.now()), **_year(request)}


def _year(request: SchoolRequest) -> dict[str, Any]:
    """The change of the year, when its time has come."""
    return {"year_due": year_change.due(request.actor, at=timezone.now())}


def state_of_installation(request: SchoolRequest) -> Page:  # noqa: ARG001
    """Administrator: whether the machine does well, and nothing of a pupil."""
    state = installation(at=timezone.now())
    return "home/installation.html", {"state": state, "anchors": state.anchors, "troubles": troubles(state)}


def supervision(request: SchoolRequest) -> Page:
    """Privacy officer: what to look at now, and the weeks that wait."""
    at = timezone.now()
    waiting_weeks = weeks(request.actor, on=timezone.localdate(at))
    return "oversight/supervision.html", {
        "weeks": waiting_weeks,
        "alarms": running_alarms(request.actor, at=at),
        "anchors": anchors.state(at=at),
    }


def my_circle(request: SchoolRequest) -> Page:
    """Pupil: my groups and what is asked of me."""
    children = queries.children(request.actor, at=timezone.now())
    request.readings.extend(child.pupil for child in children)
    return "home/my_circle.html", {"children": children, **_family(request)}


def _family(request: SchoolRequest) -> dict[str, Any]:
    new = consents.new_for(request.actor, at=timezone.now())
    lists = waiting_for_me(request.actor, at=timezone.now())
    words, plans = own_words.waiting(request.actor), plans_waiting_for(request.actor)
    waits = {"consents_new": new, "lists_waiting": lists, "words_waiting": words, "plans_waiting": plans}
    return {**waits, "is_secondary": request.actor.school.type in SECONDARY}


def my_children(request: SchoolRequest) -> Page:
    """Guardian: my children, and what waits for me."""
    children = queries.children(request.actor, at=timezone.now())
    request.readings.extend(child.pupil for child in children)
    return "home/my_children.html", {"children": children, **_family(request)}


def my_cases(request: SchoolRequest) -> Page:
    """Somebody from outside: the cases that one was asked to, and nothing else of the school."""
    at = timezone.now()
    found = cases(request.actor, at=at)
    request.readings.extend(found)
    return "home/my_cases.html", {"cases": found, "now": at}


def start(request: SchoolRequest) -> Page:  # noqa: ARG001
    """Every other role: where one can go from here."""
    return "home/start.html", {}


PAGES: Mapping[Role, Callable[[SchoolRequest], Page]] = {
    Role.TEACHER: my_week,
    Role.MENTOR: my_week,
    Role.COORDINATOR: care_overview,
    Role.LEADER: school_figures,
    Role.ADMINISTRATOR: state_of_installation,
    Role.PRIVACY_OFFICER: supervision,
    Role.PUPIL: my_circle,
    Role.GUARDIAN: my_children,
    **dict.fromkeys(PARTNERS, my_cases),
}
