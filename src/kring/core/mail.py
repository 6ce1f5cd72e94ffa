"""When a message goes out, to which address, and what stopped it. A message says nothing but that something is waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.paper_codes import SIGNS

CODE_LENGTH: Final = 8
CODE_LASTS: Final = timedelta(hours=24)
CODE_TRIES: Final = 5
CODES_A_DAY: Final = 5
ADDRESS_HOLDS: Final = timedelta(days=365)
"""A domain that lapsed belongs to somebody else afterwards: who still reads an address says so once a year."""
ASKED_AGAIN: Final = timedelta(days=30)
NOTICE_WAITS: Final = timedelta(hours=1)
"""Who is at work sees it on the page, and needs no mail."""
BUNDLED: Final = timedelta(minutes=5)
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 360))
LONGEST_CALL_PAUSE: Final = timedelta(minutes=30)
GIVES_UP: Final = timedelta(days=3)
QUIET_UNTIL, QUIET_FROM = 7, 18  # hours on the clock at school
LONGEST_ADDRESS: Final = 254
_LOCAL, _LABEL = 64, 63
_IN_LOCAL: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
_IN_DOMAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
URGENT: Final = frozenset({"glass.broken", "recovery.confirmed"})
"""What cannot wait until the morning: somebody looked by emergency access, somebody got a new way of logging in."""


class HowOften(StrEnum):
    """As its owner chose it."""

    DAILY = "daily"
    AT_ONCE = "at_once"
    NEVER = "never"


class Trouble(StrEnum):
    """Why a message did not go out, as far as the other side says it."""

    NO_SUCH_HOST = "no_such_host"
    NO_ANSWER = "no_answer"
    SLOW = "slow"
    TLS_REFUSED = "tls_refused"
    PASSWORD_WRONG = "password_wrong"  # noqa: S105
    SENDER_REFUSED = "sender_refused"
    SERVER_BUSY = "server_busy"
    LATER = "later"
    MAILBOX_FULL = "mailbox_full"
    NO_SUCH_ADDRESS = "no_such_address"
    REFUSED = "refused"


OF_SERVER: Final = frozenset(
    {
        *(Trouble.NO_SUCH_HOST, Trouble.NO_ANSWER, Trouble.SLOW, Trouble.TLS_REFUSED),
        *(Trouble.PASSWORD_WRONG, Trouble.SENDER_REFUSED, Trouble.SERVER_BUSY),
    }
)
"""Nothing goes out until this is over, whomever it is to."""
FOR_GOOD: Final = frozenset({Trouble.NO_SUCH_ADDRESS})
"""Trying again would change nothing: the address is set aside."""


@dataclass(eq=False, kw_only=True)
class NoAddress(BrokenRule):
    """What was typed is not one address as mail servers take it."""


@dataclass(eq=False, kw_only=True)
class MoreThanOneAddress(BrokenRule):
    """One address, on one line."""


@dataclass(eq=False, kw_only=True)
class AddressWithAccents(BrokenRule):
    """Many mail servers take plain letters only; what cannot be delivered is refused here."""


@dataclass(eq=False, kw_only=True)
class NoAddressForPupils(BrokenRule):
    """Pupils get no mail: they hear it in class, or see it when they come in."""


@dataclass(eq=False, kw_only=True)
class TooManyMailCodes(BrokenRule):
    """With codes to the address of somebody else, that one would be pestered."""

    most: int = CODES_A_DAY


@dataclass(eq=False, kw_only=True)
class MailCodeWrong(BrokenRule):
    """Not this one; so many tries are left."""

    left: int


@dataclass(eq=False, kw_only=True)
class MailCodeOver(BrokenRule):
    """Too old, tried too often, or there is none."""


@dataclass(eq=False, kw_only=True)
class NoMailHere(BrokenRule):
    """This installation sends no mail; everything works on paper."""


def tidy_address(typed: str) -> str:
    """One address, its domain in small letters; raises what is wrong with it.

    >>> tidy_address(" Anna.de.Wit@School.NL ")
    'Anna.de.Wit@school.nl'
    """
    text = typed.strip(" \t")
    if any(not sign.isprintable() for sign in text) or any(sign in text for sign in ",;<>()"):
        raise MoreThanOneAddress
    if any(sign.isspace() for sign in text) or text.count("@") > 1:
        raise MoreThanOneAddress
    if not text.isascii():
        raise AddressWithAccents
    local, _, domain = text.partition("@")
    if len(text) > LONGEST_ADDRESS or not _is_local(local) or not _is_domain(domain.lower()):
        raise NoAddress
    return f"{local}@{domain.lower()}"


def _is_local(local: str) -> bool:
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return 0 < len(local) <= _LOCAL and {*local} <= _IN_LOCAL and not dots


def _is_domain(domain: str) -> bool:
    """Names with at least one dot; a number of the internet is no domain of a school."""
    labels = domain.split(".")
    return len(labels) > 1 and all(map(_is_label, labels)) and not labels[-1].isdigit()


def _is_label(label: str) -> bool:
    return 0 < len(label) <= _LABEL and {*label} <= _IN_DOMAIN and not label.startswith("-") and not label.endswith("-")


def gets_mail(roles: Iterable[Role]) -> bool:
    """Everybody but who is a pupil and nothing else."""
    return bool({*roles} - {Role.PUPIL})


def code_from(number: int) -> str:
    """Eight signs that do not look alike, as they stand in the message.

    >>> code_from(0)
    '2222-2222'
    """
    signs = []
    for _ in range(CODE_LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def tidy_code(typed: str) -> str:
    """As it stands in the message, from how somebody typed it.

    >>> tidy_code(" abcd efgh ")
    'ABCD-EFGH'
    """
    signs = "".join(sign for sign in typed[:30].upper() if sign in SIGNS)
    return f"{signs[:4]}-{signs[4:]}"


def check_code(*, is_right: bool, expires_at: datetime | None, tries: int, at: datetime) -> None:
    """Raises MailCodeOver, also for who has none; or MailCodeWrong. `tries` counts this one."""
    if expires_at is None or at >= expires_at or tries > CODE_TRIES:
        raise MailCodeOver
    if not is_right:
        raise MailCodeWrong(left=CODE_TRIES - tries)


def next_try(*, tries: int, written_at: datetime, at: datetime) -> datetime | None:
    """With pauses that grow; none when it has waited three days."""
    soon = at + PAUSES[min(tries, len(PAUSES)) - 1]
    return soon if soon < written_at + GIVES_UP else None


def next_call(*, tries: int, at: datetime) -> datetime:
    """When a server in trouble is called again: with pauses that grow to half an hour. Nothing is given up because of it."""
    return at + min(PAUSES[min(tries, len(PAUSES)) - 1], LONGEST_CALL_PAUSE)


def may_ring(hour: int, *, is_school_day: bool) -> bool:
    """Whether somebody may be told now: on days of school, from seven in the morning until six in the evening."""
    return is_school_day and QUIET_UNTIL <= hour < QUIET_FROM


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one person has not seen and was not told of either, when the last message went."""

    oldest_at: datetime | None = None
    urgent: bool = False
    tasks_due: bool = False
    is_school_day: bool = True


def message_due(how_often: HowOften, waiting: Waiting, *, told_today: bool, hour: int, at: datetime) -> bool:
    """Whether this person is told now. `hour` is what the clock says at school."""
    if how_often is HowOften.NEVER:
        return False
    if waiting.urgent:
        return True
    if not may_ring(hour, is_school_day=waiting.is_school_day):
        return False
    if how_often is HowOften.AT_ONCE and _waits(waiting, at - BUNDLED):
        return True
    return not told_today and (waiting.tasks_due or _waits(waiting, at - NOTICE_WAITS))


def _waits(waiting: Waiting, since: datetime) -> bool:
    return waiting.oldest_at is not None and waiting.oldest_at <= since
