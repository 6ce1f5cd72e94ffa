"""Support plans: being written with the pupil asked, adopted and waiting for answers, and running; each of another pupil."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from kring.core.development_plans import TEXTS, HearingForm, Moment
from kring.core.plans import Layer
from kring.web.models import Gathering, Goal, PlanAgreement, PlanVersion, Pupil, Step
from kring.web.plans.development import actions
from kring.web.plans.development.actions import GoalSaid, Heard, HelpSaid, Opened
from kring.web.plans.development.agreeing.actions import Answered, answer
from kring.web.plans.first_steps import StepsSaid
from kring.web.plans.models import Plan
from tests.access.people import SECRET, Town

STEPS = StepsSaid(because="Wij kennen dit kind al")
A_WEEK = timedelta(weeks=1)


def tells_of_support() -> dict[str, str]:
    """Texts that stand nowhere but in these."""
    return {"opp-noor": f"Naar{SECRET} loopt:", "opp-sem": f"Naar{SECRET} schrijft:", "opp-heard-sem": f"Ik wil rust{SECRET} in de klas"}


def supported(town: Town) -> dict[str, Model]:
    noor, sem = town.pupils["noor"], town.pupils["sem"]
    old = _plan(town, noor, "voorbij")
    _run(town, old, noor)
    Plan.objects.filter(pk=old.pk).update(state="evaluated", evaluated_at=town.now)
    runs = _plan(town, noor, "loopt")
    asked = _run(town, runs, noor)
    drafted = _plan(town, sem, "schrijft")
    actions.ask_pupil(town.actors["bram"], drafted, at=town.now)
    wrote = actions.say_myself(town.actors["sem"], drafted, f"Ik wil rust{SECRET} in de klas", at=town.now)
    goal = Goal.objects.get(plan=drafted)
    made: dict[str, Model] = {"opp_sem": drafted, "opp_noor": runs, "opp_agreement_els": asked, "opp_heard_sem": wrote}
    made |= {"opp_goal_sem": goal, "opp_help_sem": Step.objects.get(plan=drafted), "opp_version_noor": PlanVersion.objects.get(plan=runs)}
    for row in made.values():
        row.refresh_from_db()
    made["opp_part"] = "needs"  # type: ignore[assignment] # a word in the address
    return made


def _plan(town: Town, pupil: Pupil, what: str) -> Plan:
    bram, begun = town.actors["bram"], town.now - 2 * A_WEEK
    days: dict[str, Any] = {"clock_from_on": begun.date(), "starts_on": begun.date(), "ends_on": (begun + 10 * A_WEEK).date()}
    why: dict[str, Any] = {"because": "Dit kon niet wachten", "steps": STEPS}
    said = Opened(title=f"Ruimte{SECRET} {what}", layer=Layer.EXTRA, has_legal_label=True, **why, **days)
    plan = actions.open_plan(bram, pupil, said, at=begun)
    for model in (Step, Goal):  # what came along from the deepened cycle has no hours yet
        model.objects.filter(plan=plan).delete()
    texts = {name: f"Opp{SECRET} {name}" for names in TEXTS.values() for name in names} | {"destination": "havo"}
    Plan.objects.filter(pk=plan.pk).update(parts={**plan.parts, **texts})
    text = f"Naar{SECRET} {what}: vraagt elke dag om hulp"
    goal = GoalSaid(text=text, level="pupil", type="skill", measure="hoe vaak, per dag", by_on=days["ends_on"], owner="Bram")
    step = HelpSaid(text="Samen oefenen", executor="Remi", kind="teacher", where="class", hours=Decimal("1.0"))
    actions.add_goal(bram, plan, goal, step, at=begun)
    plan.refresh_from_db()
    return plan


def _run(town: Town, plan: Plan, pupil: Pupil) -> PlanAgreement:
    bram, begun = town.actors["bram"], town.now - A_WEEK
    heard = Heard(moment=Moment.DRAFT, form=HearingForm.TALK, said=f"Zo wil ik het{SECRET}", done_with="Wij doen het zo")
    actions.hear(bram, plan, heard, at=begun)
    about = {"school": pupil.school, "pupil": pupil, "kind": Gathering.Kind.GUARDIAN_TALK, "purpose": f"Overleg{SECRET} opp"}
    Gathering.objects.create(**about, planned_at=begun, held_at=begun, made_by=bram, made_at=begun, edited_at=begun)
    actions.adopt(bram, plan, at=begun)
    by_person = {one.guardian.person_id: one for one in PlanAgreement.objects.filter(plan=plan).select_related("guardian") if one.guardian}
    for name, actor in town.actors.items():
        if actor.person_id in by_person and actor.role == "guardian" and name != "els":
            answer(actor, by_person.pop(actor.person_id), Answered(is_yes=True, method="account"), at=begun)
    mine = by_person.pop(town.actors["els"].person_id)
    PlanAgreement.objects.filter(plan=plan).update(answer="yes", answered_at=begun)
    actions.start(bram, plan, at=begun)
    return mine
