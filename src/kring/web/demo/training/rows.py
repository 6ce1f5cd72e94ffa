"""A training that Anna gives with Noor, two meetings on the way, and a confidential one of Sanne: through the same actions as real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kring.core.trainings import Topic
from kring.web.schools.models import Membership, Pupil, School
from kring.web.trainings.actions import Planned, add_pupil, add_session, agree, attend, plan_training, say_levels
from kring.web.trainings.models import Training
from kring.web.trainings.queries import guardians_of

GOAL = "Ik durf in een groepje te zeggen wat ik vind."


def train(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna alone."""
    anna, bram, sanne = (members.get(name) for name in ("anna", "bram", "sanne"))
    noor = Pupil.objects.filter(school=school, given_name="Noor", person__isnull=False).first()
    if anna is None or bram is None or noor is None or anna.school_id != school.pk:
        return
    begun = now - timedelta(weeks=3)
    daring = _planned(bram, school, anna, "Durven in een kleine groep", Topic.SOCIAL_SKILLS, begun, confidential=False)
    _takes_part(bram, anna, daring, noor, begun, now)
    if sanne is not None and sanne.school_id == school.pk:
        _planned(bram, school, sanne, "Als je iemand mist", Topic.GRIEF, begun, confidential=True)


def _planned(
    bram: Membership, school: School, trainer: Membership, title: str, topic: Topic, begun: datetime, *, confidential: bool
) -> Training:
    said = Planned(
        title=title,
        topic=topic,
        trainer=trainer.pk,
        most=8,
        is_confidential=confidential,
        starts_on=begun.date(),
        ends_on=begun.date() + timedelta(weeks=8),
    )
    return plan_training(bram, school, said, at=begun)


def _takes_part(bram: Membership, anna: Membership, training: Training, noor: Pupil, begun: datetime, now: datetime) -> None:
    place = add_pupil(anna, training, noor, GOAL, at=begun)
    parents = guardians_of(bram, noor, at=begun)
    if not parents:
        return
    for parent in parents:
        agree(bram, place, parent.pk, said_on=begun.date(), at=begun)
    say_levels(anna, place, 3, None)
    for number in range(4):
        day = begun + timedelta(weeks=number)
        session = add_session(anna, training, day.date(), "Om de beurt iets zeggen" if number else "Elkaar leren kennen")
        if day < now:
            attend(anna, session, place.pk, came=number != 1, at=day)
