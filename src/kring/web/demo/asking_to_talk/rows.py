"""“Ik wil praten” in the demo: one pupil of 6A waits for Anna, another talked with her, and the youth nurse is there."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from kring.core.talks import promised
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, Pupil, School
from kring.web.talk_requests.actions import TO_TALK
from kring.web.talk_requests.models import TalkRequest, WalkInHour
from kring.web.tasks.models import Task

Key = Callable[..., UUID]
DAY = timedelta(days=1)
WAITS, TALKED = "Yara", "Bart"


def ask_anna(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """At her school alone."""
    anna = members.get("anna")
    if anna is None or anna.school_id != school.pk:
        return
    pupils = {one.given_name: one for one in Pupil.objects.filter(school=school, given_name__in=[WAITS, TALKED]).order_by("-sort_name")}
    if WAITS in pupils:
        _task(_asked(pupils[WAITS], anna, now - DAY, key=key), key=key)
    if TALKED in pupils:
        _asked(pupils[TALKED], anna, now - 14 * DAY, key=key, talked_at=now - 13 * DAY)
    at_noon = {"weekday": 1, "starts_at": time(12), "ends_at": time(12, 45), "place": "de spreekkamer naast de bibliotheek"}
    WalkInHour.objects.create(id=key(school.name, "walk in"), school=school, name="Fatima", profession="jeugdverpleegkundige", **at_noon)


def _asked(pupil: Pupil, anna: Membership, at: datetime, *, key: Key, talked_at: datetime | None = None) -> TalkRequest:
    day = promised(calendar_of(anna.school), timezone.localtime(at)).answer_by_on
    about = {"school": anna.school, "pupil": pupil, "receiver": anna, "asked_at": at, "answer_by_on": day}
    return TalkRequest.objects.create(id=key(anna.school.name, "talk", str(pupil)), seen_at=talked_at, answered_at=talked_at, **about)


def _task(asked: TalkRequest, *, key: Key) -> None:
    days = {"made_at": asked.asked_at, "first_due_on": asked.answer_by_on, "due_on": asked.answer_by_on}
    about = {"kind": TO_TALK, "record": "talkrequest", "record_id": asked.pk, "pupil": asked.pupil}
    Task.objects.create(id=key("talk task", str(asked.pk)), school_id=asked.school_id, owner=asked.receiver, **about, **days)
