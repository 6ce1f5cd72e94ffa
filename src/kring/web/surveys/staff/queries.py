"""Team lists: how far they are, and the baseline beside a later filling. Counts alone, never who said what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from kring.core.access import Verb
from kring.core.baselines import Comparison, Filling, compared
from kring.core.disclosure import K_STAFF
from kring.core.instruments import About, Instrument
from kring.web.access import may
from kring.web.schools.models import Membership
from kring.web.surveys.answers import Given, given
from kring.web.surveys.models import AnonymousSubmission, Round, StaffInvitation


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

    @property
    def is_beside_baseline(self) -> bool:
        """Whether the counts of the baseline may stand beside these."""
        found = self.comparison
        return bool(self.baseline and found and not found.other_version and not found.too_few_before)

    @property
    def will_be_shown(self) -> bool:
        """Whether so many filled it in that its counts are shown once it is closed, and it opens no more."""
        return self.line.done >= K_STAFF

    @property
    def may_take_more(self) -> bool:
        """Whether it was closed with so few lists that no count was shown."""
        return bool(self.comparison and self.comparison.too_few_after)


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
    return Filled(line, asked, baseline, compared(asked.items, then, now, anonymous=asked.anonymous), asked.about is About.GROUP)


def _lists(actor: Membership, rounds: Iterable[Round]) -> dict[UUID, list[Given]]:
    found: dict[UUID, list[Given]] = {}
    rows = may(actor, AnonymousSubmission, Verb.COUNT).filter(round__in=list(rounds))
    for key, answers in rows.order_by("pk").values_list("round_id", "answers"):
        found.setdefault(key, []).append(given(answers))
    return found
