"""Which readings deserve a look, by published rules: the list that the privacy officer goes through every week.

Being on the list is no accusation: somebody who works in the evening is on it too. A court found samples too little (Zeeland-West-Brabant,
21 September 2022): reviewing a log is regular, systematic and followed up. So every week has its list, and a week that nobody signed stays.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kring.core.access import STAFF, Role
from kring.core.errors import BrokenRule

MANY_FILES = 60  # files of different pupils in one hour, and more
AN_HOUR = timedelta(hours=1)
OPENS, SHUTS = 7, 19  # o'clock, on a working day
SATURDAY = 5
MANY_REFUSALS = 10  # in one week, and more
A_WEEK = timedelta(days=7)

_Who = tuple[str, Role | None]
LOOKS = frozenset({"page.read", "page.printed", "file.exported"})
REGISTERS = frozenset({"guardianship", "enrolment", "consentrequest", "legalground"})  # lines in a list of the school: no file was opened
OF_GROUPS = frozenset({Role.TEACHER, Role.MENTOR})  # the others look at a whole school, a case or themselves
RIGHTS = (
    *("role.", "role_file.", "group.given", "group.taken", "account.", "accounts.", "recovery."),
    *("authority.", "guardian.", "case.partner_added", "case.partner_invited", "case.colleague_added"),
)


class Reason(StrEnum):
    """Why something is on the list, the gravest first."""

    BREAK_GLASS = "break_glass"
    MANY_FILES = "many_files"
    FULL_EXPORT = "full_export"
    SIGN_IN_ALARM = "sign_in_alarm"
    OWN_CHILD = "own_child"
    COLLEAGUES_CHILD = "colleagues_child"
    OUTSIDE_OWN_GROUP = "outside_own_group"
    MANY_REFUSALS = "many_refusals"
    EXPORT = "export"
    RIGHTS_CHANGED = "rights_changed"
    OUTSIDE_HOURS = "outside_hours"


ALARMS = frozenset({Reason.MANY_FILES, Reason.FULL_EXPORT, Reason.SIGN_IN_ALARM})
"""Told at once, not at the end of the week."""


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the log, with what the school knows about it. `at` is a moment in the time of the school."""

    at: datetime
    person: str
    role: Role | None  # None where no hat was worn yet
    name: str
    record: str = ""
    pupil: str | None = None
    about_pupils: bool = False  # a pupil, or a group of them
    in_emergency: bool = False
    teaches: bool = False  # the pupil, or the group, at that moment
    own_child: bool = False
    colleagues_child: bool = False

    @property
    def is_look(self) -> bool:
        return self.name in LOOKS and self.about_pupils and self.role in STAFF


@dataclass(frozen=True, slots=True)
class Line:
    """One person in one role, for one reason."""

    reason: Reason
    person: str
    role: Role | None
    acts: int
    pupils: int
    first_at: datetime
    last_at: datetime


def outside_hours(at: datetime) -> bool:
    """At the weekend, before seven in the morning or from seven in the evening on.

    >>> outside_hours(datetime(2026, 11, 20, 18, 59)), outside_hours(datetime(2026, 11, 20, 19)), outside_hours(datetime(2026, 11, 21, 12))
    (False, True, True)
    """
    return at.weekday() >= SATURDAY or not OPENS <= at.hour < SHUTS


def _is_full_export(act: Act) -> bool:
    return act.name == "file.exported" and act.record in {"job", "fullexport"} and act.role not in OF_GROUPS


_OF_ONE_ACT: Mapping[Reason, Callable[[Act], bool]] = {
    Reason.BREAK_GLASS: lambda act: act.in_emergency,
    Reason.FULL_EXPORT: _is_full_export,
    Reason.SIGN_IN_ALARM: lambda act: act.name == "login.alarm",
    Reason.OWN_CHILD: lambda act: act.is_look and act.own_child,
    Reason.COLLEAGUES_CHILD: lambda act: act.is_look and act.colleagues_child and not act.teaches,
    Reason.OUTSIDE_OWN_GROUP: lambda act: act.is_look and act.role in OF_GROUPS and not act.teaches,
    Reason.EXPORT: lambda act: act.name == "file.exported" and not _is_full_export(act),
    Reason.RIGHTS_CHANGED: lambda act: act.name.startswith(RIGHTS) and act.role in STAFF,
    Reason.OUTSIDE_HOURS: lambda act: act.is_look and outside_hours(act.at),
}


def lines(acts: Iterable[Act]) -> tuple[Line, ...]:
    """What deserves a look, the gravest reason first and within it who comes back most."""
    found = [line for who, theirs in _by_person(acts).items() for line in _of_person(who, theirs)]
    gravity = list(Reason)
    return tuple(sorted(found, key=lambda line: (gravity.index(line.reason), -line.acts, line.person, line.role or "")))


def alarms(acts: Iterable[Act]) -> tuple[Line, ...]:
    """What is told at once."""
    return tuple(line for line in lines(acts) if line.reason in ALARMS)


def _by_person(acts: Iterable[Act]) -> dict[_Who, list[Act]]:
    people: dict[_Who, list[Act]] = {}
    for act in sorted(acts, key=lambda act: act.at):
        people.setdefault((act.person, act.role), []).append(act)
    return people


def _of_person(who: _Who, acts: Sequence[Act]) -> Iterable[Line]:
    for reason, is_so in _OF_ONE_ACT.items():
        if found := [act for act in acts if is_so(act)]:
            yield _line(reason, who, found)
    refused = [act for act in acts if act.name == "page.refused"]
    if len(refused) >= MANY_REFUSALS:
        yield _line(Reason.MANY_REFUSALS, who, refused)
    if hurried := busiest_hour(acts):
        yield _line(Reason.MANY_FILES, who, hurried)


def _line(reason: Reason, who: _Who, acts: Sequence[Act]) -> Line:
    pupils = {act.pupil for act in acts if act.pupil}
    return Line(reason, *who, len(acts), len(pupils), acts[0].at, acts[-1].at)


def busiest_hour(acts: Sequence[Act]) -> list[Act]:
    """The looks of one person, in the order of time, in the hour with the most different pupils; none when that is not too many.

    An hour is any sixty minutes, and ends before the sixtieth is over.
    """
    window: deque[Act] = deque()
    pupils: Counter[str] = Counter()
    most: list[Act] = []
    for act in acts:
        if not (act.is_look and act.pupil) or act.record in REGISTERS:
            continue
        window.append(act)
        pupils[act.pupil] += 1
        while act.at - window[0].at >= AN_HOUR:
            gone = window.popleft()
            pupils[str(gone.pupil)] -= 1
        pupils += Counter()  # drop who is no longer in the hour
        if len(pupils) > max(MANY_FILES, len({one.pupil for one in most})):
            most = list(window)
    return most


# ---- the weeks --------------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class WeekNotOver(BrokenRule):
    """A week is signed when it is over: what comes after would never be looked at."""

    week: date


@dataclass(eq=False, kw_only=True)
class WeekAlreadySigned(BrokenRule):
    """A week is signed once."""

    week: date


@dataclass(eq=False, kw_only=True)
class GlassNotReviewed(BrokenRule):
    """Breaking the glass is judged before its week is signed."""

    glasses: int


@dataclass(eq=False, kw_only=True)
class ChainBroken(BrokenRule):
    """Nobody signs for a log that was tampered with."""

    sequence: int


def monday(day: date) -> date:
    """The first day of the week.

    >>> monday(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return day - timedelta(days=day.weekday())


def unsigned_weeks(first: date, *, on: date, signed: Collection[date]) -> tuple[date, ...]:
    """The Mondays of the weeks that are over and that nobody signed, the oldest first."""
    week, found = monday(first), list[date]()
    while week + A_WEEK <= on:
        if week not in signed:
            found.append(week)
        week += A_WEEK
    return tuple(found)


def refuse_sign_off(week: date, *, on: date, signed: bool, unreviewed_glasses: int) -> None:
    """Refuse a signature that would say more than was looked at. Raises WeekNotOver, WeekAlreadySigned, GlassNotReviewed."""
    if signed:
        raise WeekAlreadySigned(week=week)
    if week + A_WEEK > on:
        raise WeekNotOver(week=week)
    if unreviewed_glasses:
        raise GlassNotReviewed(glasses=unreviewed_glasses)


def refuse_broken_chain(first_fault: int | None) -> None:
    """Raises ChainBroken with the number where the log no longer fits."""
    if first_fault is not None:
        raise ChainBroken(sequence=first_fault)
