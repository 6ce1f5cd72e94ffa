"""Team lists: who may be asked, how far they are, and the baseline beside a later filling. Counts alone, never who said what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from kring.core.access import STAFF, Role, Verb
from kring.core.baselines import Comparison, Filling, compared
from kring.core.instruments import About, Informant, Instrument
from kring.core.rounds import Window
from kring.web.access import may
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, School, live
from kring.web.surveys.answers import Given, given
from kring.web.surveys.family.queries import newest_of_library, released_here
from kring.web.surveys.models import AnonymousSubmission, Round, StaffInvitation

SCHOOL_DAYS = 10
NOT_IN_THE_TEAM = frozenset({Role.BOARD, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR})
"""Staff that is not asked unless it is ticked: they seldom stand in a class."""


@dataclass(frozen=True, slots=True)
class Running:
    """One time that a list is asked of colleagues, and how far it is."""

    round: Round
    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class TeamList:
    """A list with every time that it was asked, the newest first."""

    instrument: Instrument
    times: tuple[Running, ...]

    @property
    def baseline(self) -> Running | None:
        return next((one for one in self.times if one.round.is_baseline), None)


def staff_of(school: School, roles: Collection[Role], *, at: datetime) -> list[Membership]:
    """Who holds one of these roles here now; somebody with two of them is asked once."""
    wanted = [role.value for role in roles if role in STAFF]
    found = Membership.objects.filter(live(at), school=school, role__in=wanted, person__is_active=True)
    in_order = found.select_related("person").order_by("from_at", "pk")
    return list({hat.person_id: hat for hat in reversed(in_order)}.values())


def roles_here(school: School, *, at: datetime) -> list[tuple[Role, int]]:
    """The roles of staff that anybody holds here, and how many."""
    held = Membership.objects.filter(live(at), school=school, person__is_active=True).order_by()
    counts = dict(held.values_list("role").annotate(n=Count("person", distinct=True)))
    return [(role, counts[role.value]) for role in Role if role in STAFF and role.value in counts]


def lists_for_staff(school_id: UUID) -> list[Instrument]:
    """What colleagues fill in, in its newest versions."""
    known = (*newest_of_library(), *released_here(school_id))
    return sorted((one for one in known if one.informant is Informant.STAFF), key=lambda one: one.title)


def two_weeks(school: School, *, at: datetime) -> Window:
    """From today, ten days of school."""
    on = timezone.localdate(at)
    return Window(on, max(calendar_of(school).school_days_after(on, SCHOOL_DAYS), on + timedelta(days=1)))


def groups_now(actor: Membership, *, at: datetime) -> list[Group]:
    """The groups of this school year."""
    on = timezone.localdate(at)
    return list(may(actor, Group, Verb.READ, at=at).filter(year__starts_on__lte=on, year__ends_on__gte=on))


def team_lists(actor: Membership) -> list[TeamList]:
    """Every list that was ever asked of colleagues, with how far each time is."""
    counts = _counts(actor, may(actor, Round, Verb.READ).filter(asks=Round.Asks.STAFF).values("pk"))
    rows = may(actor, Round, Verb.READ).filter(asks=Round.Asks.STAFF).order_by("-opens_on", "-closed_at", "title")
    by_list: dict[str, list[Running]] = {}
    for row in rows:
        by_list.setdefault(row.instrument, []).append(Running(row, *counts.get(row.pk, (0, 0))))
    found = [TeamList(times[0].round.offered, tuple(times)) for times in by_list.values()]
    return sorted(found, key=lambda one: one.instrument.title)


def _counts(actor: Membership, rounds: Iterable[Any]) -> Mapping[UUID, tuple[int, int]]:
    invited = may(actor, StaffInvitation, Verb.COUNT).filter(round__in=rounds).order_by()
    rows = invited.values_list("round_id").annotate(asked=Count("pk"), done=Count("pk", filter=Q(answered=True)))
    return {key: (asked, done) for key, asked, done in rows}


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling of a team list beside its baseline."""

    line: Running
    instrument: Instrument
    baseline: Round | None
    comparison: Comparison | None  # nothing while it runs
    is_about_group: bool


def filled(actor: Membership, round: Round) -> Filled:
    """The counts of this filling, and those of the baseline where it is another one."""
    asked = round.offered
    line = Running(round, *_counts(actor, [round.pk]).get(round.pk, (0, 0)))
    of_list = may(actor, Round, Verb.READ).filter(asks=Round.Asks.STAFF, instrument=round.instrument, is_baseline=True)
    baseline = of_list.exclude(pk=round.pk).first()
    if round.closed_at is None:
        return Filled(line, asked, baseline, None, asked.about is About.GROUP)
    lists = _lists(actor, [round, *([baseline] if baseline else [])])
    now = Filling(round.version, lists.get(round.pk, []))
    then = Filling(baseline.version, lists.get(baseline.pk, [])) if baseline else Filling(round.version, [])
    return Filled(line, asked, baseline, compared(asked.items, then, now), asked.about is About.GROUP)


def _lists(actor: Membership, rounds: Iterable[Round]) -> dict[UUID, list[Given]]:
    found: dict[UUID, list[Given]] = {}
    rows = may(actor, AnonymousSubmission, Verb.COUNT).filter(round__in=list(rounds))
    for key, answers in rows.order_by("pk").values_list("round_id", "answers"):
        found.setdefault(key, []).append(given(answers))
    return found
