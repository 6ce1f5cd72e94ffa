"""Whose words can be asked, and my own."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from kring.core.access import Role, Verb
from kring.core.ages import RIGHTS_HOLDER
from kring.web.access import may, may_do
from kring.web.schools.models import Guardian, GuardianAccess, Guardianship, Membership, Pupil, live, younger_than
from kring.web.understanding.models import Understanding, Voice


def to_ask(actor: Membership, found: Understanding, *, at: datetime) -> list[tuple[str, str]]:
    """Who of pupil, guardians with authority and school has no panel yet: value and name."""
    if found.pupil is None:
        return []
    there = {(one.whose, one.guardian_id) for one in may(actor, Voice, Verb.READ).filter(understanding=found)}
    guardians = [one for one in guardians_of(actor, found.pupil, at=at) if (Voice.Whose.GUARDIAN, one.pk) not in there]
    own = [(Voice.Whose.PUPIL, str(found.pupil)), (Voice.Whose.SCHOOL, str(Voice.Whose.SCHOOL.label))]
    return [(whose.value, name) for whose, name in own if (whose, None) not in there] + [(str(one.pk), str(one)) for one in guardians]


def guardians_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Guardian]:
    """Those with parental authority now; from 16 on those whom the pupil lets read along."""
    let_in = Exists(GuardianAccess.objects.filter(live(at), guardianship=OuterRef("pk")))
    asked = younger_than(RIGHTS_HOLDER, at, "pupil__") | Q(let_in)
    ties = may(actor, Guardianship, Verb.READ, at=at).filter(live(at), asked, pupil=pupil, has_authority=True)
    return sorted({one.guardian for one in ties.select_related("guardian")}, key=str)


def mine(actor: Membership) -> list[Voice]:
    """What was asked of me, in this hat: the newest first, and never anybody else's."""
    rows = may(actor, Voice, Verb.READ).filter(whose=_whose(actor)).select_related("pupil", "understanding", "asked_by__person")
    return list(rows.order_by("-asked_at", "pk"))


def waiting(actor: Membership) -> list[Voice]:
    """What I was asked and have not told yet."""
    mine_to_write = set(may(actor, Voice, Verb.WRITE).values_list("pk", flat=True))
    return [one for one in mine(actor) if one.written_at is None and one.understanding.settled_at is None and one.pk in mine_to_write]


def may_write(actor: Membership, voice: Voice) -> bool:
    """Whether these are my own words, and I may write them now."""
    return voice.whose == _whose(actor) and may_do(actor, voice, Verb.READ) and may_do(actor, voice, Verb.WRITE)


def _whose(actor: Membership) -> str:
    return Voice.Whose.PUPIL if Role(actor.role) is Role.PUPIL else Voice.Whose.GUARDIAN


def last_written(voice: Voice) -> datetime:
    """When it was last written, or asked."""
    return voice.written_at or voice.asked_at


def is_theirs(voice: Voice) -> bool:
    """Written by pupil or guardian themselves."""
    return voice.whose != Voice.Whose.SCHOOL and voice.written_at is not None and voice.written_down_by_id is None


def hat_of(voice: Voice, *, at: datetime) -> Membership | None:
    """In which whose words they are can log in; nobody gets an account by being asked."""
    person, role = (voice.guardian.person_id, Role.GUARDIAN) if voice.guardian else (voice.pupil.person_id, Role.PUPIL)
    found = Membership.objects.filter(live(at), school_id=voice.school_id, person=person, role=role.value)
    return found.select_related("person").first() if person else None
