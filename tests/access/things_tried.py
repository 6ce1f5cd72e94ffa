"""Plans of one pupil: being prepared, running, fading, shown at home, and a deepened cycle in each state."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from kring.core.decisions import Outcome
from kring.core.signals import FirstStep
from kring.web.models import Gathering, Goal, Pupil
from kring.web.plans.deepened.actions import PARTS, add_goal, agree, open_deepened
from kring.web.plans.first_steps import StepsSaid
from kring.web.plans.models import Plan
from kring.web.plans.trials.actions import GoalSaid, NewTrial, StepSaid, evaluate, measure, show, start, think_out
from kring.web.plans.trials.weighing import Decided, Judged
from tests.access.people import SECRET, Town

LEVELS = {-2: "nooit", -1: "een keer", 0: "twee keer", 1: "drie keer", 2: "elke dag"}
STEPS = StepsSaid(tuple(step.value for step in FirstStep))
SIDES = {"in_pupil": "Stil en vindingrijk", "in_surroundings": "De pauze is druk"}
A_WEEK = timedelta(weeks=1)


def tried(town: Town) -> dict[str, Model]:
    noor, sem = town.pupils["noor"], town.pupils["sem"]
    drafted, ready, runs, fades = (_trial(town, noor, what) for what in ("bedacht", "gemeten", "loopt", "bouwt"))
    shown = _trial(town, sem, "getoond")
    anna = town.actors["anna"]
    for plan in (ready, runs, fades, shown):
        _measured(town, plan)
    for plan in (runs, fades, shown):
        start(anna, plan, at=town.now - 2 * A_WEEK)
    show(anna, shown, to_pupil=True, to_guardians=True, at=town.now)
    fade = Decided(outcome=Outcome.FADE_OUT, reason="Het gaat heel goed nu", next_on=(town.now + 10 * A_WEEK).date())
    said = Judged(carried_out="Elke dag gedaan", effect="", pupil_view="agrees", guardians_view="agrees", danger=True)
    evaluate(anna, fades, said, fade, at=town.now - A_WEEK)
    written, agreed, runs_deep = _deepened(town)
    made: dict[str, Model] = {"trial_draft": drafted, "trial_ready": ready, "trial_noor": runs, "trial_fades": fades, "trial_sem": shown}
    made |= {"deepened_draft": written, "deepened_agreed": agreed, "deepened_noor": runs_deep}
    made |= {f"goal_{name}": Goal.objects.get(plan=plan) for name, plan in (("noor", runs), ("deepened", runs_deep))}
    return made


def _goal(what: str, level: str = "group") -> GoalSaid:
    text = f"Streef{SECRET} {what}: vraagt elke dag een kind om mee te spelen"
    return GoalSaid(text=text, level=level, type="skill", measure="hoe vaak, in de pauze", unit="count", levels=LEVELS, target=2)


def _step() -> StepSaid:
    return StepSaid(text="Samen oefenen", executor="Anna", where="class", times_a_week=2)


def _trial(town: Town, pupil: Pupil, what: str) -> Plan:
    begun = town.now - 3 * A_WEEK
    starts_on, ends_on = (begun + A_WEEK).date(), (begun + 7 * A_WEEK).date()
    new = NewTrial(goal=_goal(what), step=_step(), starts_on=starts_on, ends_on=ends_on, steps=STEPS, parts=SIDES)
    return think_out(town.actors["anna"], pupil, new, at=begun)


def _measured(town: Town, plan: Plan) -> None:
    goal = Goal.objects.get(plan=plan)
    for number in range(3):
        at = max(plan.made_at, town.now - 3 * A_WEEK) + timedelta(days=number)
        measure(town.actors["bram"], plan, goal.pk, 1, on=timezone.localdate(at), at=at)


def _deepened(town: Town) -> list[Plan]:
    """Being written, agreed upon, and running."""
    anna, noor, begun = town.actors["anna"], town.pupils["noor"], town.now - 3 * A_WEEK
    days = {"starts_on": (begun + A_WEEK).date(), "ends_on": (begun + 9 * A_WEEK).date()}
    made = []
    for what in ("concept", "vastgesteld", "verdiept"):
        plan = open_deepened(anna, noor, title=f"Groei{SECRET} {what}", because="Dit kon niet wachten", **days, steps=STEPS, at=begun)
        add_goal(anna, plan, _goal(what), _step(), at=begun)
        made.append(plan)
    about = {"school": town.cast.beuk, "pupil": noor, "kind": Gathering.Kind.THREE_WAY_TALK, "purpose": f"Praten{SECRET} groei"}
    Gathering.objects.create(**about, planned_at=begun, held_at=begun, made_by=anna, made_at=begun, edited_at=begun)
    for plan in made:
        Plan.objects.filter(pk=plan.pk).update(
            parts={**dict.fromkeys(PARTS, "Zo is het"), "outside": "no", "outside_because": "Wij kijken zelf"}
        )
    for plan in made[1:]:
        agree(anna, plan, at=begun)
    _measured(town, made[2])
    start(town.actors["bram"], made[2], at=town.now - 2 * A_WEEK)
    for plan in made:
        plan.refresh_from_db()
    return made
