"""Open rounds in three steps or on one page: choose, look at whom it asks, open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Role, Verb
from kring.core.calendar import HolidaysMissing
from kring.core.choice_policies import BullyingSwitchedOff, FollowUpGone, NegativesSwitchedOff, OnlyBadDays, SensitiveQuestions
from kring.core.errors import BrokenRule
from kring.core.instruments import Informant
from kring.core.rhythm import BeyondRhythm
from kring.core.rounds import (
    ColleaguesAskedAlready,
    GroupOutsideYear,
    GuardiansOneByOne,
    NobodyToAsk,
    NoColleagueToAsk,
    NotTheWholeSchool,
    RoundsOverlap,
    WhoIsAskedChanged,
    Window,
)
from kring.web.days import iso_day
from kring.web.guard import SchoolRequest, guard
from kring.web.schools.models import Group
from kring.web.surveys.opening import queries
from kring.web.surveys.opening.actions import open_together
from kring.web.surveys.opening.forms import STEPS, RoundForm, filled
from kring.web.surveys.opening.planned import Opening, Planned, is_for_staff
from kring.web.surveys.rhythm.queries import YearRhythm, year_rhythm
from kring.web.wording import sentence

OPENS = frozenset({Role.COORDINATOR})
LOOKED_AT_AGAIN = (WhoIsAskedChanged, NotTheWholeSchool, BeyondRhythm, OnlyBadDays)
SENT_TWICE = (RoundsOverlap, ColleaguesAskedAlready)
MENDED_AT: Mapping[type[BrokenRule], str] = {
    GuardiansOneByOne: "list",
    GroupOutsideYear: "who",
    NobodyToAsk: "who",
    NoColleagueToAsk: "who",
    NegativesSwitchedOff: "list",
    BullyingSwitchedOff: "list",
    FollowUpGone: "list",
}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies on the table while rounds are planned."""

    request: SchoolRequest
    now: datetime
    rhythm: YearRhythm
    groups: Sequence[Group]
    roles: Sequence[tuple[Role, int]]
    sent: QueryDict

    def form(self) -> RoundForm:
        """As it was sent, with what is proposed for the steps that nobody did yet; nothing is wrong before something was sent."""
        data = filled(self.sent, self.proposed())
        fields = [line.instrument for line in self.rhythm.lines]
        offered: dict[str, Any] = {"instruments": fields, "groups": self.groups, "roles": [role for role, _n in self.roles]}
        offered["school"] = self.request.actor.school
        if self.request.method == "POST":
            return RoundForm(data, **offered)
        many = ("instrument", "groups", "roles")
        initial = {name: data.getlist(name) if name in many else data.get(name) for name in data}
        return RoundForm(initial=initial, **offered)

    def proposed(self) -> dict[str, list[str]]:
        """The lists that are due, in the weeks that suit them, of every group of that year and of everybody who works here."""
        window = self.window()
        groups = [str(one.pk) for one in self.groups if one.year.starts_on <= window.opens_on <= one.year.ends_on]
        days = {"opens_on": [iso_day(window.opens_on)], "closes_on": [iso_day(window.closes_on)]}
        return {"instrument": self.lists(), "groups": groups, "roles": [role.value for role, _n in self.roles], **days}

    def lists(self) -> list[str]:
        """What was ticked; as long as nothing could be, what is due."""
        first = self.request.method != "POST" and "instrument" not in self.sent
        return [line.value for line in self.rhythm.usual] if first else self.sent.getlist("instrument")

    def window(self) -> Window:
        chosen = [line.instrument for line in self.rhythm.lines if line.value in self.lists()]
        return self.rhythm.window(chosen, on=timezone.localdate(self.now))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ROUND, Verb.WRITE, roles=OPENS)
def round_new(request: SchoolRequest) -> HttpResponse:
    """One step after the other, back and forth; then the preview, and the same sent once more opens everything or nothing."""
    desk = _desk(request)
    form, step = desk.form(), _step(request)
    if step in STEPS or step == "all":
        wrong = form.first_wrong(before=step) if form.is_bound and step != "all" else ""
        return _page(desk, form, wrong or step)
    if not form.is_valid():
        return _page(desk, form, _back_to(request, form.first_wrong()))
    try:
        planned = form.planned()
        return _open(desk, form, planned) if step == "open" else _look(desk, form, planned)
    except BrokenRule as broken:
        return _page(desk, form, _back_to(request, MENDED_AT.get(type(broken), "when")), broken=broken)


def _open(desk: _Desk, form: RoundForm, planned: Sequence[Planned]) -> HttpResponse:
    """Everything or nothing. What was sent twice is where it already was; what is not as it was looked at is shown once more."""
    request, seen = desk.request, desk.request.POST.get("seen", "")
    try:
        year = queries.year_of(request.actor, planned[0].window)
        return _opened(request, open_together(request.actor, year, planned, seen=seen, at=desk.now))
    except LOOKED_AT_AGAIN as broken:
        return _look(desk, form, planned, broken=broken)
    except SENT_TWICE:
        there = queries.same_rounds(request.actor, planned, seen=seen)
        if not there:
            raise
        return _opened(request, there)


def _desk(request: SchoolRequest) -> _Desk:
    now = timezone.now()
    today = timezone.localdate(now)
    return _Desk(
        request,
        now,
        year_rhythm(request.actor, on=today),
        queries.groups_to_ask(request.actor, on=today),
        queries.roles_there(request.actor.school, at=now),
        request.POST if request.method == "POST" else request.GET,
    )


def _step(request: SchoolRequest) -> str:
    """Which page is asked for. An address that names a list leads to its days, or to the step that it names."""
    if request.method == "POST":
        asked = request.POST.get("step", "")
        return asked if asked in {*STEPS, "all", "open"} else "look"
    if "instrument" in request.GET and request.GET.get("step") in STEPS:
        return request.GET["step"]
    return "all" if "all" in request.GET else "when" if "instrument" in request.GET else "list"


def _back_to(request: SchoolRequest, step: str) -> str:
    """Who did everything on one page, mends it there."""
    return "all" if "quick" in request.POST else step or "when"


def _opened(request: SchoolRequest, made: Sequence[Any]) -> HttpResponse:
    said = ngettext("De afname is geopend.", "%(count)s afnames zijn geopend.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    return redirect("round", request.actor.pk, made[0].pk) if len(made) == 1 else redirect("rounds", request.actor.pk)


def _page(desk: _Desk, form: RoundForm, step: str, *, broken: BrokenRule | None = None) -> HttpResponse:
    """One of the steps, or all on one page; what was filled in elsewhere goes along unseen."""
    actor = desk.request.actor
    shown = {step} if step in STEPS else set(STEPS)
    before = list(STEPS)[: list(STEPS).index(step)] if step in STEPS else []
    done = {*before, *shown, *desk.sent.getlist("done")}
    chosen = form["groups"].value() or []
    lists = [one for one in form.chosen if not is_for_staff(one) and step != "all"]  # on one page others may still be ticked
    page = {
        "form": form,
        "step": step,
        "steps": _steps(step),
        "shown": shown,
        "done": [name for name in STEPS if name in done],
        "carried": [form[field] for name in STEPS if name in done - shown for field in STEPS[name]] + [form["reason"]],
        "lines": _by_informant(desk, form),
        "window": desk.window(),
        "proposes": bool(desk.rhythm.year and not desk.rhythm.holidays_missing),
        "group_lines": queries.group_lines(actor.school, desk.groups, lists, opens_on=desk.window().opens_on, at=desk.now)
        if "who" in shown
        else (),
        "ticked": {str(key) for key in chosen},
        "role_lines": [(role, count, role.value in (form["roles"].value() or [])) for role, count in desk.roles],
        "several_years": len({one.year_id for one in desk.groups}) > 1,
        "refusal": sentence(broken) if broken else "",
        "holidays_missing": isinstance(broken, HolidaysMissing),
        "guardians": isinstance(broken, GuardiansOneByOne),
        "sensitive": isinstance(broken, SensitiveQuestions),
    }
    return render(desk.request, "surveys/round_new.html", page, status=409 if broken else 200)


def _steps(now: str) -> list[dict[str, object]]:
    titles = {"list": _("Welke lijst"), "who": _("Wie"), "when": _("Wanneer"), "look": _("Nakijken en openen")}
    order = list(titles)
    at = order.index(now) if now in order else -1
    return [{"title": title, "is_now": key == now, "is_done": order.index(key) < at} for key, title in titles.items()]


def _by_informant(desk: _Desk, form: RoundForm) -> list[tuple[object, list[dict[str, Any]]]]:
    """The lists under who fills them in; those of guardians are asked elsewhere."""
    ticked = set(form["instrument"].value() or [])
    words = {
        Informant.PUPIL: _("Leerlingen vullen in"),
        Informant.TEACHER: _("Leerkrachten vullen in, over hun leerlingen"),
        Informant.STAFF: _("Collega's vullen in, over de school of een groep"),
    }
    ordered = sorted(desk.rhythm.lines, key=lambda line: (line.due is None, line.instrument.rhythm is None))
    return [
        (said, [{"line": line, "ticked": line.value in ticked} for line in ordered if line.instrument.informant is who])
        for who, said in words.items()
    ]


def _look(desk: _Desk, form: RoundForm, planned: Sequence[Planned], *, broken: BrokenRule | None = None) -> HttpResponse:
    """Everything that would happen, before it does. Raises what stands in the way."""
    actor = desk.request.actor
    opening: Opening = queries.look_ahead(actor.school, queries.year_of(actor, planned[0].window), planned, at=desk.now)
    form.fields["reason"].required = bool(opening.needs)
    page = {
        "form": form,
        "opening": opening,
        "steps": _steps("look"),
        "planned": planned,
        "window": planned[0].window,
        "needs": [sentence(one) for one in opening.needs],
        "hidden": [field for field in form if not (field.name == "reason" and opening.needs)],
        "done": list(STEPS),
        "quick": "quick" in desk.request.POST,
        "refusal": sentence(broken) if broken else "",
    }
    return render(desk.request, "surveys/round_preview.html", page, status=409 if broken else 200)
