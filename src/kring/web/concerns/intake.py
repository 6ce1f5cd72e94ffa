"""A worry without a name: no event, no reading and no key to the pupil is kept, and no moment finer than a day. And the chore.

Three words are the way back. What is kept of them is a keyed hash, of this school.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from kring.core import worries
from kring.core.access import Role
from kring.core.talks import NotToChoose
from kring.web.concerns.models import ConcernMessage, PeerConcern
from kring.web.concerns.queries import CHOSEN
from kring.web.page import hat_label
from kring.web.people.dates import begins
from kring.web.people.intake import holders, pupil_hat, tell
from kring.web.schools.models import Membership, Pupil, School, live
from kring.web.signing_in.rows import count_within, counted_within
from kring.web.talk_requests.queries import listeners_for, promise_now
from kring.web.tasks.intake import give_task, settle_about
from kring.web.wall import schools_open

TO_ANSWER = "worry.answer"
AN_HOUR = timedelta(hours=1)
NAMELESS_STAYS = timedelta(days=365)
MAY_HEAR = (Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.CONFIDENTIAL_CONTACT)
HANDED_ON = gettext_noop(
    "De collega aan wie je dit vertelde, werkt hier niet meer. Daarom leest nu iemand anders van school dit: %(name)s, %(function)s."
)


@dataclass(frozen=True, slots=True)
class Told:
    """To whom, about whom and what: as the pupil wrote it."""

    listener: Membership
    about: str
    text: str


def put_down(pupil: Pupil, told: Told, *, key: str, at: datetime) -> PeerConcern:
    """With a key instead of the pupil, or with the pupil. Raises NotToChoose and what `worries.said` raises."""
    text = worries.said(told.text)
    if told.listener.pk not in {one.hat.pk for one in listeners_for(pupil, at=at)}:
        raise NotToChoose
    when = begins(timezone.localdate(at)) if key else at
    made = PeerConcern.objects.create(
        school_id=pupil.school_id,
        pupil=None if key else pupil,
        receiver=told.listener,
        about=" ".join(told.about.split())[:120],
        key_hash=key,
        asked_at=when,
        answer_by_on=promise_now(pupil, at=at).answer_by_on,
    )
    add_turn(made, text, at=when)
    give_task(told.listener, TO_ANSWER, due_on=made.answer_by_on, at=when, about=made)
    tell([told.listener], "worry.told", made, at=when)
    return made


def add_turn(concern: PeerConcern, text: str, *, is_of_pupil: bool = True, by: Membership | None = None, at: datetime) -> ConcernMessage:
    """One more turn, after the others; not of the pupil and of nobody: Kring's own. Raises WorryEnded and what `worries.said` raises."""
    row = PeerConcern.objects.select_for_update().get(pk=concern.pk)
    worries.refuse_ended(row.ended_at)
    last = row.messages.aggregate(last=Max("turn"))["last"] or 0
    when = begins(timezone.localdate(at)) if is_of_pupil and row.key_hash else at
    return ConcernMessage.objects.create(
        school_id=row.school_id, concern=row, turn=last + 1, is_of_pupil=is_of_pupil, by=by, text=worries.said(text), sent_at=when
    )


# ---- without a name -------------------------------------------------------------------------------------------


def tell_without_name(pupil: Pupil, told: Told, *, number: str, at: datetime) -> str:
    """The three words, to be shown once. Who presses twice sends the number of the form twice, and gets the same words for one worry."""
    seed = f"{number or secrets.token_hex()} {told.listener.pk} {told.about} {told.text}"
    text = worries.said(told.text)
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=told.listener.pk)  # the second press waits; to lock the pupil leaves a trace
        for turn in count():
            words = worries.new_words(_chosen_by(f"{seed} {turn}"))
            key = _key(pupil.school, words)
            there = PeerConcern.objects.filter(school_id=pupil.school_id, key_hash=key).first()
            if there is None:
                put_down(pupil, told, key=key, at=at)
            if there is None or (there.receiver_id == told.listener.pk and there.messages.filter(turn=1, text=text).exists()):
                break
    return words


def _chosen_by(seed: str) -> Callable[[Sequence[str]], str]:
    """A source of chance that does the same again for the same form, and that nobody else can follow."""
    drawn = (hmac.digest(f"worry words {settings.SECRET_KEY}".encode(), f"{seed} {n}".encode(), "sha256") for n in count())
    return lambda words: words[int.from_bytes(next(drawn)) % len(words)]


def opened_by(actor: Membership, typed: str, *, at: datetime) -> PeerConcern:
    """The worry of these words. Raises TooManyWrongWords and WordsOpenNothing."""
    tries = _tries(actor)
    worries.refuse_guessing(counted_within(tries, AN_HOUR, at=at))
    words = worries.tidied(typed)
    key = _key(actor.school, words) if words else ""
    found = PeerConcern.objects.filter(school_id=actor.school_id, key_hash=key).first() if key else None
    if found is None:
        count_within(tries, AN_HOUR, at=at)
        raise worries.WordsOpenNothing
    return found


def add_without_name(concern: PeerConcern, text: str, *, at: datetime) -> None:
    """The pupil writes on; who was chosen hears of it."""
    with transaction.atomic():
        turn = add_turn(concern, text, at=at)
        tell([concern.receiver], "worry.went_on", concern, at=turn.sent_at)


def _tries(actor: Membership) -> str:
    """Under which wrong words are counted: a row that named the hat would say who told something without a name."""
    return hmac.digest(f"worry tries {settings.SECRET_KEY}".encode(), str(actor.pk).encode(), "sha256").hex()


def _key(school: School, words: str) -> str:
    return hmac.digest(f"worry {settings.SECRET_KEY}".encode(), f"{school.pk} {words}".encode(), "sha256").hex()


# ---- a chore --------------------------------------------------------------------------------------------------


def watch_over_worries(*, at: datetime) -> None:
    """School by school: who was told is reminded on the promised day; after it somebody else hears that a pupil waits, not who.

    What was told to somebody who works here no longer goes on to who is there for every pupil.
    """
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]), transaction.atomic():
            _hand_on(school, at)
            _remind(school, at)
            _tell_of_late(school, at)


def forget_nameless(*, at: datetime) -> None:
    """What was told without a name is in nobody's file, and would stay for ever: it goes after a year. School by school, a chore."""
    for school in School.objects.values_list("pk", flat=True):
        with schools_open([school]):
            PeerConcern.objects.filter(school_id=school, asked_at__lt=at - NAMELESS_STAYS).exclude(key_hash="").delete()


def _hand_on(school: School, at: datetime) -> None:
    """The pupil and who reads it from now on find the word of why among the turns. Where nobody is left, it waits."""
    here = Membership.objects.filter(live(at), school=school, person__is_active=True).select_related("person", "school")
    left = PeerConcern.objects.filter(school=school, ended_at=None).exclude(receiver__in=here)
    for row in left.select_related("receiver", "pupil").order_by("pk"):
        heir = _heir(row, here)
        if heir is None:
            continue
        PeerConcern.objects.filter(pk=row.pk).update(receiver=heir)
        add_turn(row, gettext(HANDED_ON) % {"name": heir.person, "function": hat_label(heir)}, is_of_pupil=False, at=at)
        if row.answered_at is None:
            settle_about(row, TO_ANSWER, at=at)
            give_task(heir, TO_ANSWER, due_on=row.answer_by_on, at=at, about=row)
        tell([heir], "worry.handed_on", row, at=at)
        if row.pupil:
            tell([pupil_hat(row.pupil, at=at)], "worry.read_by_another", row, at=at)


def _heir(row: PeerConcern, here: "QuerySet[Membership]") -> Membership | None:
    """Another hat of the same person, or else who is there for every pupil and is there the longest."""
    ordered = here.order_by("from_at", "pk")
    own = ordered.filter(person=row.receiver.person_id, role__in=[role.value for role in CHOSEN]).first()
    return own or next((hat for role in MAY_HEAR for hat in ordered.filter(role=role.value)[:1]), None)


def _remind(school: School, at: datetime) -> None:
    due = PeerConcern.objects.filter(
        school=school, answered_at=None, ended_at=None, reminded_at=None, answer_by_on__lte=timezone.localdate(at)
    )
    for row in due.select_related("receiver"):
        tell([row.receiver], "worry.still_waits", row, at=at)
        PeerConcern.objects.filter(pk=row.pk).update(reminded_at=at)


def _tell_of_late(school: School, at: datetime) -> None:
    waiting = PeerConcern.objects.filter(school=school, answered_at=None, ended_at=None, late_told_at=None)
    for row in waiting.filter(answer_by_on__lt=timezone.localdate(at)).select_related("receiver"):
        hearing = list(_who_hears(row, at))
        tell(hearing, "worry.waits_too_long", row, at=at)
        if hearing:
            PeerConcern.objects.filter(pk=row.pk).update(late_told_at=at)


def _who_hears(row: PeerConcern, at: datetime) -> Iterable[Membership]:
    for role in MAY_HEAR:
        found = holders(row.school_id, role, at=at, but=[row.receiver.person_id])
        if found:
            return found
    return []
