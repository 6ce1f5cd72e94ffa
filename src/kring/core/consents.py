"""Who must say yes before anything about a pupil leaves the school, and what asking for it must say.

Source: AVG and UAVG art. 5 (from 16 the pupil decides); Kring asks every guardian with authority, one purpose and one recipient at a time.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.access import PARTNERS, TABLE, Mark, Record, Scope
from kring.core.ages import HEARD, RIGHTS_HOLDER, has_turned
from kring.core.errors import BrokenRule, CallerMistake

LEAST_PURPOSE: Final = 15
LEAST_EXPLANATION: Final = 40
LEAST_WORDS: Final = 3
LONGEST_CONSENT: Final = timedelta(days=366)
LONGEST_LEGAL_GROUND: Final = timedelta(days=92)
BLANKET = (
    *("alles", "van alles", "alle gegevens", "alle informatie", "alle instanties", "alle partijen", "alle doelen", "alle doeleinden"),
    *(
        "het hele dossier",
        "hele dossier",
        "volledige dossier",
        "compleet dossier",
        "iedereen",
        "wie dan ook",
        "wat dan ook",
        "alle anderen",
    ),
    *("in het algemeen", "algemene toestemming", "diverse doeleinden", "voor het geval dat", "altijd", "onbeperkt"),
)
"""Words that ask for everything at once: then nobody knows to what was said yes."""

_FRAME = frozenset({Record.PUPIL, Record.CASE, Record.CASE_MEMBER, Record.SHARE, Record.CONSENT_REQUEST, Record.CONSENT_ITEM})


def _leaves_the_school(record: Record) -> bool:
    """Whether the access table lets a partner read a version or a ring of it, with consent."""
    rules = [rule for (role, ruled, _), rule in TABLE.items() if role in PARTNERS and ruled is record and Mark.CONSENT in rule.marks]
    return any({Scope.CASE_SHARED, Scope.RING} & {*rule.scopes} for rule in rules)


SHAREABLE: Final = tuple(record for record in Record if record not in _FRAME and _leaves_the_school(record))
"""What may be asked for: whatever a partner may ever read. The case round it is no content of its own."""

PUPIL: Final = None
"""In the place of a guardian: the pupil self."""


@dataclass(eq=False, kw_only=True)
class PurposeTooShort(BrokenRule):
    """A purpose of a few letters tells a parent nothing."""

    least: int


@dataclass(eq=False, kw_only=True)
class BlanketConsent(BrokenRule):
    """The purpose asks for everything at once."""

    words: str


@dataclass(eq=False, kw_only=True)
class NothingToShare(BrokenRule):
    """Consent is asked for records by name; none was chosen."""


@dataclass(eq=False, kw_only=True)
class NeverShared(CallerMistake):
    """No partner may ever read this kind of record, with or without consent."""

    record: str


@dataclass(eq=False, kw_only=True)
class ConsentTooLong(BrokenRule):
    """After a year it must be asked anew."""


@dataclass(eq=False, kw_only=True)
class LegalGroundTooLong(BrokenRule):
    """A ground in law stands for three months at most; then it must be thought over again."""


@dataclass(eq=False, kw_only=True)
class OverBeforeItBegins(BrokenRule):
    """The last day has passed."""


@dataclass(eq=False, kw_only=True)
class ConsentRequestOver(BrokenRule):
    """What has ended is not answered any more."""


@dataclass(eq=False, kw_only=True)
class NotYoursToAnswer(BrokenRule):
    """Somebody else decides: under 16 the guardians with authority, from 16 the pupil."""


@dataclass(eq=False, kw_only=True)
class SaidBefore(BrokenRule):
    """The very same answer stands already."""


@dataclass(eq=False, kw_only=True)
class NothingToWithdraw(BrokenRule):
    """There is no yes that could be taken back."""


@dataclass(eq=False, kw_only=True)
class PupilNotHeardYet(BrokenRule):
    """Hearing lies in the past; it cannot be recorded beforehand."""


@dataclass(eq=False, kw_only=True)
class ExplanationTooShort(BrokenRule):
    """Sharing without consent must be explained in whole sentences."""

    least: int


@dataclass(eq=False, kw_only=True)
class SecondPersonMissing(BrokenRule):
    """A ground in law is recorded and confirmed by two people: another hat is not another person."""


@dataclass(eq=False, kw_only=True)
class LegalGroundConfirmed(BrokenRule):
    """It was confirmed already."""


@dataclass(eq=False, kw_only=True)
class LegalGroundOver(BrokenRule):
    """What has ended is not confirmed any more."""


class Age(StrEnum):
    """How old a pupil is, for who decides."""

    YOUNG = "young"  # under 16
    GROWN = "grown"  # 16 or older
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """What one person said."""

    GIVEN = "given"
    REFUSED = "refused"


class State(StrEnum):
    """How a request stands."""

    HOLDS = "holds"
    WAITING = "waiting"  # somebody has not said anything yet
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Said:
    """The yes or no of one person, and when it was taken back."""

    who: Hashable  # a guardian, or PUPIL
    answer: Answer
    answered_at: datetime
    withdrawn_at: datetime | None = None

    def is_yes(self, at: datetime) -> bool:
        """Whether this is a yes that stands at this moment."""
        taken_back = self.withdrawn_at is not None and self.withdrawn_at <= at
        return self.answer is Answer.GIVEN and self.answered_at <= at and not taken_back


@dataclass(frozen=True, slots=True)
class Deciders:
    """Whose yes is needed at one moment: of all these guardians (None: of no guardian any more), and whether of the pupil."""

    guardians: frozenset[Hashable] | None
    pupil: bool

    def everybody(self) -> frozenset[Hashable]:
        return (self.guardians or frozenset()) | (frozenset({PUPIL}) if self.pupil else frozenset())

    def missing(self, yes: Collection[Hashable]) -> frozenset[Hashable]:
        """Whose yes is not there."""
        return self.everybody() - frozenset(yes)

    def agreed(self, yes: Collection[Hashable]) -> bool:
        """Whether all of them said yes; where no guardian with authority is known, nobody can have."""
        return self.guardians != frozenset() and not self.missing(yes)


def age_of(born_on: date | None, *, on: date, leaves_young: bool) -> Age:
    """How old a pupil is; without a birth date young in a school that children leave at twelve or thirteen (`leaves_young`).

    >>> age_of(date(2010, 11, 22), on=date(2026, 11, 22), leaves_young=False)
    <Age.GROWN: 'grown'>
    >>> age_of(None, on=date(2026, 11, 22), leaves_young=False)
    <Age.UNKNOWN: 'unknown'>
    """
    if born_on is None:
        return Age.YOUNG if leaves_young else Age.UNKNOWN
    return Age.GROWN if has_turned(RIGHTS_HOLDER, born_on=born_on, on=on) else Age.YOUNG


def is_heard(born_on: date | None, *, on: date, leaves_young: bool) -> bool:
    """Whether the pupil is heard when something is shared: from twelve, and when nobody knows the age of who is not a young child."""
    return not leaves_young if born_on is None else has_turned(HEARD, born_on=born_on, on=on)


def deciders(age: Age, with_authority: Iterable[Hashable]) -> Deciders:
    """Under 16 every guardian with authority, from 16 the pupil alone; of whom the age is not known, all of them.

    >>> deciders(Age.YOUNG, ["Els", "Pim"]).missing(["Els"])
    frozenset({'Pim'})
    >>> deciders(Age.GROWN, ["Els", "Pim"]).agreed([PUPIL])
    True
    """
    return Deciders(None if age is Age.GROWN else frozenset(with_authority), pupil=age is not Age.YOUNG)


def yes_of(said: Iterable[Said], *, at: datetime) -> frozenset[Hashable]:
    """Who says yes at this moment."""
    return frozenset(one.who for one in said if one.is_yes(at))


def last_words(said: Iterable[Said], *, at: datetime) -> dict[Hashable, Said]:
    """What each of them said last, up to this moment."""
    return {one.who: one for one in sorted(said, key=lambda one: one.answered_at) if one.answered_at <= at}


def state(needed: Deciders, said: Collection[Said], *, until: datetime, at: datetime) -> State:
    """How a request stands at this moment."""
    if until <= at:
        return State.OVER
    yes = yes_of(said, at=at)
    if needed.agreed(yes):
        return State.HOLDS
    open_words = [word for who, word in last_words(said, at=at).items() if who in needed.missing(yes)]
    if any(word.answer is Answer.REFUSED for word in open_words):
        return State.REFUSED
    return State.WITHDRAWN if open_words else State.WAITING


def refuse_vague(purpose: str) -> str:
    """The purpose without needless spaces. Raises PurposeTooShort or BlanketConsent.

    >>> refuse_vague("  Samen een training   kiezen ")
    'Samen een training kiezen'
    """
    plain = " ".join(purpose.split())
    if _says_little(plain, LEAST_PURPOSE):
        raise PurposeTooShort(least=LEAST_PURPOSE)
    words = " ".join(word.strip(".,;:!?()“”\"'’‘") for word in plain.casefold().split())
    for phrase in BLANKET:
        if f" {phrase} " in f" {words} ":
            raise BlanketConsent(words=phrase)
    return plain


def refuse_unexplained(explanation: str) -> str:
    """The explanation without needless spaces. Raises ExplanationTooShort."""
    plain = " ".join(explanation.split())
    if _says_little(plain, LEAST_EXPLANATION):
        raise ExplanationTooShort(least=LEAST_EXPLANATION)
    return plain


def _says_little(text: str, least: int) -> bool:
    return len(text) < least or len(set(text.casefold().split())) < LEAST_WORDS


def refuse_records(records: Collection[Record]) -> None:
    """Raises NothingToShare or NeverShared."""
    if not records:
        raise NothingToShare
    for record in records:
        if record not in SHAREABLE:
            raise NeverShared(record=record.value)


def refuse_term(at: datetime, until: datetime, *, longest: timedelta) -> None:
    """Raises OverBeforeItBegins, ConsentTooLong or LegalGroundTooLong."""
    if until <= at:
        raise OverBeforeItBegins
    if until - at > longest:
        raise LegalGroundTooLong if longest == LONGEST_LEGAL_GROUND else ConsentTooLong


def refuse_over(until: datetime, *, at: datetime) -> None:
    """Raises ConsentRequestOver."""
    if until <= at:
        raise ConsentRequestOver


def refuse_outsider(needed: Deciders, who: Hashable) -> None:
    """Raises NotYoursToAnswer."""
    if who not in needed.everybody():
        raise NotYoursToAnswer


def refuse_repeated(said: Iterable[Said], who: Hashable, answer: Answer, *, at: datetime) -> None:
    """Raises SaidBefore when this is what this person said last, and did not take back."""
    last = last_words(said, at=at).get(who)
    if last is not None and last.answer is answer and (answer is Answer.REFUSED or last.is_yes(at)):
        raise SaidBefore


def refuse_future_hearing(heard_on: date, *, today: date) -> None:
    """Raises PupilNotHeardYet."""
    if heard_on > today:
        raise PupilNotHeardYet


def refuse_confirming(
    recorded_by: Hashable, confirmed_by: Hashable, *, confirmed_at: datetime | None, until: datetime, at: datetime
) -> None:
    """May this person (not: this hat) confirm? Raises LegalGroundOver, LegalGroundConfirmed or SecondPersonMissing."""
    if until <= at:
        raise LegalGroundOver
    if confirmed_at is not None:
        raise LegalGroundConfirmed
    if recorded_by == confirmed_by:
        raise SecondPersonMissing
