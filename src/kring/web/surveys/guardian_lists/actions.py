"""Ask the guardians of one pupil for a list, remind them, and withdraw it. One pupil at a time: there is no way to ask a class."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core.access import Record, Role, Verb
from kring.core.calendar import check_round_days
from kring.core.guardian_lists import NoGuardianToAsk, NothingToRemindOf, check_asked, check_may_hear, check_reason, check_reminder
from kring.core.instruments import Instrument
from kring.core.objections import refuse_not_taking_part
from kring.core.rounds import Window
from kring.web.action import action
from kring.web.instruments.queries import check_may_ask
from kring.web.people.intake import guardian_hat, tell
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Guardian, Membership, Pupil, School, SchoolYear, live
from kring.web.surveys.family.intake import forget_begun, refusing
from kring.web.surveys.guardian_lists import codes, queries
from kring.web.surveys.models import GuardianInvitation, ListLetter, Round

TOLD = "guardian_list.asked"


@dataclass(frozen=True, slots=True)
class ForGuardians:
    """Which list, of whom, why, and until when."""

    instrument: Instrument
    guardians: tuple[UUID, ...]
    reason: str
    window: Window


@action("guardian_list.asked", needs=Verb.WRITE, of=Record.GUARDIAN_INVITATION)
def ask_guardians(actor: Membership, pupil: Pupil, wanted: ForGuardians, *, at: datetime) -> list[GuardianInvitation]:
    """Each guardian who was chosen fills in an own list; they read the reason. Everybody or nobody is asked."""
    school = School.objects.select_for_update().get(pk=pupil.school_id)
    reason = check_reason(wanted.reason)
    check_round_days(calendar_of(school), opens_on=wanted.window.opens_on, closes_on=wanted.window.closes_on)
    check_may_ask(school.pk, wanted.instrument, through=wanted.window.closes_on)
    key = wanted.instrument.key
    refuse_not_taking_part(len(refusing(school, key, pupil.pk, wanted.guardians, at)))
    may_be_asked = {tie.guardian_id for tie in queries.guardians_to_ask(pupil, at=at)}
    check_asked(wanted.guardians, may_be_asked, _asked_now(pupil, key, wanted.guardians, at))
    seat = queries.seat_of(pupil, at=at)
    if seat is None:
        raise NoGuardianToAsk
    about = {"school": school, "round": _round(school, wanted), "group": seat.group, "pupil": pupil, "reason": reason}
    made = [GuardianInvitation(**about, guardian_id=one, asked_by=actor, asked_at=at) for one in dict.fromkeys(wanted.guardians)]
    kept = GuardianInvitation.objects.bulk_create(made)
    for one in kept:
        _tell(one, at)
    return kept


@action("guardian_list.reminded", needs=Verb.WRITE)
def remind_guardian(actor: Membership, asked: GuardianInvitation, *, at: datetime) -> None:  # noqa: ARG001
    """Once a week at most, and only who has a say about this pupil still."""
    asked.refresh_from_db(from_queryset=GuardianInvitation.objects.select_for_update(of=("self",)).select_related("round"))
    check_may_hear(asked.guardian_id, {tie.guardian_id for tie in queries.guardians_to_ask(asked.pupil, at=at)})
    check_reminder(asked.asked_at, asked.reminded_at, is_open=queries.stands_open(asked, at=at), at=at)
    asked.reminded_at = at
    asked.save(update_fields=["reminded_at"])
    _tell(asked, at)


@action("guardian_list.withdrawn", needs=Verb.WRITE)
def withdraw_guardian_list(actor: Membership, asked: GuardianInvitation, *, at: datetime) -> None:  # noqa: ARG001
    """This guardian is asked no more; that it was asked stays on record."""
    asked.refresh_from_db(from_queryset=GuardianInvitation.objects.select_for_update(of=("self",)).select_related("round"))
    if not queries.stands_open(asked, at=at):
        raise NothingToRemindOf
    forget_begun(GuardianInvitation.objects.filter(pk=asked.pk))
    asked.withdrawn_at = at
    asked.save(update_fields=["withdrawn_at"])


@dataclass(frozen=True, slots=True)
class Paper:
    """The code of a letter with its text, for the one PDF that shows it."""

    asked: GuardianInvitation
    code: str


@action("list_letter.made", needs=Verb.WRITE, of=Record.LIST_LETTER)
def write_letter(actor: Membership, asked: GuardianInvitation, *, at: datetime) -> Paper:
    """A letter with which this guardian answers without an account; it takes the place of an older one."""
    asked.refresh_from_db(from_queryset=GuardianInvitation.objects.select_for_update(of=("self",)).select_related("round", "guardian"))
    check_may_hear(asked.guardian_id, {tie.guardian_id for tie in queries.guardians_to_ask(asked.pupil, at=at)})
    if not queries.stands_open(asked, at=at):
        raise NothingToRemindOf
    guardian_hat(asked.guardian, at=at)  # in which the list is filled in: whoever holds the letter may do what this guardian may
    code = codes.made()
    ListLetter.objects.filter(guardian_invitation=asked).delete()
    ListLetter.objects.create(
        school_id=asked.school_id,
        guardian_invitation=asked,
        front_hash=codes.front_hash(code),
        code_hash=codes.code_hash(code),
        made_by=actor,
        made_at=at,
    )
    return Paper(asked, code)


def _asked_now(pupil: Pupil, key: str, guardians: Collection[UUID], at: datetime) -> set[UUID]:
    rows = GuardianInvitation.objects.filter(pupil=pupil, guardian__in=list(guardians), round__instrument=key).select_related("round")
    return {row.guardian_id for row in rows if queries.stands_open(row, at=at)}


def _round(school: School, wanted: ForGuardians) -> Round:
    """Of this pupil's guardians alone: nobody finds it who may not know of it (web/access.py)."""
    window = wanted.window
    year = SchoolYear.objects.filter(school=school, starts_on__lte=window.opens_on, ends_on__gte=window.opens_on).get()
    return Round.objects.create(
        school=school,
        year=year,
        instrument=wanted.instrument.key,
        version=wanted.instrument.version,
        title=wanted.instrument.title[:120],
        opens_on=window.opens_on,
        closes_on=window.closes_on,
        asks=Round.Asks.GUARDIANS,
    )


def _tell(asked: GuardianInvitation, at: datetime) -> None:
    """Who has a hat here reads it on the first page; who has none gets a letter from the school first."""
    guardian = Guardian.objects.get(pk=asked.guardian_id)
    hats = Membership.objects.filter(live(at), school=asked.school_id, person=guardian.person_id, role=Role.GUARDIAN.value)
    tell(hats.exclude(person=None), TOLD, asked, at=at)
