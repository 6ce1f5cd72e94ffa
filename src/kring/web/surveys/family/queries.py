"""The lists that are or may be asked about one child, every item beforehand, and in which of them the child does not take part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, Record, Role, Verb, rule_of
from kring.core.consents import PUPIL
from kring.core.instruments import About, Informant, Instrument, Item, Option
from kring.core.rounds import is_for
from kring.core.school_types import SECONDARY, SchoolType
from kring.library import instruments
from kring.web.access import may, may_do, rule_at
from kring.web.access_words import ROLES
from kring.web.consents.queries import deciders_of, who_am_i
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.queries import instrument_in, instruments_of
from kring.web.schools.models import Enrolment, Guardianship, Membership, Pupil, live
from kring.web.surveys.models import GuardianInvitation, Invitation, Objection, Round

A_YEAR = timedelta(days=365)


class State(StrEnum):
    """How a list stands that was asked once."""

    TO_COME = "to_come"
    OPEN = "open"
    DONE = "done"
    OVER = "over"
    NOT_ASKED = "not_asked"  # withdrawn: nothing is asked any more


@dataclass(frozen=True, slots=True)
class Asked:
    """One time that a list is asked about this child."""

    round: Round
    state: State
    reason: str = ""  # of a list for me alone
    mine: UUID | None = None  # the key under which it is I who fill it in
    is_begun: bool = False

    @property
    def is_to_fill_in(self) -> bool:
        """Whether I can do so now."""
        return self.mine is not None and self.state is State.OPEN

    @property
    def is_to_read_back(self) -> bool:
        """Whether what I handed in can be found again."""
        asked = self.round.offered
        return self.mine is not None and self.state is State.DONE and bool(asked.items) and not asked.anonymous


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list with everything that a family may know of it."""

    instrument: Instrument
    asked: tuple[Asked, ...]
    mine: Objection | None  # what I may take back
    takes_part: bool
    may_object: bool
    readers: tuple[str, ...] = ()  # of the school, by function, as the table of access says; of a list without names nobody

    @property
    def is_now(self) -> bool:
        """Whether something stands open, or will."""
        return any(one.state in {State.OPEN, State.TO_COME} for one in self.asked)

    @property
    def is_done(self) -> bool:
        """Whether it was filled in, and nothing is asked again."""
        return not self.is_now and any(one.state is State.DONE for one in self.asked)

    @property
    def is_sociogram(self) -> bool:
        return bool(self.instrument.questions)

    @property
    def blocks(self) -> tuple[tuple[tuple[Option, ...], tuple[Item, ...]], ...]:
        """The items, those with the same answers side by side."""
        return answered_alike(self.instrument)


@dataclass(frozen=True, slots=True)
class FamilyLists:
    """The lists about one child: those that run, those that are in, and those that the school may still ask."""

    now: tuple[ListLine, ...]
    done: tuple[ListLine, ...]
    later: tuple[ListLine, ...]
    decides: bool

    @property
    def lines(self) -> tuple[ListLine, ...]:
        return (*self.now, *self.done, *self.later)


def answered_alike(instrument: Instrument) -> tuple[tuple[tuple[Option, ...], tuple[Item, ...]], ...]:
    """Items that follow each other and have the same answers, with those answers once."""
    blocks: list[tuple[tuple[Option, ...], list[Item]]] = []
    for item in instrument.items:
        if not blocks or blocks[-1][0] != item.options:
            blocks.append((item.options, []))
        blocks[-1][1].append(item)
    return tuple((options, tuple(items)) for options, items in blocks)


def children(actor: Membership, *, at: datetime) -> list[Pupil]:
    """Myself, or the children about whom I may speak."""
    return list(may(actor, Pupil, Verb.READ, at=at))


def family_lists(actor: Membership, pupil: Pupil, *, at: datetime) -> FamilyLists:
    """As this parent, or the pupil, may know them."""
    asked = _asked(actor, pupil, at)
    offered = {one.key: one for one in _possible(actor, pupil, at)}
    newest = {key: max((one.round for one in times), key=lambda round: round.version).offered for key, times in asked.items()}
    known = {**offered, **newest}
    standing = _standing(actor, pupil, at)
    decides = _speaks(actor, pupil, at)
    lines = [_line(actor, one, asked.get(key, []), standing.get(key, []), decides, at) for key, one in known.items()]
    in_order = sorted(lines, key=lambda line: line.instrument.title)
    now, done = tuple(one for one in in_order if one.is_now), tuple(one for one in in_order if one.is_done)
    return FamilyLists(now, done, tuple(one for one in in_order if not one.is_now and not one.is_done), decides)


def _line(
    actor: Membership, instrument: Instrument, asked: Sequence[Asked], standing: Sequence[Objection], decides: bool, at: datetime
) -> ListLine:
    who = speaker(actor)
    own = next((one for one in standing if one.guardian_id == who), None) if decides else None
    if decides and who == PUPIL and own is None and standing and actor.role == Role.PUPIL.value and _alone(standing[0].pupil, at):
        own = standing[0]  # from sixteen also what a guardian said before
    in_time = tuple(sorted(asked, key=lambda one: one.round.opens_on, reverse=True))
    return ListLine(instrument, in_time, own, not standing, decides and own is None, _readers(instrument, actor.school.type))


def _readers(instrument: Instrument, school_type: str) -> tuple[str, ...]:
    if instrument.anonymous:
        return ()
    record = Record.NOMINATION if instrument.questions else _RECORDS[instrument.informant]
    roles = [role for role in Role if role not in FAMILY and rule_of(role, record, Verb.READ)]
    return tuple(
        str(_("ondersteuningscoördinator") if role is Role.COORDINATOR and school_type in SECONDARY else ROLES[role]) for role in roles
    )


_RECORDS = {Informant.PUPIL: Record.OWN_LIST, Informant.TEACHER: Record.TEACHER_LIST, Informant.GUARDIAN: Record.GUARDIAN_LIST}


def _alone(pupil: Pupil, at: datetime) -> bool:
    return deciders_of(pupil, at=at).guardians is None


def _speaks(actor: Membership, pupil: Pupil, at: datetime) -> bool:
    """Whether it is this one who says so: under 16 a guardian with authority, from 16 the pupil."""
    return speaker(actor) in deciders_of(pupil, at=at).everybody()


def speaker(actor: Membership) -> UUID | None:
    """The guardian that this actor is, or (None) the pupil."""
    guardian = who_am_i(actor)
    return guardian.pk if guardian else PUPIL


def _standing(actor: Membership, pupil: Pupil, at: datetime) -> Mapping[str, list[Objection]]:
    found: dict[str, list[Objection]] = {}
    rows = may(actor, Objection, Verb.READ, at=at).filter(live(at), pupil=pupil).select_related("pupil__school")
    for one in rows.order_by("from_at", "pk"):
        found.setdefault(one.instrument, []).append(one)
    return found


def _asked(actor: Membership, pupil: Pupil, at: datetime) -> dict[str, list[Asked]]:
    """Of the last year, and what is to come: of everybody the rounds, of guardians only what I myself am asked."""
    today = timezone.localdate(at)
    found: dict[str, list[Asked]] = {}
    lately = {"pupil": pupil, "round__closes_on__gte": today - A_YEAR}
    invited = may(actor, Invitation, Verb.READ, at=at).filter(**lately).annotate(is_in=_HANDED_IN, is_begun=_BEGUN)
    fills_in = may(actor, Invitation, Verb.WRITE, of=Record.OWN_LIST, at=at).filter(**lately)
    to_me = set(fills_in.values_list("pk", flat=True)) if actor.role == Role.PUPIL.value else set()
    for one in invited.select_related("round"):
        mine = one.pk if one.pk in to_me else None
        asked = Asked(one.round, _state(one, done=one.is_in, on=today), mine=mine, is_begun=one.is_begun)
        found.setdefault(one.round.instrument, []).append(asked)
    if rule_at(actor, Record.GUARDIAN_INVITATION, Verb.READ, at):
        own_lists = may(actor, GuardianInvitation, Verb.READ, at=at).filter(**lately).annotate(is_begun=_BEGUN)
        for own in own_lists.select_related("round"):
            state = _state(own, done=own.answered_at is not None, on=today)
            found.setdefault(own.round.instrument, []).append(Asked(own.round, state, own.reason, own.pk, own.is_begun))
    return found


_HANDED_IN = Exists(Invitation.objects.filter(Q(answered=True) | Q(submission__isnull=False), pk=OuterRef("pk")))
_BEGUN = Q(filling__isnull=False)


def _state(invitation: Invitation | GuardianInvitation, *, done: bool, on: date) -> State:
    if done:
        return State.DONE
    if invitation.withdrawn_at is not None:
        return State.NOT_ASKED
    if invitation.round.closed_at is not None or max(invitation.round.closes_on, _later(invitation)) < on:
        return State.OVER
    return State.TO_COME if invitation.round.opens_on > on else State.OPEN


@dataclass(frozen=True, slots=True)
class WaitingList:
    """A list that I may fill in now; about which child, for who has more than one."""

    key: UUID
    title: str
    pupil: Pupil
    closes_on: date
    is_begun: bool


def waiting_for_me(actor: Membership, *, at: datetime) -> list[WaitingList]:
    """Of all children about whom I have a say; a pupil's own. What closes first comes first."""
    today, to_come = timezone.localdate(at), {"withdrawn_at": None, "round__closed_at": None}
    of_mine = {"pupil__in": may(actor, Pupil, Verb.READ, at=at), "round__opens_on__lte": today, **to_come}
    rows: QuerySet[Invitation] | QuerySet[GuardianInvitation]
    if actor.role == Role.PUPIL.value:
        in_time = Q(round__closes_on__gte=today) | Q(answer_until__gte=today)
        rows = may(actor, Invitation, Verb.WRITE, of=Record.OWN_LIST, at=at).filter(in_time, answered=False, submission=None, **of_mine)
    else:
        own = may(actor, GuardianInvitation, Verb.WRITE, of=Record.GUARDIAN_LIST, at=at)
        rows = own.filter(answered_at=None, round__closes_on__gte=today, **of_mine)
    found = rows.select_related("round", "pupil").annotate(is_begun=_BEGUN).order_by("round__closes_on", "pk")
    return [WaitingList(one.pk, one.round.offered.title, one.pupil, max(one.round.closes_on, _later(one)), one.is_begun) for one in found]


def _later(invitation: Invitation | GuardianInvitation) -> date:
    """Who was not there may have longer than the others."""
    return (isinstance(invitation, Invitation) and invitation.answer_until) or date.min


def _possible(actor: Membership, pupil: Pupil, at: datetime) -> list[Instrument]:
    """Every list about a pupil of this year level that may be asked now, of the library and of the school."""
    enrolled = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil=pupil)
    levels = set(enrolled.values_list("year_level", flat=True))
    kind = SchoolType(actor.school.type)
    return [
        one
        for one in instruments_of(actor.school, on=timezone.localdate(at))
        if _is_asked_of_families(one) and any(is_for(one.year_levels, level, kind) for level in levels)
    ]


def _is_asked_of_families(one: Instrument) -> bool:
    """Not a form on which a teacher keeps own words, without anything that is counted: nobody is asked that, until a round is opened."""
    return one.about is About.PUPIL and bool(one.scales or one.questions or one.informant is not Informant.TEACHER)


@lru_cache(maxsize=1)
def newest_of_library() -> tuple[Instrument, ...]:
    """What the library has, in its newest versions."""
    newest: dict[str, Instrument] = {}
    for one in instruments():
        if one.key not in newest or newest[one.key].version < one.version:
            newest[one.key] = one
    return tuple(newest.values())


def released_here(school_id: UUID) -> list[Instrument]:
    """What the school wrote and released, in its newest versions."""
    released = OwnInstrument.objects.filter(school=school_id, released_at__isnull=False).order_by("version").values_list("key", "version")
    return [instrument_in(school_id, key, version) for key, version in dict(released).items()]


# ---- for the school -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A list in which a pupil does not take part."""

    title: str
    objection: Objection


def not_taking_part(actor: Membership, pupil: Pupil, *, at: datetime) -> list[str]:
    """The titles of the lists; not who said so."""
    return list(dict.fromkeys(one.title for one in _objections(actor, pupil, at)))


def objections_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[NotAsked]:
    """With who said so, for who keeps them."""
    return list(_objections(actor, pupil, at))


def _objections(actor: Membership, pupil: Pupil, at: datetime) -> Iterable[NotAsked]:
    verb = Verb.READ if rule_at(actor, Record.OBJECTION, Verb.READ, at) else Verb.COUNT
    standing = may(actor, Objection, verb, at=at).filter(live(at), pupil=pupil)
    for one in standing.select_related("guardian").order_by("from_at", "pk"):
        yield NotAsked(title_of(actor.school_id, one.instrument), one)


def title_of(school_id: UUID, key: str) -> str:
    """The title of the newest version; of what is there no longer its key."""
    known = {one.key: one.title for one in (*newest_of_library(), *released_here(school_id))}
    return known.get(key, key)


def one_objection(actor: Membership, objection: Objection) -> NotAsked:
    """One of them, for its page."""
    return NotAsked(title_of(actor.school_id, objection.instrument), objection)


def answered_before(actor: Membership, objection: Objection) -> list[Invitation | GuardianInvitation]:
    """The lists that had come in when somebody said that the pupil takes no part: they are still there."""
    of_list = {"pupil": objection.pupil_id, "round__instrument": objection.instrument}
    lists = may(actor, Invitation, Verb.READ).filter(**of_list, submission__submitted_at__lt=objection.from_at)
    from_home = may(actor, GuardianInvitation, Verb.READ).filter(**of_list, answered_at__lt=objection.from_at)
    return [one for rows in (lists, from_home) for one in rows.select_related("round").order_by("-round__opens_on")]


def lists_to_object(actor: Membership, pupil: Pupil, *, at: datetime) -> list[tuple[str, str]]:
    """Keys and titles of what may be asked about this pupil, and of what is open; for the form of the school."""
    running = may(actor, Invitation, Verb.READ, at=at).filter(pupil=pupil, round__closed_at=None).select_related("round")
    known = {one.key: one.title for one in _possible(actor, pupil, at)} | {one.round.instrument: one.round.offered.title for one in running}
    return sorted(known.items(), key=lambda one: one[1])


def people_who_decide(actor: Membership, pupil: Pupil, *, at: datetime) -> list[tuple[str, str]]:
    """Whose word it is at this moment, by key (of the pupil “pupil”) and name."""
    needed = deciders_of(pupil, at=at)
    ties = may(actor, Guardianship, Verb.READ, at=at).filter(live(at), pupil=pupil, guardian__in=list(needed.guardians or ()))
    own = [("pupil", str(pupil))] if needed.pupil else []
    return [*own, *((str(tie.guardian_id), str(tie.guardian)) for tie in ties.select_related("guardian"))]


def may_keep(actor: Membership, pupil: Pupil) -> bool:
    """Whether this colleague writes down what came on paper."""
    return Role(actor.role) is Role.COORDINATOR and may_do(actor, pupil, Verb.WRITE, of=Record.OBJECTION)
