"""The yearly look at a support plan: execution and effect apart, with the partner's own line, and what people decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kring.core import development_plans as rules
from kring.core.access import Verb
from kring.core.plans import Change, Kind, Stage, State, after, is_reason
from kring.core.small_trials import check_judgements
from kring.web.action import action
from kring.web.plans.development.queries import ASKED_FOR, CLOSED_BECAUSE, check_heard, sheet_of
from kring.web.plans.intake import change_stage, change_state, held, write
from kring.web.plans.models import Evaluation, Plan
from kring.web.schools.models import Membership
from kring.web.tasks.intake import settle_about

REVIEW, CHECK, ADOPT = "opp.review", "opp.check", "opp.adopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """Execution and effect apart, what others say, and the decision."""

    carried_out: str
    quality: int | None
    effect: str
    partner_words: str
    guardians_words: str
    course: rules.Course
    reason: str
    asked_for: str
    next_on: date


@action("opp.evaluated", needs=Verb.WRITE)
def evaluate(actor: Membership, plan: Plan, said: Evaluated, *, at: datetime) -> None:
    """Raises PlanNotInState, HearingMissing, ExecutionNotSaid, EffectNotSaid, CourseWithoutReason, NextDayNotAhead."""
    row = held(plan)
    after(Kind(row.kind), State(row.state), Change.EVALUATE)
    sheet = sheet_of(actor, row, at=at)
    check_heard(sheet, rules.Moment.EVALUATION)
    check_judgements(said.carried_out, said.effect, may_be_judged=True)
    rules.check_course(said.course, reason=said.reason, asked_for=said.asked_for)
    rules.check_next_look(said.next_on, on=timezone.localdate(at))
    heard = next(one for one in sheet.hearings if one.moment == rules.Moment.EVALUATION)
    _keep(actor, row, said, heard.said, str(heard.heard_by.person) if heard.heard_by else "", at=at)
    _go_on(row, said, at=at)
    settle_about(row, REVIEW, at=at)


def _keep(actor: Membership, row: Plan, said: Evaluated, words: str, by: str, *, at: datetime) -> None:
    made = Evaluation(school_id=row.school_id, plan=row, evaluated_by=actor, evaluated_at=at)
    made.carried_out, made.quality, made.effect = said.carried_out.strip(), said.quality, said.effect.strip()
    made.partner_words, made.guardians_words = said.partner_words.strip(), said.guardians_words.strip()
    made.pupil_words, made.pupil_words_by = words, by[:120]
    made.decision, made.reason, made.next_on = said.course.value, said.reason.strip(), said.next_on
    made.save(force_insert=True)


def _go_on(row: Plan, said: Evaluated, *, at: datetime) -> None:
    """The support goes on until it is closed: also while another place is looked for."""
    change_state(row, Change.EVALUATE, at=at)
    row.refresh_from_db()
    change_state(row, Change.GO_ON, at=at)
    row.refresh_from_db()
    other = said.course is rules.Course.OTHER_SETTING
    change_stage(row, Stage.OTHER_SETTING if other else Stage.EXTRA_SUPPORT, at=at)
    fades = timezone.localdate(at).isoformat() if said.course is rules.Course.FADE_OUT else ""
    parts = {**row.parts, "fade_from": fades, ASKED_FOR: said.asked_for.strip() if other else ""}
    write(row, at=at, parts=parts, ends_on=max(row.ends_on or said.next_on, said.next_on))


@action("opp.closed", needs=Verb.WRITE)
def close(actor: Membership, plan: Plan, *, reason: str, at: datetime) -> None:  # noqa: ARG001
    """The extra support is over. Raises PlanNotInState, CourseWithoutReason."""
    row = held(plan)
    if not is_reason(reason):
        raise rules.CourseWithoutReason
    change_state(row, Change.STOP, at=at)
    write(row, at=at, parts={**row.parts, CLOSED_BECAUSE: " ".join(reason.split())[:300]})
    settle_about(row, REVIEW, CHECK, ADOPT, at=at)
