"""Plan a training, let pupils take part, note who agreed and who was there, and close it when somebody looked what stayed of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core import trainings as rules
from kring.core.access import Record, Verb
from kring.core.consents import PUPIL
from kring.core.edited import refuse_edited
from kring.core.talks import NotToChoose
from kring.web.access import may
from kring.web.action import action
from kring.web.consents.queries import deciders_of
from kring.web.schools.models import Group, Membership, Pupil, School, live
from kring.web.trainings import queries
from kring.web.trainings.models import Training, TrainingAttendance, TrainingPlace, TrainingSession, TrainingWish

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What somebody fills in about a training."""

    title: str
    topic: rules.Topic
    trainer: UUID
    most: int
    starts_on: date
    ends_on: date
    is_confidential: bool
    outside: str = ""
    intervention: str = ""
    group: UUID | None = None


@action("training.planned", needs=Verb.WRITE, of=Record.TRAINING)
def plan_training(actor: Membership, school: School, said: Planned, *, at: datetime) -> Training:
    """By the coordinator. Raises SizeUnlikely, TrainingEndsBeforeStart, MustStayConfidential, NotToChoose."""
    checked = _checked(actor, said, group=_class(actor, said.group, at=at), at=at)
    return Training.objects.create(school=school, **checked, open_at=None if said.is_confidential else at, made_by=actor, made_at=at)


@action("training.changed", needs=Verb.WRITE)
def change_training(actor: Membership, training: Training, said: Planned, *, read_at: datetime, at: datetime) -> None:
    """By the coordinator. Raises EditedMeanwhile, TrainingClosed, PlacesTaken, SessionLeftOut, OpenedWithPupils, and as `plan_training`."""
    row = _open(training)
    refuse_edited(row.edited_at, read_at=read_at)
    group = row.group if said.group == row.group_id else _class(actor, said.group, at=at)
    checked = _checked(actor, said, group=group, at=at)
    rules.check_changed(
        taken=TrainingPlace.objects.filter(training=row, left_at=None).count(),
        most=said.most,
        days=list(TrainingSession.objects.filter(training=row).values_list("day", flat=True)),
        first=said.starts_on,
        last=said.ends_on,
        opens=row.is_confidential and not said.is_confidential,
    )
    Training.objects.filter(pk=row.pk).update(**checked, open_at=None if said.is_confidential else row.open_at or at)


def _checked(actor: Membership, said: Planned, *, group: Group | None, at: datetime) -> dict[str, Any]:
    """What stands in the row, when it may."""
    rules.check_training(
        most=said.most, starts_on=said.starts_on, ends_on=said.ends_on, topic=said.topic, is_confidential=said.is_confidential
    )
    if str(said.trainer) not in dict(queries.trainers(actor, at=at)):
        raise NotToChoose
    named = {name: getattr(said, name) for name in ("title", "intervention", "outside", "most", "starts_on", "ends_on")}
    return {**named, "topic": said.topic.value, "trainer_id": said.trainer, "group": group, "edited_at": at}


def _class(actor: Membership, key: UUID | None, *, at: datetime) -> Group | None:
    return next((group for group in queries.classes(actor, at=at) if group.pk == key), None)


@action("training.place_given", needs=Verb.WRITE, of=Record.TRAINING_PLACE)
def add_pupil(actor: Membership, training: Training, pupil: Pupil, goal: str, *, at: datetime) -> TrainingPlace:
    """Raises TrainingClosed, InTrainingAlready, TrainingFull, TrainingGoalMissing. Who left before, comes back on the same place, and
    somebody says yes anew: who left may have taken a yes back.
    """
    row = _open(training)
    places = TrainingPlace.objects.filter(training=row)
    there = places.filter(left_at=None)
    rules.check_place(taken=there.count(), most=row.most, is_in=there.filter(pupil=pupil).exists(), goal=goal)
    made, _new = places.update_or_create(
        school_id=row.school_id,
        training=row,
        pupil=pupil,
        defaults={"goal": goal, "added_by": actor, "added_at": at, "left_at": None, "yes": {}},
    )
    return made


def _open(training: Training) -> Training:
    row = Training.objects.select_for_update().get(pk=training.pk)
    rules.refuse_closed(row.closed_at)
    return row


@action("training.agreed", needs=Verb.WRITE)
def agree(actor: Membership, place: TrainingPlace, who: Hashable, *, said_on: date, at: datetime) -> None:
    """That one guardian with authority (by key), or the pupil, said yes. Raises AgreedInFuture, NobodyAgreed, TrainingClosed."""
    _open(place.training)
    rules.check_agreement(said_on, who, deciders_of(place.pupil, at=at), on=timezone.localdate(at))
    row = TrainingPlace.objects.get(pk=place.pk)  # nobody else writes while the training is held
    noted = {"on": said_on.isoformat(), "noted_by": str(actor.pk)}
    TrainingPlace.objects.filter(pk=row.pk).update(yes={**row.yes, row.ONESELF if who is PUPIL else str(who): noted})


@action("training.levels_said", needs=Verb.WRITE)
def say_levels(actor: Membership, place: TrainingPlace, before: int | None, after: int | None) -> None:  # noqa: ARG001
    """From nought to ten, as the pupil says it. Raises LevelOutside, TrainingClosed."""
    _open(place.training)
    rules.check_levels(before, after)
    TrainingPlace.objects.filter(pk=place.pk).update(before=before, after=after)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What stays of it outside the training: where, who helps to think of it, when somebody looked and what was seen."""

    where: str
    who: str
    looked_on: date | None
    seen: str = ""


@action("training.transfer_looked", needs=Verb.WRITE)
def look_at_transfer(actor: Membership, place: TrainingPlace, said: Transfer, *, at: datetime) -> None:  # noqa: ARG001
    """Raises TransferUnfinished, TrainingClosed."""
    _open(place.training)
    rules.check_transfer(where=said.where, who=said.who, looked_on=said.looked_on, on=timezone.localdate(at))
    TrainingPlace.objects.filter(pk=place.pk).update(
        transfer_where=said.where, transfer_who=said.who, transfer_on=said.looked_on, transfer_seen=said.seen
    )


@action("training.left", needs=Verb.WRITE)
def leave(actor: Membership, place: TrainingPlace, *, at: datetime) -> None:  # noqa: ARG001
    """A pupil takes part no more."""
    _open(place.training)
    TrainingPlace.objects.filter(pk=place.pk, left_at=None).update(left_at=at)


@action("training.session_planned", needs=Verb.WRITE, of=Record.TRAINING_SESSION)
def add_session(actor: Membership, training: Training, day: date, about: str) -> TrainingSession:  # noqa: ARG001
    """Raises SessionOutside, SessionThatDay, TrainingClosed."""
    row = _open(training)
    others = TrainingSession.objects.filter(training=row).values_list("day", flat=True)
    rules.check_session(day, first=row.starts_on, last=row.ends_on, others=list(others))
    return TrainingSession.objects.create(school_id=row.school_id, training=row, day=day, about=about)


@action("training.attended", needs=Verb.WRITE, of=Record.TRAINING_ATTENDANCE)
def attend(actor: Membership, session: TrainingSession, place: UUID, *, came: bool, at: datetime) -> TrainingAttendance:
    """One pupil was there or not; saying it again changes it. Raises SessionToCome, NotAgreedYet, NotToChoose, TrainingClosed."""
    _open(session.training)
    row = may(actor, TrainingPlace, Verb.WRITE, at=at).filter(pk=place, training=session.training_id, left_at=None).first()
    if row is None:
        raise NotToChoose
    agreed_on = rules.agreed_since(deciders_of(row.pupil, at=at), row.said_yes())
    rules.check_attendance(session.day, agreed_on, on=timezone.localdate(at))
    said = {"came": came, "noted_at": at}
    made, _new = TrainingAttendance.objects.update_or_create(school_id=row.school_id, place=row, session=session, defaults=said)
    return made


@action("training.closed", needs=Verb.WRITE)
def close(actor: Membership, training: Training, closing: str, *, at: datetime) -> None:  # noqa: ARG001
    """With what came of it. Raises TransferMissing: of each pupil somebody looked whether it is used outside the training."""
    row = _open(training)
    places = TrainingPlace.objects.filter(training=row, left_at=None)
    rules.check_closing(looked is not None for looked in places.values_list("transfer_on", flat=True))
    Training.objects.filter(pk=row.pk).update(closed_at=at, closing=closing)


@action("training.wish_set", needs=Verb.WRITE, of=Record.TRAINING_WISH)
def wish_resilience(actor: Membership, school: School, *, is_on: bool, at: datetime) -> None:
    """From now on the school wants a training in resilience for every groep 7, or does not."""
    about = {"school": school, "topic": rules.Topic.RESILIENCE.value, "year_level": rules.RESILIENCE_YEAR}
    held = TrainingWish.objects.filter(live(at), **about)
    if is_on and not held.exists():
        TrainingWish.objects.create(**about, set_by=actor, from_at=at)
    if not is_on:
        for one in held:
            TrainingWish.objects.filter(pk=one.pk).update(until_at=max(at, one.from_at + A_MOMENT))
