"""Whom a pupil trusts: asked by the pupil or the teacher, and it is nobody who did not say yes."""

from datetime import datetime, timedelta

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.gatherings import refuse_second_trusted
from kring.core.talks import NotToChoose
from kring.web.action import action
from kring.web.gatherings.models import TrustedAdult
from kring.web.gatherings.trusted.queries import adult
from kring.web.people.intake import tell
from kring.web.schools.models import Membership, Pupil, live
from kring.web.tasks.intake import give_task, lapse_about, settle_about

ASKED = "trusted_adult.asked"
A_WEEK = timedelta(days=7)
A_MOMENT = timedelta(microseconds=1)


@action("trusted_adult.asked", needs=Verb.WRITE, of=Record.TRUSTED_ADULT)
def ask_adult(actor: Membership, pupil: Pupil, chosen: str, *, at: datetime) -> TrustedAdult:
    """A task of that adult, to say yes or no. Raises NotToChoose, AskedAsTrustedAlready."""
    whom = adult(actor, chosen, at=at)
    if whom is None:
        raise NotToChoose
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    waiting = TrustedAdult.objects.filter(live(at), pupil=pupil)
    refuse_second_trusted(is_asked=waiting.filter(agreed_at=None).exists() or waiting.filter(membership=whom).exists())
    of_pupil = Role(actor.role) is Role.PUPIL
    made = TrustedAdult.objects.create(
        school_id=pupil.school_id, pupil=pupil, membership=whom, asked_by=actor, is_pupils_choice=of_pupil, from_at=at
    )
    give_task(whom, ASKED, due_on=timezone.localdate(at + A_WEEK), at=at, about=made, pupil=pupil)
    tell([whom], "trusted_adult.asked", made, at=at)
    return made


@action("trusted_adult.answered", needs=Verb.ANSWER)
def answer(actor: Membership, trusted: TrustedAdult, *, says_yes: bool, at: datetime) -> None:  # noqa: ARG001
    """Yes, or no: then somebody else is asked."""
    rows = TrustedAdult.objects.filter(live(at), pk=trusted.pk, agreed_at=None)
    if says_yes:
        rows.update(agreed_at=at)
    else:
        rows.update(until_at=max(at, trusted.from_at + A_MOMENT))
    settle_about(trusted, ASKED, at=at)


@action("trusted_adult.ended", needs=Verb.WRITE)
def end(actor: Membership, trusted: TrustedAdult, *, at: datetime) -> None:  # noqa: ARG001
    """It is this adult no more; or need not answer any more."""
    TrustedAdult.objects.filter(live(at), pk=trusted.pk).update(until_at=max(at, trusted.from_at + A_MOMENT))
    lapse_about(trusted, at=at)
