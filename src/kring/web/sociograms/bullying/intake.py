"""A pupil who says to be bullied every week is talked with within two school days: who follows it up has that to do, at once.

A chore looks again and again (web/home): who was appointed later has it too, and a talk that waits too long is heard of elsewhere.
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import DAY, Calendar
from kring.core.choice_policies import PolicyKind
from kring.core.instruments import Instrument
from kring.core.sociometry import Frequency, Participation, self_reports
from kring.core.sociometry.bullying import OFTEN
from kring.core.sociometry.nominations import TOOK_PART
from kring.web.choice_policies.intake import follow_up_of
from kring.web.people.intake import holders
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, School
from kring.web.sociograms.bullying.counting import network_of, numbers_of
from kring.web.sociograms.models import BullyingName, BullyingReport, ListedPupil, Sociogram
from kring.web.surveys.models import Invitation, Submission
from kring.web.tasks.intake import Wanted, forget_whom, give_task, open_tasks

TO_TALK, WAITS_TOO_LONG = "bullying.talk", "bullying.talk_late"
LOOKS_AHEAD = 70  # days: more than the summer holidays


def report(kept: Sociogram, pupil: UUID, often: Frequency) -> None:
    """What this pupil says now."""
    BullyingReport.objects.update_or_create(school_id=kept.school_id, sociogram=kept, pupil_id=pupil, defaults={"frequency": often.value})


def forget_reports(found: QuerySet[BullyingReport]) -> None:
    """They go, and no task says any more whom it was about."""
    forget_whom(TO_TALK, list(found.values_list("pk", flat=True)))
    found.delete()


def hear_late(asked: Invitation, often: object, *, at: datetime) -> None:
    """What came too late to count is read by nobody; but a child who says to be bullied every week does not wait for that.

    What was counted when the round was closed stays; and of names that went on their day none comes back.
    """
    said = list(Frequency)[often - 1] if isinstance(often, int) else None
    if said in OFTEN:
        kept, _ = Sociogram.objects.get_or_create(school_id=asked.school_id, round_id=asked.round_id, group_id=asked.group_id)
        if kept.bullying_gone_at is None:
            report(kept, asked.pupil_id, said)
            ask_for_talk(asked, at=at)


def ask_for_talk(asked: Invitation, *, at: datetime) -> None:
    """Called when a list with such questions came in, in the same transaction; nothing happens for who is not bullied often."""
    report = BullyingReport.objects.filter(sociogram__round=asked.round_id, pupil=asked.pupil_id).first()
    if report is None or report.frequency not in OFTEN:
        return
    # Who hands in once more says it anew: the task that was there already is about that from now on.
    gone = (
        open_tasks().filter(kind=TO_TALK, pupil=asked.pupil_id).exclude(record_id__in=BullyingReport.objects.filter(pupil=asked.pupil_id))
    )
    gone.update(record_id=report.pk)
    due_on = _talk_by(calendar_of(asked.round.school), Frequency(report.frequency), timezone.localdate(at))
    for hat in _who_talks(asked.school_id, at):
        give_task(hat, TO_TALK, due_on=due_on, at=at, about=report, pupil=asked.pupil_id)


def _who_talks(school: UUID, at: datetime) -> list[Membership]:
    """Who was appointed; when that one is gone, whoever else sees to safety."""
    appointed = follow_up_of(school, PolicyKind.BULLYING, at=at)
    return [appointed] if appointed else holders(school, Role.SAFETY_COORDINATOR, at=at)


def _talk_by(calendar: Calendar, said: Frequency, on: date) -> date:
    ahead = (on + offset * DAY for offset in range(1, LOOKS_AHEAD))
    free = frozenset(day for day in ahead if calendar.off(day) is not None)
    return self_reports({"one": said}, reported_on=on, school_free=free).talk_by or on


# ---- again and again --------------------------------------------------------------------------------------------


def talks_wanted(school: School, calendar: Calendar, *, at: datetime) -> Iterator[Wanted]:
    """Of who follows it up: a talk with each pupil who says to be bullied often, as long as that is kept."""
    said = BullyingReport.objects.filter(school=school, frequency__in=[one.value for one in OFTEN]).select_related("sociogram")
    reports = {(row.sociogram.round_id, row.pupil_id): row for row in said}
    asked = Submission.objects.filter(school=school, invitation__round__in={key for key, _pupil in reports})
    talkers = _who_talks(school.pk, at) if reports else []
    lists = asked.values_list("invitation__round_id", "invitation__pupil_id", "submitted_at")
    handed_in = {(round_, pupil): when for round_, pupil, when in lists}
    for key, row in reports.items():  # what came too late was handed in as well, and is in no list
        due_on = _talk_by(calendar, Frequency(row.frequency), timezone.localdate(handed_in.get(key, at)))
        for hat in talkers:
            yield Wanted(hat.pk, TO_TALK, "bullyingreport", row.pk, due_on, pupil_id=row.pupil_id)


def late_talks(school: School, *, at: datetime) -> Iterator[Wanted]:
    """Of colleagues who may ask after it: that some talk waits longer than two school days, and not with whom."""
    late = list(open_tasks().filter(school=school, kind=TO_TALK, due_on__lt=timezone.localdate(at)).select_related("owner"))
    for task in late:
        others = holders(school.pk, Role.SAFETY_COORDINATOR, Role.COORDINATOR, at=at, but=[task.owner.person_id])
        for hat in others or holders(school.pk, Role.LEADER, at=at, but=[task.owner.person_id]):
            yield Wanted(hat.pk, WAITS_TOO_LONG, "task", task.pk, task.due_on)


# ---- counted ----------------------------------------------------------------------------------------------------


def figures_of(kept: Sociogram, offered: Instrument) -> dict[str, object]:
    """What stays of one sociogram; nothing when it does not ask about bullying, or the names are gone."""
    if kept.bullying_gone_at is not None or not any(one.is_of_bullying for one in offered.questions):
        return {}
    listed = dict(ListedPupil.objects.filter(sociogram=kept).values_list("pupil_id", "participation"))
    answered = [str(pupil) for pupil, status in listed.items() if Participation(status) in TOOK_PART]
    said = BullyingName.objects.filter(sociogram=kept).values_list("part", "victim_id", "named_id")
    network = network_of(map(str, listed), answered, ((part, str(victim), str(named)) for part, victim, named in said))
    reports = BullyingReport.objects.filter(sociogram=kept).values_list("pupil_id", "frequency")
    return {"bullying": numbers_of(network, {str(pupil): Frequency(told) for pupil, told in reports})}
