"""When what was agreed reaches the next teacher: at the minute of the change, or at once when that has passed."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from kring.core.handovers import Voice, agreed_parts, decides, ends_on
from kring.web.people.dates import begins
from kring.web.school_years.queries import calendar_of
from kring.web.year_change.models import Handover, HandoverAnswer, YearChange

TO_COUNT = ("answers", "pupil__guardianships")
"""What `voices` looks at, to be fetched at once for many."""


def voices(row: Handover, answers: Iterable[HandoverAnswer] | None = None) -> list[Voice]:
    """The answers as the core knows them; of this handover all, when not said which."""
    return [_voice(row, one) for one in (row.answers.all() if answers is None else answers)]


def _voice(row: Handover, one: HandoverAnswer) -> Voice:
    on, at = one.talked_on or timezone.localdate(one.answered_at), one.answered_at
    ties = [tie for tie in row.pupil.guardianships.all() if tie.has_authority and tie.from_at <= at]
    known = any(tie.until_at is None or tie.until_at > at for tie in ties)
    may_agree = decides(one.guardian_id, born_on=row.pupil.birth_date, on=on, with_guardians=known)
    return Voice(one.guardian_id, one.version, one.answered_at, one.said, may_agree)


def pass_on(change: YearChange, *, at: datetime) -> None:
    """Everything that was agreed to in the old year."""
    waiting = Handover.objects.filter(school_id=change.school_id, year=change.from_year_id)
    until_at = _until(change)
    for one in waiting.select_related("pupil").prefetch_related(*TO_COUNT):
        _settle(one, change, until_at, at=at)


def hold_back(change: YearChange) -> None:
    """The change was taken back."""
    Handover.objects.filter(school_id=change.school_id, year=change.from_year_id).update(passes_at=None, until_at=None)


def settle_passing(handover: Handover, *, at: datetime) -> None:
    """After every answer: what goes on, goes on from the minute; what was held back, does not."""
    change = _change_of(handover)
    _settle(handover, change, _until(change) if change else None, at=at)


def _settle(handover: Handover, change: YearChange | None, until_at: datetime | None, *, at: datetime) -> None:
    goes_on = agreed_parts(handover.texts, voices(handover), version=handover.version)
    if change is None or change.minute is None or until_at is None:
        _keep(handover, None, None)
    elif not goes_on:
        _keep(handover, None, max(until_at, change.minute))  # what stays behind is not kept for ever either
    elif handover.passes_at is None:
        _keep(handover, max(change.minute, at), max(until_at, change.minute))


def _until(change: YearChange) -> datetime:
    return begins(ends_on(calendar_of(change.school), starts_on=change.to_year.starts_on))


def _keep(handover: Handover, passes_at: datetime | None, until_at: datetime | None) -> None:
    if (handover.passes_at, handover.until_at) == (passes_at, until_at):
        return
    handover.passes_at, handover.until_at = passes_at, until_at
    handover.save(update_fields=["passes_at", "until_at"])


def _change_of(handover: Handover) -> YearChange | None:
    """The change that ends the year in which this was written, when one was set."""
    found = YearChange.objects.filter(school_id=handover.school_id, from_year=handover.year_id).exclude(set_at=None)
    return found.select_related("school", "to_year").first()
