"""What waits, runs or is to come, of features that are older than this overview; a newer one says it itself (`due_lines`)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Min, Model, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.development_plans import ADOPTED_WITHIN
from kring.core.plans import Kind, Stage, State
from kring.core.school_types import SPECIAL, SchoolType
from kring.core.signals import Answered, Urgency, age, urgency, waits_since
from kring.web.absences.models import AbsencePrompt
from kring.web.access import may
from kring.web.due import Due
from kring.web.gatherings.models import Gathering
from kring.web.newcomers.models import NewcomerWatch
from kring.web.plans.models import Plan
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Membership, Pupil, live
from kring.web.signals.models import Signal
from kring.web.signals.queries import READERS, still_open, with_last
from kring.web.signals.queries import Line as SignalLine
from kring.web.talk_requests.models import TalkRequest

PAGES = {Kind.GROUP: "group_plan", Kind.ACTIVITY: "activity_plan", Kind.TRIAL: "trial", Kind.DEEPENED: "deepened"}
"""Where a plan is read; a plan of extra support tells its own days."""
COMING = timedelta(days=28)
Rows = TypeVar("Rows", bound=Model)


def of(rows: "QuerySet[Rows]", pupil: Pupil | None) -> "QuerySet[Rows]":
    """Of this pupil alone, when asked."""
    return rows.filter(pupil=pupil) if pupil else rows


def open_signals(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """What nobody answered yet, or what was watched until a day that has come."""
    if Role(actor.role) not in READERS:
        return
    on, calendar = timezone.localdate(at), calendar_of(actor.school)
    asked = of(may(actor, Signal, Verb.READ, at=at), pupil)
    rows = with_last(actor, asked, at=at).filter(still_open(on)).order_by("made_at", "pk")
    for key, child, group, about, serious, made, kind, until in rows.values_list(
        *("pk", "pupil_id", "group_id", "about", "is_serious", "made_at", "last_kind", "last_until")
    ):
        since = waits_since(timezone.localdate(made), Answered(kind) if kind else None, until)
        yield _signal(actor, key, child, group, about, since, age(calendar, since, on=on), is_serious=serious)


def of_signals(actor: Membership, read: Iterable[SignalLine]) -> Iterator[Due]:
    """The same of lines that were read for a page."""
    for one in read:
        if one.is_open:
            row, since = one.row, waits_since(timezone.localdate(one.row.made_at), one.last, one.until_on)
            yield _signal(actor, row.pk, row.pupil_id, row.group_id, row.about, since, one.days, is_serious=row.is_serious)


def _signal(
    actor: Membership, key: UUID, child: UUID | None, group: UUID | None, about: str, since: date, days: int, *, is_serious: bool
) -> Due:
    state = ngettext("wacht %(n)d schooldag", "wacht %(n)d schooldagen", days) % {"n": days} if days else _("nieuw")
    what = _("Signaal, mogelijk voor de meldcode") if is_serious else _("Signaal zonder antwoord")
    late = urgency(days) is not Urgency.NEW
    return Due(what, reverse_lazy("signal", args=[actor.pk, key]), since, late, child, group, about, state)


def plans(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """What is being made and what runs, by stage, with the day on which people decide about it."""
    on = timezone.localdate(at)
    rows = of(may(actor, Plan, Verb.READ, at=at), pupil).filter(kind__in=PAGES).exclude(state=State.EVALUATED)
    for key, kind, state, stage, title, ends, child, group in rows.order_by("ends_on", "pk").values_list(
        *("pk", "kind", "state", "stage", "title", "ends_on", "pupil_id", "group_id")
    ):
        runs, over = state == State.RUNNING, ends is not None and ends <= on
        where = f"{Plan.Stage(Stage(stage)).label}, {Plan.State(state).label}"
        said = _("%(stage)s; tijd om te evalueren") % {"stage": where} if runs and over else where
        address = reverse_lazy(PAGES[Kind(kind)], args=[actor.pk, key])
        yield Due(capfirst(title), address, ends, runs and ends is not None and ends < on, child, group, "", said)


def talks(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """What is planned in the next weeks, and what was and lacks a report; a review of a group among them."""
    rows = of(may(actor, Gathering, Verb.READ, at=at), pupil).filter(held_at=None, called_off_at=None, planned_at__lte=at + COMING)
    for key, kind, planned, child, group in rows.order_by("planned_at", "pk").values_list(
        *("pk", "kind", "planned_at", "pupil_id", "group_id")
    ):
        route = "review" if kind == Gathering.Kind.GROUP_REVIEW else "gathering"
        over = planned < at
        state = _("nog geen verslag") if over else _("komt eraan")
        what = str(capfirst(Gathering.Kind(kind).label))
        yield Due(what, reverse(route, args=[actor.pk, key]), timezone.localdate(planned), over, child, group, "", state)


def wishes(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """Who asked this very person for a talk; nobody else reads that."""
    on = timezone.localdate(at)
    rows = of(may(actor, TalkRequest, Verb.READ, at=at), pupil).filter(answered_at=None, receiver=actor)
    for key, child, day in rows.order_by("answer_by_on", "pk").values_list("pk", "pupil_id", "answer_by_on"):
        yield Due(_("Wil met u praten"), reverse("talk_request", args=[actor.pk, key]), day, day < on, child, None, "", _("wacht op u"))


def newcomers(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """Who is still followed in the first weeks, until the talk."""
    on = timezone.localdate(at)
    rows = of(may(actor, NewcomerWatch, Verb.READ, at=at), pupil).filter(ended_at=None)
    for key, child, group, talk_by, held in rows.order_by("talk_by_on", "pk").values_list(
        *("pk", "pupil_id", "group_id", "talk_by_on", "talk_held_on")
    ):
        state = _("het gesprek is geweest") if held else _("gesprek over de eerste weken")
        late = held is None and talk_by < on
        yield Due(_("Nieuw in de groep"), reverse("newcomer", args=[actor.pk, key]), talk_by, late, child, group, "", state)


def absences(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """What somebody must look up in the register of absence."""
    on = timezone.localdate(at)
    rows = of(may(actor, AbsencePrompt, Verb.READ, at=at), pupil).filter(settled_at=None)
    for key, child, day in rows.order_by("look_by_on", "pk").values_list("pk", "pupil_id", "look_by_on"):
        what = _("Verzuim om na te kijken")
        yield Due(what, reverse("absence_prompt", args=[actor.pk, key]), day, day < on, child, None, "", _("kijk in het register"))


def without_support_plan(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """In special education everybody has one, six weeks after coming; elsewhere nobody is asked. For who may begin one."""
    may_begin = rule_of(Role(actor.role), Record.PLAN_DRAFT, Verb.WRITE) is not None
    if SchoolType(actor.school.type) not in SPECIAL or not may_begin:
        return
    on = timezone.localdate(at)
    have = may(actor, Plan, Verb.READ, at=at).filter(kind=Kind.DEVELOPMENT).exclude(state=State.EVALUATED)
    sits = of(may(actor, Enrolment, Verb.READ, at=at).filter(live(at)).exclude(pupil__in=have.values("pupil")), pupil)
    for key, came in sits.order_by("pupil_id").values_list("pupil_id").annotate(came=Min("pupil__enrolments__from_at")):
        day = timezone.localdate(came) + ADOPTED_WITHIN
        address = reverse("development_plan_new", args=[actor.pk, key])
        yield Due(_("Ontwikkelingsperspectief maken"), address, day, day < on, key, None, "", _("nog niet begonnen"))
