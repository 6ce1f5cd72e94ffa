"""Codes on paper: long enough never to be guessed, short enough to type, without signs that look alike."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kring.core.access import FAMILY, Role
from kring.core.errors import BrokenRule

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L
GROUPS, GROUP = 5, 4
LASTS: Final = timedelta(days=14)
RECOVERY_WAITS: Final = timedelta(hours=24)
"""So long a second colleague has to confirm that somebody may make a new way of logging in."""
CODE_OF_RECOVERY_LASTS: Final = timedelta(hours=24)


def new_code(choose: Callable[[str], str]) -> str:
    """Twenty signs in groups, each chosen by the caller's own source of chance: 31^20, which is 99 bits.

    >>> new_code(lambda signs: signs[0])
    '2222-2222-2222-2222-2222'
    """
    return "-".join("".join(choose(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def tidied(typed: str) -> str | None:
    """The code as it was made, from how somebody typed it; None when it cannot be one.

    >>> tidied(" 2345 6789 abcd-efgh jkmn "), tidied("2345-6789"), tidied("0" * 20)
    ('2345-6789-ABCD-EFGH-JKMN', None, None)
    """
    signs = [sign for sign in typed[:60].upper() if not sign.isspace() and sign not in "-–—."]
    if len(signs) != GROUPS * GROUP or not {*signs} <= {*SIGNS}:
        return None
    return "-".join("".join(signs[start : start + GROUP]) for start in range(0, len(signs), GROUP))


@dataclass(eq=False, kw_only=True)
class HasWayIn(BrokenRule):
    """A colleague who can log in gets no new invitation: two colleagues together recover an account."""


@dataclass(eq=False, kw_only=True)
class LetterByAnother(BrokenRule):
    """Who proposed a role does not also hold the paper with which it is taken up."""


@dataclass(eq=False, kw_only=True)
class LetterForOneself(BrokenRule):
    """Nobody makes paper for oneself."""


@dataclass(eq=False, kw_only=True)
class RecoveryByOthers(BrokenRule):
    """Two colleagues recover an account, and neither of them is its owner."""


@dataclass(eq=False, kw_only=True)
class RecoveryTooLate(BrokenRule):
    """What one colleague asked, another confirms within a day, once."""


@dataclass(eq=False, kw_only=True)
class WorksElsewhereToo(BrokenRule):
    """An account that also opens another school is neither recovered nor invited by this one alone."""


@dataclass(eq=False, kw_only=True)
class NoRoleHere(BrokenRule):
    """Paper is for who holds a role here, or will: a school opens no account of somebody who left."""


def check_invitation(
    roles: Collection[Role],
    *,
    to: Hashable,
    by: Hashable,
    proposed_by: Collection[Hashable],
    has_way_in: bool,
    elsewhere: bool = False,
) -> None:
    """Raises what is wrong with `by` making paper for `to` (persons). A guardian is invited anew: one colleague and a letter will do."""
    if to == by:
        raise LetterForOneself
    if not roles:
        raise NoRoleHere
    if elsewhere:
        raise WorksElsewhereToo
    if {*roles} <= FAMILY:
        return
    if has_way_in:
        raise HasWayIn
    if by in proposed_by:
        raise LetterByAnother


def check_recovery(*, of: Hashable, asked_by: Hashable, confirmed_by: Hashable | None = None, elsewhere: bool = False) -> None:
    """Raises what is wrong with these colleagues letting `of` make a new way in (persons)."""
    if of in {asked_by, confirmed_by} or asked_by == confirmed_by:
        raise RecoveryByOthers
    if elsewhere:
        raise WorksElsewhereToo


def check_still_asked(*, asked_until: datetime, confirmed_at: datetime | None, at: datetime) -> None:
    """Raises RecoveryTooLate."""
    if confirmed_at is not None or at >= asked_until:
        raise RecoveryTooLate
