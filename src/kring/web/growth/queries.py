"""What still counts of a pupil: what was thought, in whose words, which goals are open and what was agreed. What is settled drops off."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kring.core.access import Verb
from kring.core.understanding import needs_of
from kring.web.access import may
from kring.web.gatherings.models import Agreement, Gathering
from kring.web.plans.models import Goal, Plan, Step
from kring.web.schools.models import Membership, Pupil
from kring.web.understanding.models import Understanding, Voice
from kring.web.understanding.queries import understandings, voices


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal that is not met, of a plan that is not over, with what is done for it."""

    goal: Goal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """The document as it is today."""

    understanding: Understanding | None
    needs: tuple[str, ...]
    school_voice: Voice | None
    own_words: tuple[Voice, ...]  # of pupil and guardians, each apart: one never reads those of another
    aims: tuple[Aim, ...]
    agreements: tuple[Agreement, ...]
    next_talk: Gathering | None

    @property
    def is_empty(self) -> bool:
        return not (self.understanding or self.aims or self.agreements)


def growth_of(actor: Membership, pupil: Pupil, *, at: datetime) -> Growth:
    """As far as this actor may read."""
    newest = next(iter(understandings(actor, pupil)), None)
    told = [one for one in voices(actor, newest) if one.written_at] if newest else []
    return Growth(
        newest,
        needs_of(newest.needs) if newest else (),
        next((one for one in told if one.whose == Voice.Whose.SCHOOL), None),
        tuple(one for one in told if one.whose != Voice.Whose.SCHOOL),
        tuple(_aims(actor, pupil)),
        tuple(_agreements(actor, pupil)),
        may(actor, Gathering, Verb.READ).filter(pupil=pupil, planned_at__gte=at, called_off_at=None).order_by("planned_at").first(),
    )


def _aims(actor: Membership, pupil: Pupil) -> list[Aim]:
    """Goals that are met and plans that are over do not travel along."""
    running = Q(plan__pupil=pupil, met_at=None) & ~Q(plan__state=Plan.State.EVALUATED)
    goals = list(may(actor, Goal, Verb.READ).filter(running).select_related("plan").order_by("plan__made_at", "place", "pk"))
    steps: dict[UUID, list[Step]] = {}
    for one in may(actor, Step, Verb.READ).filter(goal__in=goals, done_at=None).order_by("place", "pk"):
        if one.goal_id:
            steps.setdefault(one.goal_id, []).append(one)
    return [Aim(goal, tuple(steps.get(goal.pk, ()))) for goal in goals]


def _agreements(actor: Membership, pupil: Pupil) -> list[Agreement]:
    """What was not kept yet, the first day first; what has no day comes last."""
    rows = may(actor, Agreement, Verb.READ).filter(gathering__pupil=pupil, kept_at=None).select_related("gathering")
    return sorted(rows, key=lambda one: (one.by_on or date.max, one.text, one.pk))
