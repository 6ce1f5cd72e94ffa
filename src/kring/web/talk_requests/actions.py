"""Ask for a talk, say that it was read, say that it was had; and publish when somebody from outside is there."""

from dataclasses import asdict, dataclass
from datetime import datetime, time

from kring.core.access import Record, Verb
from kring.core.talks import NotToChoose, refuse_talked
from kring.core.walk_in import check_hour
from kring.web.action import action
from kring.web.people.intake import tell
from kring.web.schools.models import Membership, Pupil, School
from kring.web.talk_requests.models import TalkRequest, WalkInHour
from kring.web.talk_requests.queries import listeners_for, promise_now
from kring.web.tasks.intake import give_task, settle_about

TO_TALK = "talk.wanted"


@action("talk.asked", needs=Verb.WRITE, of=Record.TALK_REQUEST)
def ask_to_talk(actor: Membership, pupil: Pupil, listener: Membership, *, at: datetime) -> TalkRequest:  # noqa: ARG001
    """A task and a notice of that one person, and of nobody else. Who asks the same person again has asked already."""
    if listener.pk not in {one.hat.pk for one in listeners_for(pupil, at=at)}:
        raise NotToChoose
    day = promise_now(pupil, at=at).answer_by_on
    asked, is_new = TalkRequest.objects.get_or_create(
        school_id=pupil.school_id, pupil=pupil, receiver=listener, answered_at=None, defaults={"asked_at": at, "answer_by_on": day}
    )
    if is_new:
        give_task(listener, TO_TALK, due_on=day, at=at, about=asked, pupil=pupil)
        tell([listener], "talk.asked", asked, at=at)
    return asked


@action("talk.seen", needs=Verb.RUN)
def say_seen(actor: Membership, asked: TalkRequest, *, at: datetime) -> None:  # noqa: ARG001
    """The pupil reads that it was read."""
    TalkRequest.objects.filter(pk=asked.pk, seen_at=None).update(seen_at=at)


@action("talk.had", needs=Verb.RUN)
def say_talked(actor: Membership, asked: TalkRequest, *, at: datetime) -> None:  # noqa: ARG001
    """They talked, or know when they will. Raises TalkedAlready."""
    row = TalkRequest.objects.select_for_update().get(pk=asked.pk)
    refuse_talked(row.answered_at)
    TalkRequest.objects.filter(pk=row.pk).update(answered_at=at, seen_at=row.seen_at or at)
    settle_about(row, TO_TALK, at=at)


# ---- walk-in hours ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hour:
    """A walk-in hour, of every week."""

    name: str
    profession: str
    weekday: int
    starts_at: time
    ends_at: time
    place: str
    for_whom: str = ""
    text: str = ""


@action("walk_in_hour.published", needs=Verb.WRITE, of=Record.WALK_IN_HOUR)
def publish_hour(actor: Membership, school: School, hour: Hour, *, at: datetime) -> WalkInHour:  # noqa: ARG001
    """Every pupil of the school reads it from now on. Raises HourEndsBeforeStart."""
    check_hour(hour.starts_at, hour.ends_at)
    return WalkInHour.objects.create(school=school, **asdict(hour))


@action("walk_in_hour.changed", needs=Verb.WRITE)
def change_hour(actor: Membership, row: WalkInHour, hour: Hour, *, at: datetime) -> None:  # noqa: ARG001
    """Another day, another place, somebody else. Raises HourEndsBeforeStart."""
    check_hour(hour.starts_at, hour.ends_at)
    WalkInHour.objects.filter(pk=row.pk).update(**asdict(hour))


@action("walk_in_hour.taken_away", needs=Verb.WRITE)
def take_hour_away(actor: Membership, hour: WalkInHour, *, at: datetime) -> None:  # noqa: ARG001
    """It is there no longer."""
    WalkInHour.objects.filter(pk=hour.pk).delete()
