"""When somebody is believed to be who they say: which roles need a second factor, how fresh it must be, and when tries are refused.

Who sees pupils as part of their work always shows two things: something they have and something they know or are. A passkey
that was unlocked with a finger, face or pin is both in one touch. Guardians may do with a password; pupils are never asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kring.core.access import FAMILY, Role
from kring.core.errors import BrokenRule


class Factor(StrEnum):
    """What somebody showed."""

    PASSWORD = "password"  # noqa: S105
    PASSKEY = "passkey"  # unlocked by its owner: two factors in one touch
    APP_CODE = "app_code"  # of an authenticator app, asked after a password
    RECOVERY_CODE = "recovery_code"  # from paper, works once
    PROVIDER = "provider"  # another service says who it is, and no more
    PROVIDER_TWO_FACTORS = "provider_two_factors"  # … and proves that it asked for two factors
    DEMO = "demo"  # a press on the front page of a demo


SECOND = frozenset({Factor.PASSKEY, Factor.APP_CODE, Factor.RECOVERY_CODE, Factor.PROVIDER_TWO_FACTORS, Factor.DEMO})
"""Each of these is a passkey, or is only taken after something else was shown: with one of them a session has both factors."""

SESSION_LASTS = timedelta(hours=10)
STEP_UP_LASTS = timedelta(minutes=10)
FORM_LASTS = timedelta(minutes=15)
"""A form that was opened in time may still be sent a little later."""
CLOCK_DIFFERS = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown, and when."""

    factor: Factor
    at: datetime


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Everybody but pupils and guardians; one such role is enough.

    >>> needs_second_factor([Role.GUARDIAN, Role.TEACHER]), needs_second_factor([Role.GUARDIAN]), needs_second_factor([])
    (True, False, False)
    """
    return any(role not in FAMILY for role in roles)


def has_second_factor(proofs: Iterable[Proof]) -> bool:
    """Whether among what was shown in this session there is a second factor."""
    return any(proof.factor in SECOND for proof in proofs)


def is_fresh(proofs: Iterable[Proof], *, at: datetime, within: timedelta = STEP_UP_LASTS, password_will_do: bool = False) -> bool:
    """Whether a second factor was shown shortly before; a password counts for who has nothing better."""
    return any(
        _between(proof.at, at, within) and (proof.factor in SECOND or (password_will_do and proof.factor is Factor.PASSWORD))
        for proof in proofs
    )


def session_holds(signed_in_at: datetime, *, at: datetime) -> bool:
    """Ten hours from signing in, however busy somebody is. A session from the future was made while the clock was wrong: it ends."""
    return _between(signed_in_at, at, SESSION_LASTS)


def _between(then: datetime, now: datetime, length: timedelta) -> bool:
    return -CLOCK_DIFFERS <= now - then < length


TRIES_FREE = 5
FIRST_LOCK = timedelta(minutes=5)
LONGEST_LOCK = timedelta(hours=1)
TRIES_FORGOTTEN_AFTER = timedelta(hours=24)


def lock_after(failures: int) -> timedelta:
    """How long nothing is taken after so many wrong tries in a row: five minutes after the fifth, twice as long after each next.

    It stays at an hour: longer would hand a joker the means to keep a colleague out, and at 24 tries a day guessing is hopeless.

    >>> [int(lock_after(failures).total_seconds() // 60) for failures in (4, 5, 6, 8, 9, 10_000)]
    [0, 5, 10, 40, 60, 60]
    """
    if failures < TRIES_FREE:
        return timedelta(0)
    doubled = min(failures - TRIES_FREE, 10)  # beyond, only the number would grow
    return min(FIRST_LOCK * int(2**doubled), LONGEST_LOCK)


def locked_until(failures: int, last_at: datetime) -> datetime:
    """The moment from which a try is taken again."""
    return last_at + lock_after(failures)


def tries_forgotten(last_at: datetime, *, at: datetime) -> bool:
    """A day without a wrong try wipes the slate; so does a last try in the future, which a wrong clock wrote down."""
    return not _between(last_at, at, TRIES_FORGOTTEN_AFTER)


FLOOD_WINDOW = timedelta(minutes=1)
FLOOD = 120
"""Wrong tries from one address in a minute. A school of 800 that comes in within that minute with 10 % typing errors makes 80."""

ALARM_WINDOW = timedelta(hours=1)
ALARM = 50
"""Wrong tries on the names of one school in an hour."""


@dataclass(eq=False, kw_only=True)
class LastSecondFactor(BrokenRule):
    """Who needs a second factor keeps one: first add another, then remove this."""


def check_factor_may_go(roles: Iterable[Role], *, left: int) -> None:
    """Raises LastSecondFactor when nothing would be left to somebody who needs one."""
    if left == 0 and needs_second_factor(roles):
        raise LastSecondFactor
