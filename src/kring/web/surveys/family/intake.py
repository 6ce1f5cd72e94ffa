"""Doors for the features that ask pupils something: who does not take part, and telling at home that a list is asked."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kring.core.access import Role
from kring.core.ages import RIGHTS_HOLDER
from kring.web.people.intake import tell_each
from kring.web.people.models import Notice
from kring.web.schools.models import GuardianAccess, Guardianship, Membership, Pupil, School, live, younger_than
from kring.web.surveys.models import GuardianInvitation, Invitation, Objection, Round

Told = tuple[Membership, str, Pupil]
ABOUT_YOUR_CHILD, ABOUT_YOU = "round.about_your_child", "round.about_you"


def objecting(school: School, instrument_key: str, pupils: Iterable[UUID], at: datetime) -> set[UUID]:
    """Which of these pupils do not take part in this list at this moment; of nobody else is anything said."""
    found = Objection.objects.filter(live(at), school=school, instrument=instrument_key, pupil__in=list(pupils))
    return set(found.values_list("pupil_id", flat=True))


def refusing(school: School, instrument_key: str, pupil: UUID, guardians: Iterable[UUID], at: datetime) -> set[UUID]:
    """Which of these guardians fill in nothing about this pupil: who said no to it; all of them when the pupil did. One parent's no is
    not the other's."""
    asked = set(guardians)
    found = Objection.objects.filter(live(at), school=school, instrument=instrument_key, pupil=pupil)
    said = set(found.values_list("guardian_id", flat=True))
    return asked if None in said else asked & said


def bring_objections_in_step(round: Round, *, at: datetime) -> None:
    """What was said while the round was closed: who objected is asked nothing, and who took it back is asked again."""
    withdraw_refused(at=at, round=round)
    for rows in _waited_for():
        said = _against(rows, Objection.objects.filter(from_at=OuterRef("withdrawn_at")))
        ask_again(rows.filter(Exists(said), round=round).values_list("pk", flat=True), at=at)


def withdraw_refused(*, at: datetime, **where: Any) -> list[UUID]:
    """In open rounds: whoever does not take part is asked nothing. `where` narrows the lists (`round=…`, `pupil=…`).

    They are withdrawn from the moment of the no, so that taking it back asks again.
    """
    done: list[UUID] = []
    for rows in _waited_for():
        refused_at = Subquery(_refusals(rows, at).order_by("from_at").values("from_at")[:1])
        waiting = rows.filter(withdrawn_at=None, round__closed_at=None, **where).annotate(refused_at=refused_at)
        for key, since in waiting.exclude(refused_at=None).values_list("pk", "refused_at"):
            rows.filter(pk=key).update(withdrawn_at=since)
            forget_begun(rows.filter(pk=key))
            done.append(key)
    return done


def forget_begun(rows: "QuerySet[Invitation] | QuerySet[GuardianInvitation]") -> None:
    """What somebody was filling in and is not asked any more, goes at once: it was nobody else's yet."""
    for one in rows.filter(filling__isnull=False).select_related("filling"):
        one.filling.delete()


def forget_late(rows: "QuerySet[Invitation] | QuerySet[GuardianInvitation]") -> None:
    """What came in too late and waits to be taken in, goes as well; what was thrown away stays to say why."""
    for one in rows.filter(set_aside__isnull=False, set_aside__thrown_at=None).select_related("set_aside"):
        one.set_aside.delete()


def ask_again(keys: Iterable[UUID], *, at: datetime) -> None:
    """What was withdrawn because of a no, but for what is refused still."""
    wanted = list(keys)
    for rows in _waited_for():
        again = list(rows.filter(~Exists(_refusals(rows, at)), pk__in=wanted).values_list("pk", flat=True))
        rows.filter(pk__in=again).update(withdrawn_at=None)


def _waited_for() -> "tuple[QuerySet[Any], ...]":
    return Invitation.objects.filter(submission=None), GuardianInvitation.objects.filter(answered_at=None)


def _refusals(rows: "QuerySet[Any]", at: datetime) -> "QuerySet[Objection]":
    return _against(rows, Objection.objects.filter(live(at)))


def _against(rows: "QuerySet[Any]", said: "QuerySet[Objection]") -> "QuerySet[Objection]":
    """What was said about these lists: of a list of one guardian what that guardian said, or the pupil."""
    found = said.filter(pupil=OuterRef("pupil"), instrument=OuterRef("round__instrument"))
    if rows.model is GuardianInvitation:
        found = found.filter(Q(guardian=None) | Q(guardian=OuterRef("guardian")))
    return found


def lists_refused_by(objection: Objection) -> "tuple[QuerySet[Invitation], QuerySet[GuardianInvitation]]":
    """The lists about the pupil that this no is about, in open rounds: of guardians those of the own hand, and everybody's when the pupil
    said it."""
    about = {"pupil": objection.pupil_id, "round__instrument": objection.instrument, "round__closed_at": None}
    own = {} if objection.guardian_id is None else {"guardian": objection.guardian_id}
    return Invitation.objects.filter(**about), GuardianInvitation.objects.filter(**about, **own)


def tell_families(school_id: UUID, pupils: Collection[UUID], *, at: datetime) -> None:
    """Who may speak about these pupils reads that a list is asked: once per child, however many lists are opened at this moment.

    Who has no way in yet reads it when there is one.
    """
    told = Notice.objects.filter(school=school_id, event__in=(ABOUT_YOUR_CHILD, ABOUT_YOU), at=at)
    new = set(pupils) - set(told.values_list("record_id", flat=True))
    found = Pupil.objects.filter(school=school_id, pk__in=new)
    grown = found.exclude(younger_than(RIGHTS_HOLDER, at)).exclude(person=None)
    tell_each([*_guardians(found, at), *_of(Role.PUPIL, ABOUT_YOU, [(one.person_id, one) for one in grown], at)], at=at)


def _guardians(pupils: "QuerySet[Pupil]", at: datetime) -> Iterator[Told]:
    """With authority; from sixteen only those whom the pupil lets read along."""
    let_in = Exists(GuardianAccess.objects.filter(live(at), guardianship=OuterRef("pk")))
    ties = Guardianship.objects.filter(live(at), younger_than(RIGHTS_HOLDER, at, "pupil__") | let_in, pupil__in=pupils, has_authority=True)
    found = ties.exclude(guardian__person=None).select_related("pupil", "guardian").order_by("pupil_id", "pk")
    return _of(Role.GUARDIAN, ABOUT_YOUR_CHILD, [(tie.guardian.person_id, tie.pupil) for tie in found], at)


def _of(role: Role, event: str, about: Collection[tuple[UUID | None, Pupil]], at: datetime) -> Iterator[Told]:
    """In the hat that each of these persons has at the school of the pupil."""
    schools = {pupil.school_id for _person, pupil in about}
    hats = Membership.objects.filter(live(at), school__in=schools, role=role.value, person__in={person for person, _pupil in about})
    by_person: dict[tuple[UUID, UUID | None], Membership] = {(hat.school_id, hat.person_id): hat for hat in hats}
    return ((hat, event, pupil) for person, pupil in about if (hat := by_person.get((pupil.school_id, person))))
