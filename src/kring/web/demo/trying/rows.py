"""A small trial for Sem that runs, with what was measured and ticked off; shown to his guardians: through the same actions as real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kring.core.signals import FirstStep
from kring.web.plans.first_steps import StepsSaid
from kring.web.plans.models import Goal, Plan, Step
from kring.web.plans.trials.actions import GoalSaid, NewTrial, StepSaid, measure, start, think_out, tick_off
from kring.web.schools.models import Membership, Pupil, School

BEFORE, DURING = (3, 2, 3, 2), (4, 4, 5, 5, 6, 6, 7)
GOAL = GoalSaid(
    text="Sem begint binnen vijf minuten zelf aan zijn taak",
    level="pupil",
    type="skill",
    measure="hoe vlot Sem begint, bij zelfstandig werken",
    unit="rating",
    levels={
        -2: "Begint pas na drie keer vragen",
        -1: "Begint als iemand naast hem zit",
        0: "Begint binnen vijf minuten met een stappenkaart",
        1: "Begint binnen vijf minuten zonder kaart",
        2: "Begint meteen en helpt een ander op gang",
    },
    target=6,
    own_words="Ik wil niet steeds horen dat ik moet beginnen.",
    by_pupil=True,
)
STEP = StepSaid(
    text="Samen de stappenkaart doornemen voor het zelfstandig werken",
    executor="Anna",
    where="class",
    times_a_week=3,
    core_steps=("kaart samen lezen", "eerste stap hardop zeggen", "na vijf minuten een duim"),
)

SIDES = {
    "in_pupil": "Hij bouwt graag, en raakt de draad kwijt bij een lange opdracht.",
    "in_surroundings": "Hij zit bij de deur, waar veel gebeurt; thuis werkt een lijstje al.",
}
STEPS = StepsSaid(tuple(step.value for step in FirstStep))


def try_support(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """Thought out six weeks ago, begun a week later. At the school of Anna alone."""
    anna = members.get("anna")
    if anna is None or anna.school_id != school.pk:
        return
    begun = now - timedelta(weeks=6)
    sem = Pupil.objects.filter(school=school, given_name="Sem").first()
    if sem is None:
        return
    first, last = begun.date() + timedelta(weeks=1), begun.date() + timedelta(weeks=7)
    plan = think_out(anna, sem, NewTrial(goal=GOAL, step=STEP, starts_on=first, ends_on=last, steps=STEPS, parts=SIDES), at=begun)
    _measured(anna, plan, BEFORE, begun)
    start(anna, plan, at=begun + timedelta(weeks=1))
    _measured(anna, plan, DURING, begun + timedelta(weeks=1))
    _ticked(anna, plan, begun + timedelta(weeks=1), now)


def _measured(anna: Membership, plan: Plan, values: tuple[int, ...], first: datetime) -> None:
    goal = Goal.objects.get(plan=plan)
    for number, value in enumerate(values):
        at = first + timedelta(days=(7 * number) // 4 if values is BEFORE else 5 * number)
        measure(anna, plan, goal.pk, value, on=at.date(), at=at)


def _ticked(anna: Membership, plan: Plan, first: datetime, now: datetime) -> None:
    step = Step.objects.get(plan=plan)
    for number in range(14):
        at = first + timedelta(days=(7 * number) // 3)
        if at < now:
            tick_off(anna, plan, step.pk, is_done=number not in (4, 9), on=at.date(), at=at)
