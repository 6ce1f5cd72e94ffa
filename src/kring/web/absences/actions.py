"""Type the absence of a week, say what was done in the register, set the rules of the school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core.absence_steps import AbsenceStepDone, Step, check_done, check_planned
from kring.core.absences import (
    Rule,
    Setting,
    check_limit,
    check_over,
    check_settling,
    check_sick_days,
    check_week,
    refuse_settled,
    school_days_in,
)
from kring.core.access import Record, Verb
from kring.core.edited import EditedMeanwhile
from kring.core.talks import NotToChoose
from kring.web.absences import queries
from kring.web.absences.intake import TO_LOOK, TO_STEP, look_again
from kring.web.absences.models import AbsencePrompt, AbsenceRule, AbsenceStep, AbsenceWeek
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, School, live
from kring.web.tasks.intake import give_task, lapse_about, settle_about


@dataclass(frozen=True, slots=True)
class Line:
    """The counts of one pupil that were typed, by the names of the columns."""

    pupil_id: UUID
    counts: Mapping[str, Decimal | int]


@action("absence.typed", needs=Verb.WRITE, of=Record.ABSENCE_WEEK)
def type_week(
    actor: Membership, group: Group, monday: date, lines: Sequence[Line], *, read_at: datetime | None = None, at: datetime
) -> None:
    """What was typed stands in the week; a rule that is met asks for a look in the register. Raises EditedMeanwhile for `read_at`."""
    calendar = calendar_of(group.school)
    check_week(calendar, monday, on=timezone.localdate(at), group=str(group.pk))
    here = {pupil.pk for pupil in queries.pupils_in(actor, group, monday, at=at)}
    if any(line.pupil_id not in here for line in lines):
        raise NotPermitted
    _refuse_typed_since(lines, monday, read_at)
    for line in lines:
        check_sick_days(int(line.counts.get("sick_days", 0)), school_days_in(calendar, monday, group=str(group.pk)))
        told = {**line.counts, "entered_by": actor, "entered_at": at}
        AbsenceWeek.objects.update_or_create(school_id=group.school_id, pupil_id=line.pupil_id, week_on=monday, defaults=told)
    look_again(actor, group, {line.pupil_id for line in lines}, at=at)


def _refuse_typed_since(lines: Sequence[Line], monday: date, read_at: datetime | None) -> None:
    """Of these pupils nobody typed this week after it was read. Raises EditedMeanwhile."""
    rows = AbsenceWeek.objects.select_for_update().filter(pupil__in=[line.pupil_id for line in lines], week_on=monday)
    if read_at is not None and any(row.entered_at > read_at for row in rows):
        raise EditedMeanwhile


@action("absence.settled", needs=Verb.WRITE)
def settle_prompt(actor: Membership, prompt: AbsencePrompt, *, was_reported: bool, reported_on: date | None, at: datetime) -> None:
    """Looked up: reported in the register on this day, or not needed. After it the rule counts anew."""
    row = AbsencePrompt.objects.select_for_update().get(pk=prompt.pk)
    refuse_settled(row.settled_at)
    check_settling(reported_on, was_reported=was_reported, on=timezone.localdate(at))
    row.was_reported, row.reported_on = was_reported, reported_on if was_reported else None
    row.settled_by, row.settled_at = actor, at
    row.save(update_fields=["was_reported", "reported_on", "settled_by", "settled_at"])
    settle_about(row, TO_LOOK, at=at)


@action("absence.over", needs=Verb.WRITE)
def say_over(actor: Membership, prompt: AbsencePrompt, over_on: date, *, at: datetime) -> None:  # noqa: ARG001
    """What was reported is over since this day: in the register that day is filled in as well."""
    check_over(over_on, on=timezone.localdate(at))
    AbsencePrompt.objects.filter(pk=prompt.pk, was_reported=True).update(over_on=over_on)


@action("absence.step_planned", needs=Verb.WRITE, of=Record.ABSENCE_STEP)
def plan_step(actor: Membership, prompt: AbsencePrompt, step: Step, due_on: date, owner: str, *, at: datetime) -> AbsenceStep:
    """When, and who sees to it. Raises AbsencePlannedInPast, NotToChoose, AbsenceStepDone."""
    check_planned(due_on, on=timezone.localdate(at))
    whom = queries.owner(actor, prompt, owner, at=at)
    if whom is None:
        raise NotToChoose
    key: dict[str, Any] = {"school_id": prompt.school_id, "prompt": prompt, "kind": step.value}
    AbsencePrompt.objects.select_for_update().get(pk=prompt.pk)
    if AbsenceStep.objects.filter(**key).exclude(done_on=None).exists():
        raise AbsenceStepDone
    said = {"due_on": due_on, "owner": whom, "made_by": actor, "made_at": at}
    made, is_new = AbsenceStep.objects.update_or_create(**key, defaults=said)
    if not is_new:
        lapse_about(made, at=at)
    give_task(whom, TO_STEP, due_on=due_on, at=at, about=made, pupil=prompt.pupil_id)
    return made


@action("absence.step_done", needs=Verb.WRITE)
def do_step(actor: Membership, step: AbsenceStep, done_on: date, outcome: str, *, at: datetime) -> None:  # noqa: ARG001
    """What came of it. Raises AbsenceStepDone, AbsenceStepToCome, AbsenceOutcomeMissing."""
    row = AbsenceStep.objects.select_for_update().get(pk=step.pk)
    check_done(done_on, outcome, on=timezone.localdate(at), done_before=row.done_on)
    row.done_on, row.outcome = done_on, outcome
    row.save(update_fields=["done_on", "outcome"])
    settle_about(row, TO_STEP, at=at)


@action("absence.rules_set", needs=Verb.WRITE, of=Record.ABSENCE_RULE)
def set_rules(actor: Membership, school: School, wanted: Mapping[Rule, Setting], *, at: datetime) -> None:
    """From now on; what changed alone, and what held before stays to be read."""
    now = queries.settings_of(school, at=at)
    for rule, setting in wanted.items():
        check_limit(setting.most)
        if now[rule] != setting:
            held = AbsenceRule.objects.filter(live(at), school=school, rule=rule.value)
            held.filter(from_at=at).delete()
            held.update(until_at=at)
            AbsenceRule.objects.create(
                school=school, rule=rule.value, is_on=setting.is_on, most=setting.most, set_by=actor, from_at=at, until_at=None
            )
