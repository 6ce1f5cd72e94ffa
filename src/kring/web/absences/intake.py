"""The rules over what was typed: a prompt for each that is met; and the chore that forgets what is older than last school year."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kring.core.absences import Met, Rule, Setting, Week, look_by, met
from kring.core.calendar import Calendar
from kring.web.absences.models import AbsencePrompt, AbsenceStep, AbsenceWeek
from kring.web.absences.queries import ONE_YEAR, kept_from, settings_of
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, School
from kring.web.tasks.intake import give_task, lapse_about
from kring.web.wall import schools_open

TO_LOOK = "absence.look"
TO_STEP = "absence.step"


def look_again(actor: Membership, group: Group, pupils: Collection[UUID], *, at: datetime) -> None:
    """After counts of these pupils changed: what is met now, and what turned out to be a slip of the pen."""
    on, calendar = timezone.localdate(at), calendar_of(group.school)
    rows = AbsenceWeek.objects.filter(pupil__in=pupils, week_on__gt=on - ONE_YEAR)
    weeks = [(row.pupil_id, Week(row.week_on, row.hours_not_allowed, row.sick_reports, row.sick_days, row.late)) for row in rows]
    known = list(AbsencePrompt.objects.filter(pupil__in=pupils))
    for rule, setting in settings_of(group.school, at=at).items():
        for pupil in pupils:
            before = [row for row in known if (row.pupil_id, row.rule) == (pupil, rule)]
            own = [week for key, week in weeks if key == pupil]
            _look(actor, group, pupil, (rule, setting), (before, own, calendar), at=at)


def _look(
    actor: Membership,
    group: Group,
    pupil: UUID,
    of: tuple[Rule, Setting],
    known: tuple[list[AbsencePrompt], Iterable[Week], Calendar],
    *,
    at: datetime,
) -> None:
    (rule, setting), (before, weeks, calendar) = of, known
    after: date | None = max((row.counted_to for row in before if row.settled_at), default=None)
    found = met(rule, setting.most, weeks, calendar, after=after, group=str(group.pk)) if setting.is_on else None
    for row in before:
        if row.settled_at is None and (found is None or row.counted_to != found.counted_to) and not _is_kept(row, found):
            lapse_about(row, at=at)
            AbsencePrompt.objects.filter(pk=row.pk).delete()
    if found is None:
        return
    on = timezone.localdate(at)
    days = {"amount": found.amount, "noticed_on": on, "look_by_on": look_by(on)}
    key = {"school_id": group.school_id, "pupil_id": pupil, "rule": rule.value, "counted_to": found.counted_to}
    prompt, is_new = AbsencePrompt.objects.get_or_create(**key, defaults=days)
    if is_new:
        give_task(actor, TO_LOOK, due_on=prompt.look_by_on, at=at, about=prompt, pupil=pupil)


def _is_kept(row: AbsencePrompt, found: Met | None) -> bool:
    """Whether steps hang on it: then it stays until somebody settles it, and counts for what is met now."""
    if not AbsenceStep.objects.filter(prompt=row).exists():
        return False
    same = AbsencePrompt.objects.filter(pupil=row.pupil_id, rule=row.rule)
    if found and not same.filter(counted_to=found.counted_to).exists():
        same.filter(pk=row.pk).update(counted_to=found.counted_to, amount=found.amount)
    return True


def forget_old_absence(*, at: datetime) -> None:
    """School by school, a chore: this school year and the last one are kept."""
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]), transaction.atomic():
            first = kept_from(school, on=timezone.localdate(at))
            if first is not None:
                AbsenceWeek.objects.filter(school=school, week_on__lt=first).delete()
                AbsencePrompt.objects.filter(school=school, noticed_on__lt=first).delete()
