"""The three steps before a plan of a pupil: what was said of them before, with a signal or a plan, and what is said now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Verb
from kring.core.first_steps import refuse_unready
from kring.core.signals import FirstStep, may_begin_plan
from kring.web.access import may
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership, Pupil
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.signals.words import STEPS


@dataclass(frozen=True, slots=True)
class StepsSaid:
    """What somebody says when a plan begins: the steps that were taken, or why they were passed over."""

    steps: tuple[str, ...] = ()
    because: str = ""


NOTHING_SAID = StepsSaid()


@dataclass(frozen=True, slots=True)
class StepsTaken:
    """Of one pupil, until now; `who` and `on` are of the last word about it."""

    steps: frozenset[str] = frozenset()
    who: str = ""
    on: date | None = None
    is_passed_over: bool = False
    seen_since: date | None = None

    @property
    def is_known(self) -> bool:
        """Then nobody is asked again."""
        return self.is_passed_over or may_begin_plan(self.steps)

    def is_of(self, today: date) -> bool:
        """Whether the first thing that was written down is of today."""
        return self.seen_since is not None and self.seen_since >= today

    @property
    def words(self) -> list[Promise]:
        return [STEPS[step] for step in FirstStep if step in self.steps]


@dataclass(slots=True)
class _Told:
    """Everything that was said, the last of it last."""

    steps: set[str] = field(default_factory=set)
    who: str = ""
    at: datetime | None = None
    is_passed_over: bool = False

    def hear(self, row: Plan | SignalAnswer, who: Membership, at: datetime) -> None:
        if row.first_steps and (self.at is None or at > self.at):
            self.who, self.at = str(who.person), at
        self.steps |= set(row.first_steps)


def steps_taken(actor: Membership, pupil: Pupil, *, at: datetime) -> StepsTaken:
    """In the answers to signals and at the beginning of plans, as far as one may read them."""
    told, plans = _Told(), may(actor, Plan, Verb.READ, at=at).filter(pupil=pupil).select_related("made_by__person")
    signals = may(actor, Signal, Verb.READ, at=at).filter(pupil=pupil, made_at__lte=at)
    for answer in may(actor, SignalAnswer, Verb.READ, at=at).filter(signal__in=signals).select_related("answered_by__person"):
        told.hear(answer, answer.answered_by, answer.answered_at)
    begun = list(plans)
    for plan in begun:
        told.hear(plan, plan.made_by, plan.made_at)
        told.is_passed_over = told.is_passed_over or bool(plan.first_steps_because)
    seen: datetime | None = signals.aggregate(first=Min("made_at"))["first"]
    since = timezone.localdate(min([seen, *(plan.made_at for plan in begun)])) if seen else None
    return StepsTaken(frozenset(told.steps), told.who, timezone.localdate(told.at) if told.at else None, told.is_passed_over, since)


def fields_of(actor: Membership, pupil: Pupil, said: StepsSaid, *, at: datetime) -> Mapping[str, Any]:
    """What is kept with the plan that begins now. Raises FirstStepsMissing, PlanRightAfterSignal."""
    taken, because = steps_taken(actor, pupil, at=at), " ".join(said.because.split())
    if not taken.is_passed_over:
        refuse_unready({*taken.steps, *said.steps}, because, seen_since=taken.seen_since, on=timezone.localdate(at))
    return {"first_steps": [step.value for step in FirstStep if step in said.steps], "first_steps_because": because}


class StepsForm(forms.Form):
    """Asked once of a pupil; the reason stays, for who cannot wait."""

    first_steps = forms.MultipleChoiceField(
        label=_("Wat deed u al?"),
        choices=[(step.value, word) for step, word in STEPS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Drie kleine stappen voor elk plan. Kring vraagt dit één keer per leerling."),
    )
    steps_because = forms.CharField(
        label=_("Begint u toch meteen? Waarom?"),
        max_length=300,
        required=False,
        help_text=_("Alleen nodig als u een stap overslaat, of als het eerste signaal van vandaag is."),
    )

    def __init__(self, *args: Any, taken: StepsTaken, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        if taken.is_known:
            del self.fields["first_steps"]
        if taken.is_passed_over or (taken.is_known and not taken.is_of(today)):
            del self.fields["steps_because"]

    @property
    def steps_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("first_steps", "steps_because") if name in self.fields]

    def said_steps(self) -> StepsSaid:
        """What was filled in, as the actions take it."""
        given = self.cleaned_data
        return StepsSaid(tuple(given.get("first_steps", ())), given.get("steps_because", ""))
