"""Signals that one may read: how long they wait, their last answer, and what was seen how often."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise

from kring.core.access import FAMILY, PARTNERS, Record, Role, Verb, roles_that
from kring.core.calendar import Calendar
from kring.core.signals import Answered, Urgency, age, is_answered, urgency, waits_since
from kring.core.signs import SIGNS
from kring.web.access import may, may_do_too
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.schools.naming import group_label
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.signals.words import SIGN_WORDS

READERS = roles_that(Record.SIGNAL, Verb.READ) - FAMILY - PARTNERS - {Role.EMPLOYEE}
ANSWERERS = roles_that(Record.SIGNAL_ANSWER, Verb.WRITE)
ORDERS = {
    "age": ("made_at", "pk"),
    "worry": ("-worry", "made_at", "pk"),
    "name": ("pupil__sort_name", "group__name", "made_at", "pk"),
    "newest": ("-seen_at", "pk"),
}
SHOWN = ("open", "answered", "all")
MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A signal in a list."""

    row: Signal
    whom: str
    last: Answered | None
    until_on: date | None
    is_open: bool
    days: int
    urgency: Urgency
    signs: tuple[Promise, ...]

    @property
    def is_red(self) -> bool:
        """Waiting longer than the first days."""
        return self.is_open and self.urgency is not Urgency.NEW


def with_last(actor: Membership, rows: "QuerySet[Signal]", *, at: datetime, verb: Verb = Verb.READ) -> "QuerySet[Signal]":
    """With the kind and the day of the last answer; what costs less stands beside it, to be asked first.

    Who may read a signal may read its answers: whether there are any is asked of every row of the school, and not on whose behalf.
    """
    answers = may(actor, SignalAnswer, verb, at=at).filter(signal=OuterRef("pk")).order_by("-answered_at", "-pk")
    there = SignalAnswer.objects.filter(signal=OuterRef("pk"))
    watched = there.filter(kind=SignalAnswer.Kind.WATCH, until_on__lte=timezone.localdate(at))
    found = rows.alias(has_answer=Exists(there), was_watched=Exists(watched))
    return found.annotate(last_kind=Subquery(answers.values("kind")[:1]), last_until=Subquery(answers.values("until_on")[:1]))


def still_open(on: date) -> Q:
    """No answer yet, or a watching whose day has come; after `with_last`."""
    over = Q(last_kind=SignalAnswer.Kind.WATCH, last_until__lte=on)
    return Q(has_answer=False) | (Q(was_watched=True) & over)


def lines(
    actor: Membership, *, at: datetime, shown: str = "open", order: str = "age", group: Group | None = None, pupil: Pupil | None = None
) -> list[Line]:
    """What waits for an answer, the oldest first; or what was answered, or all of it."""
    return lines_of(actor, listed(actor, at=at, shown=shown, order=order, group=group, pupil=pupil)[:MOST], at=at)


def listed(
    actor: Membership, *, at: datetime, shown: str = "open", order: str = "age", group: Group | None = None, pupil: Pupil | None = None
) -> "QuerySet[Signal]":
    """The rows of the same, of which a page can be taken."""
    on, found = timezone.localdate(at), with_last(actor, may(actor, Signal, Verb.READ, at=at), at=at)
    if group is not None:
        found = found.filter(Q(group=group) | Q(pupil__in=Enrolment.objects.filter(live(at), group=group).values("pupil")))
    if pupil is not None:
        found = found.filter(pupil=pupil)
    if shown != "all":
        found = found.filter(still_open(on)) if shown == "open" else found.exclude(still_open(on))
    return found.select_related("pupil", "group").order_by(*ORDERS.get(order, ORDERS["age"]))


def lines_of(actor: Membership, rows: Iterable[Signal], *, at: datetime) -> list[Line]:
    """Rows of `listed`, each as it stands in a list."""
    on, calendar = timezone.localdate(at), calendar_of(actor.school)
    return [line_of(row, calendar, actor, on=on) for row in rows]


def line_of(row: Signal, calendar: Calendar, actor: Membership, *, on: date) -> Line:
    """A row of `with_last`."""
    kind = Answered(found) if (found := getattr(row, "last_kind", None)) else None
    until_on: date | None = getattr(row, "last_until", None)
    days = age(calendar, waits_since(timezone.localdate(row.made_at), kind, until_on), on=on)
    signs = tuple(SIGN_WORDS[key] for key in row.signs if key in SIGN_WORDS)
    return Line(row, _whom(row, actor), kind, until_on, not is_answered(kind, until_on, on=on), days, urgency(days), signs)


def _whom(row: Signal, actor: Membership) -> str:
    if row.pupil:
        return str(row.pupil)
    label = group_label(row.group, actor.school) if row.group else row.about
    return label[:1].upper() + label[1:]


def one_line(actor: Membership, row: Signal, *, at: datetime) -> Line:
    """One signal as it stands in the list."""
    found = with_last(actor, may(actor, Signal, Verb.READ, at=at).filter(pk=row.pk), at=at).select_related(
        "pupil", "group", "author__person"
    )
    return line_of(found.get(), calendar_of(actor.school), actor, on=timezone.localdate(at))


def answers_of(actor: Membership, row: Signal) -> list[SignalAnswer]:
    """Every answer, the newest first."""
    return list(
        may(actor, SignalAnswer, Verb.READ).filter(signal=row).select_related("answered_by__person").order_by("-answered_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, how long the oldest does, and how many wait longer than they should."""

    many: int
    oldest: int
    red: int
    untied: int


def waiting(actor: Membership, *, at: datetime, verb: Verb = Verb.READ) -> Waiting | None:
    """For the first page: numbers alone; none when nothing waits."""
    on = timezone.localdate(at)
    found = with_last(actor, may(actor, Signal, verb, at=at), at=at, verb=verb).filter(still_open(on))
    asked: list[str] = ["made_at", "last_kind", "last_until", "pupil_id", "group_id"]
    rows = list(found.order_by().values_list(*asked))
    if not rows:
        return None
    calendar = calendar_of(actor.school)
    days = [
        age(calendar, waits_since(timezone.localdate(made), Answered(kind) if kind else None, until), on=on)
        for made, kind, until, *_ in rows
    ]
    untied = sum(pupil is None and group is None for *_, pupil, group in rows)
    return Waiting(len(days), max(days), sum(urgency(one) is not Urgency.NEW for one in days), untied)


def how_often(found: Iterable[Line]) -> list[tuple[Promise, int]]:
    """Which signs were seen how many times, the most first: a count, no conclusion."""
    seen = Counter(key for line in found for key in line.row.signs if key in SIGN_WORDS)
    order = list(SIGNS)
    return [(SIGN_WORDS[key], times) for key, times in sorted(seen.items(), key=lambda one: (-one[1], order.index(one[0])))]


def groups_to_choose(actor: Membership, *, at: datetime) -> list[tuple[str, str]]:
    """Groups of this year, for the filter."""
    on = timezone.localdate(at)
    found = may(actor, Group, Verb.READ, at=at).filter(year__starts_on__lte=on, year__ends_on__gte=on).order_by("name")
    return [(str(group.pk), group_label(group, actor.school)) for group in found]


def classmates(actor: Membership, group: Group, *, at: datetime) -> list[Pupil]:
    """Who sits in the group now, whom I may read."""
    here = Enrolment.objects.filter(live(at), group=group).values("pupil")
    return list(may(actor, Pupil, Verb.READ, at=at).filter(pk__in=here).order_by("given_name", "sort_name", "pk"))


def names_beside(actor: Membership, pupils: Sequence[Pupil], *, at: datetime) -> list[str]:
    """Given names of the others in the class of these pupils; nobody's for who may not read them."""
    groups = Enrolment.objects.filter(live(at), pupil__in=pupils).values("group")
    beside = Enrolment.objects.filter(live(at), group__in=groups).exclude(pupil__in=pupils).values("pupil")
    return list(may(actor, Pupil, Verb.READ, at=at).filter(pk__in=beside).values_list("given_name", flat=True))


def groups_of(pupils: Iterable[UUID], *, at: datetime) -> Mapping[UUID, list[UUID]]:
    """In which groups these pupils sit now."""
    found: dict[UUID, list[UUID]] = {}
    for pupil, group in Enrolment.objects.filter(live(at), pupil__in=list(pupils)).values_list("pupil_id", "group_id"):
        found.setdefault(pupil, []).append(group)
    return found


def reads_about(actor: Membership, pupil: Pupil, *, at: datetime) -> bool:
    """Whether signals about this pupil may be read."""
    return Role(actor.role) in READERS and may(actor, Pupil, Verb.READ, of=Record.SIGNAL, at=at).filter(pk=pupil.pk).exists()


def panel(actor: Membership, pupil: Pupil, *, at: datetime) -> tuple[list[Line] | None, bool]:
    """On the page of a pupil, who was found: the newest first, for who may read them; and whether one may write."""
    if Role(actor.role) not in READERS or not may_do_too(actor, pupil, Verb.READ, of=Record.SIGNAL, at=at):
        return None, False
    rows = listed(actor, at=at, shown="all", order="newest", pupil=pupil)[:MOST]
    return lines_of(actor, rows, at=at), may_do_too(actor, pupil, Verb.WRITE, of=Record.SIGNAL, at=at)
