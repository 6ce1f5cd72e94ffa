"""The yes or no of everybody with a say: asked per version, given in the own account or recorded from paper."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.development_plans import refuse_over_own_answer
from kring.core.plans import Kind, PlanNotInState, State
from kring.web.action import action
from kring.web.plans.development.rows import ask_everybody
from kring.web.plans.intake import held
from kring.web.plans.models import Plan, PlanAgreement, PlanVersion
from kring.web.schools.models import Membership

IN_ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Yes or no, how it was given, and a word with it."""

    is_yes: bool
    method: str
    note: str = ""


@action("opp.agreement_asked", needs=Verb.WRITE, of=Record.PLAN_AGREEMENT)
def ask_others(actor: Membership, plan: Plan, *, at: datetime) -> PlanAgreement | None:
    """Of who came to have a say since. Raises PlanNotInState."""
    row = held(plan)
    newest = PlanVersion.objects.filter(plan=row).order_by("-number").first()
    if newest is None or row.state not in (State.AGREED, State.RUNNING):
        raise PlanNotInState(state=row.state)
    made = ask_everybody(actor, row, newest, at=at)
    return made[0] if made else None


@action("opp.agreement_answered", needs=Verb.ANSWER)
def answer(actor: Membership, asked: PlanAgreement, said: Answered, *, at: datetime) -> None:  # noqa: ARG001
    """My own yes or no, in my account; it may change as long as the plan is not over. Raises PlanNotInState."""
    _write(asked, said, at=at)


@action("opp.agreement_recorded", needs=Verb.WRITE)
def record(actor: Membership, asked: PlanAgreement, said: Answered, *, at: datetime) -> None:  # noqa: ARG001
    """What a guardian or a pupil of age said on paper or in a talk. Raises AnsweredThemselves, PlanNotInState."""
    row = PlanAgreement.objects.select_for_update().get(pk=asked.pk)
    own = row.answer == PlanAgreement.Answer.YES if row.answered_at and row.method == IN_ACCOUNT else None
    refuse_over_own_answer(own, is_yes=said.is_yes)
    _write(asked, said, at=at)


def _write(asked: PlanAgreement, said: Answered, *, at: datetime) -> None:
    plan = held(asked.plan)
    newest = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    of_now = newest is not None and newest.body.get("agreed_as") == asked.version
    if plan.kind != Kind.DEVELOPMENT or plan.state not in (State.AGREED, State.RUNNING) or not of_now:
        raise PlanNotInState(state=plan.state)
    words = PlanAgreement.Answer.YES if said.is_yes else PlanAgreement.Answer.NO
    found = PlanAgreement.objects.filter(pk=asked.pk)
    found.update(answer=words, method=said.method, note=" ".join(said.note.split())[:300], answered_at=at)
