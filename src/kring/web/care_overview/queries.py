"""Every kind of line in the overview of care, all of it by choice and in order, and what of it is due for one pupil."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.core.access import Verb
from kring.web.access import may
from kring.web.arrangements import queries as arrangements
from kring.web.care_overview import lines
from kring.web.due import Due, DueLines
from kring.web.expert_requests import queries as expert_requests
from kring.web.plans.development.intake import due_lines as support_plans
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.schools.naming import group_label
from kring.web.signals.queries import Line as SignalLine
from kring.web.trainings import queries as trainings


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line; `on_pupil_page`: whether it also stands on top of the page of the pupil."""

    key: str
    title: Promise
    due_lines: DueLines
    on_pupil_page: bool = True


KINDS: tuple[Kind, ...] = (
    Kind("signals", _("Signalen zonder antwoord"), lines.open_signals),
    Kind("wishes", _("Wil met u praten"), lines.wishes),
    Kind("plans", _("Plannen"), lines.plans),
    Kind("support_plans", _("Ontwikkelingsperspectieven"), support_plans),
    Kind("talks", _("Gesprekken en besprekingen"), lines.talks),
    Kind("absences", _("Verzuim om na te kijken"), lines.absences),
    Kind("trainings", _("Trainingen"), trainings.due_lines, on_pupil_page=False),
    Kind("newcomers", _("Nieuwe leerlingen"), lines.newcomers),
    Kind("expert_requests", _("Vragen aan deskundigen"), expert_requests.due_lines),
    Kind("arrangements", _("Arrangementen"), arrangements.due_lines),
    Kind("without_support_plan", _("Nog geen ontwikkelingsperspectief"), lines.without_support_plan),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the name of whom it is about, and in which group that is."""

    kind: Kind
    due: Due
    whom: str
    group: Group | None
    pupil: Pupil | None

    @property
    def group_name(self) -> str:
        return self.group.name if self.group else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody chose to see."""

    kind: str = ""
    group: UUID | None = None
    late: bool = False
    order: str = "day"


def _by_day(due: Due) -> tuple[bool, bool, date]:
    return not due.is_late, due.day is None, due.day or date.max


ORDERS = {
    "day": lambda line: _by_day(line.due),
    "whom": lambda line: (line.pupil.sort_name if line.pupil else line.whom.casefold(), *_by_day(line.due)),
    "group": lambda line: (line.group is None, line.group_name, *_by_day(line.due)),
}


def due_of_pupil(actor: Membership, pupil: Pupil, signals: Iterable[SignalLine], *, at: datetime) -> Sequence[tuple[Kind, Due]]:
    """What asks for something about this pupil, what is late first, then by day; its signals were read already."""
    asked, *others = (kind for kind in KINDS if kind.on_pupil_page)
    found = [(asked, one) for one in lines.of_signals(actor, signals)]
    found += [(kind, one) for kind in others for one in kind.due_lines(actor, at=at, pupil=pupil)]
    return sorted(found, key=lambda pair: _by_day(pair[1]))


def overview(actor: Membership, *, at: datetime) -> list[Line]:
    """Everything that waits, runs or is to come, as far as the actor may read it."""
    found = [(kind, one) for kind in KINDS for one in kind.due_lines(actor, at=at)]
    pupils = may(actor, Pupil, Verb.READ, at=at).in_bulk({one.pupil for _kind, one in found if one.pupil})
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil__in=pupils).order_by("from_at")
    seat = dict(sits.values_list("pupil_id", "group_id"))
    named = {one.group for _kind, one in found if one.group} | set(seat.values())
    groups = may(actor, Group, Verb.READ, at=at).in_bulk(named)
    return [_line(actor, kind, one, pupils, groups, seat) for kind, one in found]


def _line(
    actor: Membership, kind: Kind, due: Due, pupils: Mapping[UUID, Pupil], groups: Mapping[UUID, Group], seat: Mapping[UUID, UUID]
) -> Line:
    """By name for who may be read."""
    pupil, key = (pupils.get(due.pupil), due.group or seat.get(due.pupil)) if due.pupil else (None, due.group)
    group = groups.get(key) if key else None
    label = capfirst(group_label(group, actor.school)) if group and due.pupil is None else ""
    return Line(kind, due, str(pupil) if pupil else label or due.whom, group, pupil)


def chosen(found: Iterable[Line], wanted: Wanted) -> list[Line]:
    """In the order that was asked for."""
    kept = (
        one
        for one in found
        if (not wanted.kind or one.kind.key == wanted.kind)
        and (wanted.group is None or (one.group and one.group.pk == wanted.group))
        and (one.due.is_late or not wanted.late)
    )
    return sorted(kept, key=ORDERS[wanted.order])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines of one kind there are, how many are late, and since when the oldest waits."""

    kind: Kind
    many: int
    late: int
    oldest: date | None


def tallies(found: Sequence[Line]) -> list[Tally]:
    """Of each kind that there is something of, in their own order."""
    of_kind = [(kind, [one.due for one in found if one.kind is kind]) for kind in KINDS]
    return [_tally(kind, dues) for kind, dues in of_kind if dues]


def _tally(kind: Kind, dues: Sequence[Due]) -> Tally:
    late = [one for one in dues if one.is_late]
    return Tally(kind, len(dues), len(late), min((one.day for one in late if one.day), default=None))


def by_stage(found: Iterable[Line]) -> dict[str, int]:
    """How many plans stand where."""
    counted: dict[str, int] = {}
    for one in found:
        if one.kind.key == "plans":
            counted[one.due.state] = counted.get(one.due.state, 0) + 1
    return counted
