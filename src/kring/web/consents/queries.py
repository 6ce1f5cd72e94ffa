"""Requests for consent and grounds in law, with how they stand: for the school with every voice, for a parent with the own one alone."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst

from kring.core.access import Record, Role, Verb
from kring.core.ages import HEARD
from kring.core.consents import PUPIL, Age, Answer, Deciders, Said, State, age_of, deciders, is_heard, last_words, state
from kring.web.access import may, may_do, rule_at
from kring.web.access_words import RECORDS
from kring.web.catalogue.models import Organisation
from kring.web.consents.models import Consent, ConsentItem, ConsentRequest, LegalGround, holding
from kring.web.schools.models import Guardian, Guardianship, Membership, Pupil, School, live, younger_than

EXPIRES_SOON = timedelta(days=31)
LEAVES_YOUNG = frozenset({School.Type.PRIMARY, School.Type.SPECIAL_PRIMARY})


def record_word(record: str) -> str:
    """The kind of record in the words of the school."""
    word: str | Promise = RECORDS[Record(record)]
    return str(capfirst(str(word)))


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose yes is needed, or who said something."""

    key: str  # of the guardian; empty for the pupil
    name: str
    is_needed: bool
    said: Said | None
    says_yes: bool
    consent: Consent | None

    @property
    def is_no(self) -> bool:
        return self.said is not None and self.said.answer is Answer.REFUSED

    @property
    def on_paper(self) -> bool:
        return self.consent is not None and self.consent.paper_id is not None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with everything that was said about it."""

    request: ConsentRequest
    records: tuple[str, ...]
    state: State
    voices: tuple[Voice, ...]
    nobody_decides: bool  # no guardian with authority is known
    expires_soon: bool
    pupil_to_hear: bool

    @property
    def holds(self) -> bool:
        return self.state is State.HOLDS

    @property
    def missing(self) -> list[str]:
        """Who did not say yes."""
        return [one.name for one in self.voices if one.is_needed and not one.says_yes]


def request_lines(actor: Membership, found: "QuerySet[ConsentRequest]", *, at: datetime) -> list[RequestLine]:
    """These requests with every voice, for those of the school who may read them."""
    rows = list(found.select_related("pupil__school", "recipient", "asked_by__person"))
    records, said = _records(actor, rows), _consents(actor, rows)
    guardians = _with_authority({row.pupil_id for row in rows}, at)
    return [_line(row, records.get(row.pk, ()), said.get(row.pk, []), guardians.get(row.pupil_id, {}), at) for row in rows]


def _line(
    row: ConsentRequest, records: tuple[str, ...], consents: list[Consent], guardians: Mapping[UUID, str], at: datetime
) -> RequestLine:
    needed = deciders(age(row.pupil, at), guardians)
    said = [said_in(one) for one in consents]
    voices = tuple(_voices(row.pupil, needed, consents, guardians, at))
    until = row.until_at or at
    stands = state(needed, said, until=until, at=at)
    soon = stands is State.HOLDS and until <= at + EXPIRES_SOON
    return RequestLine(row, records, stands, voices, needed.guardians == frozenset(), soon, _to_hear(row, needed, at))


def _to_hear(row: ConsentRequest, needed: Deciders, at: datetime) -> bool:
    """From twelve the pupil is heard; from sixteen the pupil decides, and is asked."""
    day = timezone.localdate(at)
    heard = is_heard(row.pupil.birth_date, on=day, leaves_young=row.pupil.school.type in LEAVES_YOUNG)
    return heard and row.pupil_heard_on is None and needed.guardians is not None


def _voices(pupil: Pupil, needed: Deciders, consents: Sequence[Consent], guardians: Mapping[UUID, str], at: datetime) -> Iterable[Voice]:
    names: dict[Hashable, str] = {PUPIL: str(pupil)}
    names.update(guardians.items())
    names |= {one.guardian_id: str(one.guardian) for one in consents if one.guardian}
    said = last_words([said_in(one) for one in consents], at=at)
    last = {one.guardian_id: one for one in sorted(consents, key=lambda one: one.answered_at)}
    for who in sorted({*needed.everybody(), *said}, key=lambda who: (who not in needed.everybody(), names[who])):
        word = said.get(who)
        key = str(who) if isinstance(who, UUID) else ""
        yield Voice(key, names[who], who in needed.everybody(), word, bool(word and word.is_yes(at)), last.get(who))  # type: ignore[call-overload]


def said_in(row: Consent) -> Said:
    """The row as the core knows it."""
    return Said(row.guardian_id or PUPIL, Answer(row.answer), row.answered_at, row.withdrawn_at)


def age(pupil: Pupil, at: datetime) -> Age:
    """How old the pupil is on this day, for who decides."""
    return age_of(pupil.birth_date, on=timezone.localdate(at), leaves_young=pupil.school.type in LEAVES_YOUNG)


def deciders_of(pupil: Pupil, *, at: datetime) -> Deciders:
    """Whose yes is needed at this moment."""
    return deciders_of_each([pupil], at=at)[pupil.pk]


def deciders_of_each(pupils: Iterable[Pupil], *, at: datetime) -> Mapping[UUID, Deciders]:
    """The same of many at once, by pupil."""
    found = {pupil.pk: pupil for pupil in pupils}
    guardians = _with_authority(found, at)
    return {key: deciders(age(pupil, at), guardians.get(key, {})) for key, pupil in found.items()}


def _with_authority(pupils: Iterable[UUID], at: datetime) -> Mapping[UUID, Mapping[UUID, str]]:
    """By pupil the guardians with authority at this moment, by name."""
    found: dict[UUID, dict[UUID, str]] = {}
    cares = Guardianship.objects.filter(live(at), pupil__in=list(pupils), has_authority=True).select_related("guardian")
    for care in cares.order_by("guardian__family_name", "guardian__given_name", "guardian_id"):
        found.setdefault(care.pupil_id, {})[care.guardian_id] = str(care.guardian)
    return found


def _records(actor: Membership, rows: Sequence[ConsentRequest]) -> Mapping[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    order = list(Record)
    items = list(may(actor, ConsentItem, Verb.READ).filter(request__in=rows))
    for item in sorted(items, key=lambda item: order.index(Record(item.record))):
        found[item.request_id] = (*found.get(item.request_id, ()), record_word(item.record))
    return found


def _consents(actor: Membership, rows: Sequence[ConsentRequest]) -> Mapping[UUID, list[Consent]]:
    found: dict[UUID, list[Consent]] = {}
    for one in may(actor, Consent, Verb.READ).filter(request__in=rows).select_related("guardian").order_by("answered_at"):
        found.setdefault(one.request_id, []).append(one)
    return found


# ---- for the school -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands open in the school."""

    waiting: tuple[RequestLine, ...]
    refused: tuple[RequestLine, ...]
    withdrawn: tuple[RequestLine, ...]
    expiring: tuple[RequestLine, ...]
    holding: tuple[RequestLine, ...]
    grounds: tuple[LegalGround, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.refused or self.withdrawn or self.expiring or self.holding or self.grounds)

    @property
    def shown(self) -> list[ConsentRequest | LegalGround]:
        """Whatever stands in it, each once."""
        lines = (*self.waiting, *self.refused, *self.withdrawn, *self.expiring, *self.holding)
        return [*{line.request.pk: line.request for line in lines}.values(), *self.grounds]

    @property
    def open(self) -> int:
        return len(self.waiting) + len(self.refused) + len(self.withdrawn)

    @property
    def unconfirmed(self) -> int:
        return sum(ground.confirmed_at is None for ground in self.grounds)


def overview(actor: Membership, *, at: datetime) -> Overview:
    """Everything that runs, by how it stands."""
    lines = request_lines(actor, may(actor, ConsentRequest, Verb.READ, at=at).filter(live(at)).order_by("from_at"), at=at)
    by_state = {kind: tuple(line for line in lines if line.state is kind) for kind in State}
    return Overview(
        waiting=by_state[State.WAITING],
        refused=by_state[State.REFUSED],
        withdrawn=by_state[State.WITHDRAWN],
        expiring=tuple(line for line in lines if line.expires_soon),
        holding=tuple(line for line in by_state[State.HOLDS] if not line.expires_soon),
        grounds=tuple(_grounds(may(actor, LegalGround, Verb.READ, at=at).filter(live(at)))),
    )


def of_pupil(actor: Membership, pupil: Pupil, *, at: datetime) -> tuple[list[RequestLine], list[LegalGround]]:
    """Everything that was asked and recorded about one pupil, the newest first."""
    asked = may(actor, ConsentRequest, Verb.READ, at=at).filter(pupil=pupil)
    return request_lines(actor, asked, at=at), list(_grounds(may(actor, LegalGround, Verb.READ, at=at).filter(pupil=pupil)))


def _grounds(found: "QuerySet[LegalGround]") -> "QuerySet[LegalGround]":
    return found.select_related("pupil", "recipient", "recorded_by__person", "confirmed_by__person").order_by("-from_at")


def one_line(actor: Membership, request: ConsentRequest, *, at: datetime) -> RequestLine:
    """One request with every voice."""
    [line] = request_lines(actor, may(actor, ConsentRequest, Verb.READ, at=at).filter(pk=request.pk), at=at)
    return line


def organisations(actor: Membership) -> "QuerySet[Organisation]":
    """Who may be named as recipient."""
    return may(actor, Organisation, Verb.READ)


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """Whether something may be shared, and with whom: not who said so."""

    purpose: str
    recipient: str
    holds: bool


def yes_or_no(actor: Membership, pupil: Pupil, *, at: datetime) -> list[YesOrNo] | None:
    """For the team of a pupil; None for who may not even know that."""
    verb = Verb.READ if rule_at(actor, Record.CONSENT_REQUEST, Verb.READ, at) else Verb.COUNT
    if not may_do(actor, pupil, verb, of=Record.CONSENT_REQUEST, at=at):
        return None
    asked = may(actor, ConsentRequest, verb, at=at).filter(live(at), pupil=pupil).select_related("recipient")
    agreed = set(asked.filter(holding(at)).values_list("pk", flat=True))
    return [YesOrNo(one.purpose, one.recipient.name, one.pk in agreed) for one in asked]


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as its recipient sees it: for what, which records, until when; not who said yes."""

    request: ConsentRequest
    records: tuple[str, ...]


def given_to(actor: Membership, *, at: datetime) -> list[Given]:
    """What holds for the organisation of this partner."""
    found = may(actor, ConsentRequest, Verb.READ, at=at).filter(holding(at)).select_related("pupil")
    rows = list(found.order_by("pupil__sort_name", "until_at"))
    records = _records(actor, rows)
    return [Given(row, records.get(row.pk, ())) for row in rows]


# ---- for parents and pupils -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a parent or the pupil sees it: with the own answer, and never that of somebody else."""

    request: ConsentRequest
    records: tuple[str, ...]
    mine: Said | None
    says_yes: bool
    is_complete: bool
    may_answer: bool
    pupil_decides: bool

    @property
    def is_new(self) -> bool:
        return self.may_answer and self.mine is None


def asked_of(actor: Membership, *, at: datetime) -> list[Asked]:
    """What runs about me or my children. A pupil sees it from the age at which one is heard."""
    found = may(actor, ConsentRequest, Verb.READ, at=at).filter(live(at), _old_enough(actor, at))
    rows = list(found.select_related("pupil__school", "recipient", "asked_by__person"))
    records, consents = _records(actor, rows), _consents(actor, rows)
    agreed = set(found.filter(holding(at)).values_list("pk", flat=True))
    return [_asked(actor, row, records.get(row.pk, ()), consents.get(row.pk, []), is_complete=row.pk in agreed, at=at) for row in rows]


def _asked(
    actor: Membership, row: ConsentRequest, records: tuple[str, ...], mine: Sequence[Consent], *, is_complete: bool, at: datetime
) -> Asked:
    how_old = age(row.pupil, at)
    is_pupil = actor.role == Role.PUPIL.value
    word = max((said_in(one) for one in mine), key=lambda said: said.answered_at, default=None)
    may_answer = how_old is not (Age.YOUNG if is_pupil else Age.GROWN)
    return Asked(row, records, word, bool(word and word.is_yes(at)), is_complete, may_answer, how_old is Age.GROWN)


def _old_enough(actor: Membership, at: datetime) -> Q:
    return ~younger_than(HEARD, at, "pupil__") if actor.role == Role.PUPIL.value else Q()


def new_for(actor: Membership, *, at: datetime) -> int:
    """How many requests wait for my answer."""
    return sum(one.is_new for one in asked_of(actor, at=at))


def who_am_i(actor: Membership) -> Guardian | None:
    """The guardian that this person is at the school; None for a pupil."""
    if actor.role != Role.GUARDIAN.value:
        return None
    return Guardian.objects.filter(school_id=actor.school_id, person=actor.person_id).first()
