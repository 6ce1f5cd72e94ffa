"""Not taking part in a list, and taking that back: at once, in every round that is open."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kring.core.access import FAMILY, Record, Role, Verb
from kring.core.consents import PUPIL
from kring.core.objections import NotYoursToObject, check_objects, check_takes_back
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.consents.queries import deciders_of, who_am_i
from kring.web.people.intake import holders
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Guardian, Membership, Pupil, School, live
from kring.web.surveys.family.intake import ask_again, forget_begun, forget_late, lists_refused_by
from kring.web.surveys.family.withdrawing import forget_all
from kring.web.surveys.models import GuardianInvitation, Invitation, Objection, Round
from kring.web.tasks.intake import give_task, settle_about

A_MOMENT = timedelta(microseconds=1)
TALK_WITHIN = 5  # school days
TO_TALK = "objection.answers_there"


@action("objection.made", needs=Verb.WRITE, of=Record.OBJECTION)
def object_to(actor: Membership, pupil: Pupil, instrument: str, *, at: datetime) -> Objection:
    """Say for oneself, or for one's child: not in this list. What stands open is withdrawn; of a list of classmates the choices go too."""
    return _object(pupil, _speaker(actor), instrument, at=at, on_paper=False)


@action("objection.recorded_on_paper", needs=Verb.WRITE, of=Record.OBJECTION)
def object_on_paper(actor: Membership, pupil: Pupil, who: Guardian | None, instrument: str, *, at: datetime) -> Objection:
    """Write down what a guardian, or (without a guardian) the pupil, said on paper or in a talk."""
    if Role(actor.role) in FAMILY:
        raise NotPermitted
    return _object(pupil, who, instrument, at=at, on_paper=True)


@action("objection.taken_back", needs=Verb.WRITE)
def take_back(actor: Membership, objection: Objection, *, at: datetime) -> None:
    """From now on the list is asked again; in rounds that are still open at once, unless somebody else objects too."""
    _hold(objection.school_id, objection.instrument)
    objection.refresh_from_db()
    needed = deciders_of(Pupil.objects.select_related("school").get(pk=objection.pupil_id), at=at)
    whose = objection.guardian_id or PUPIL
    who = (_speaker(actor) if Role(actor.role) in FAMILY else objection.guardian) or PUPIL
    is_over = objection.until_at is not None and objection.until_at <= at
    check_takes_back(needed, who.pk if isinstance(who, Guardian) else who, whose, is_over=is_over)
    objection.until_at = max(at, objection.from_at + A_MOMENT)
    objection.save(update_fields=["until_at"])
    settle_about(objection, TO_TALK, at=at)
    _ask_again(objection, at)


def _speaker(actor: Membership) -> Guardian | None:
    """Who says it: the guardian that the actor is, or (None) the pupil self."""
    if actor.role == Role.PUPIL.value:
        return None
    guardian = who_am_i(actor)
    if guardian is None:
        raise NotYoursToObject
    return guardian


def _object(pupil: Pupil, who: Guardian | None, instrument: str, *, at: datetime, on_paper: bool) -> Objection:
    """One after the other with whoever opens a round, or invites newcomers to one, at this moment: the rounds first, as everywhere."""
    _hold(pupil.school_id, instrument)
    about = {"school_id": pupil.school_id, "pupil": pupil, "instrument": instrument}
    standing = [one.guardian_id or PUPIL for one in Objection.objects.filter(live(at), **about)]
    check_objects(deciders_of(pupil, at=at), who.pk if who else PUPIL, standing)
    made = Objection.objects.create(**about, guardian=who, on_paper=on_paper, from_at=at)
    forget_all(pupil, instrument, at=at)
    of_pupil, of_guardians = lists_refused_by(made)
    for waiting in (of_pupil.filter(submission=None, withdrawn_at=None), of_guardians.filter(answered_at=None, withdrawn_at=None)):
        forget_begun(waiting)
        waiting.update(withdrawn_at=at)
    own = {"guardian": who} if who else {}
    forget_late(Invitation.objects.filter(pupil=pupil, round__instrument=instrument))
    forget_late(GuardianInvitation.objects.filter(pupil=pupil, round__instrument=instrument, **own))
    came_in = {"pupil": pupil, "round__instrument": instrument}
    if (
        Invitation.objects.filter(**came_in, submission__isnull=False).exists()
        or GuardianInvitation.objects.filter(**came_in, answered_at__isnull=False).exists()
    ):
        _talk_about_answers(made, at)
    return made


def _hold(school_id: UUID, instrument: str) -> None:
    list(Round.objects.select_for_update().filter(school=school_id, instrument=instrument, closed_at=None).order_by("pk"))
    School.objects.select_for_update().get(pk=school_id)


def _talk_about_answers(made: Objection, at: datetime) -> None:
    """What was answered before stays: a person talks with the family about it, and no machine throws it away."""
    due_on = calendar_of(made.school).school_days_after(timezone.localdate(at), TALK_WITHIN)
    for hat in holders(made.school_id, Role.COORDINATOR, at=at):
        give_task(hat, TO_TALK, due_on=due_on, at=at, about=made, pupil=made.pupil_id)


def _ask_again(objection: Objection, at: datetime) -> None:
    """What an objection to this list withdrew, in rounds that are open still, of a pupil who is here still."""
    all_of_list = Objection.objects.filter(school=objection.school_id, pupil=objection.pupil_id, instrument=objection.instrument)
    said = list(all_of_list.values_list("from_at", flat=True))
    here = Enrolment.objects.filter(live(at), pupil=OuterRef("pupil"))
    for lists in lists_refused_by(objection):
        ask_again(lists.filter(Exists(here), withdrawn_at__in=said).values_list("pk", flat=True), at=at)
