"""Who may get which role, and by whose word: what is refused, and what waits for a second person."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kring.core.access import APPROVED_BY_SECOND, STAFF, Role
from kring.core.errors import BrokenRule

NEVER_WITHOUT: Final = frozenset({Role.LEADER, Role.ADMINISTRATOR})
"""A school always has one of each: without, nobody could give or end a role any more."""

REFUSED_TOGETHER: Final = tuple(
    frozenset({one, other})
    for one, others in (
        # Who looks through the log is independent of who decides and of who is looked at most.
        (Role.PRIVACY_OFFICER, (Role.LEADER, Role.BOARD, Role.ADMINISTRATOR, Role.COORDINATOR, Role.SAFETY_COORDINATOR)),
        # Whom a child trusts is not who leads the school or keeps its accounts.
        (Role.CONFIDENTIAL_CONTACT, (Role.LEADER, Role.BOARD, Role.ADMINISTRATOR)),
    )
    for other in others
)
WATCHED_BESIDE_ADMINISTRATOR: Final = frozenset(
    {Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.CONFIDENTIAL_CONTACT, Role.DESIGNATED_CONTACT, Role.LEADER}
)
"""With one of these an administrator would see what administrators never see. Each waits for a leader, and the leader is told why."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, from a moment until one."""

    role: Role
    from_at: datetime
    until_at: datetime | None

    def holds_during(self, from_at: datetime, until_at: datetime | None) -> bool:
        """Whether some moment of this stretch falls within it."""
        return (until_at is None or self.from_at < until_at) and (self.until_at is None or from_at < self.until_at)


@dataclass(eq=False, kw_only=True)
class RoleNotGivenHere(BrokenRule):
    """Pupils, guardians and partners come in another way: with their pupil, or with their case."""

    role: Role


@dataclass(eq=False, kw_only=True)
class RoleForOneself(BrokenRule):
    """Nobody proposes or approves a role for oneself, and nobody puts oneself on a group."""


@dataclass(eq=False, kw_only=True)
class OwnProposal(BrokenRule):
    """Who proposed a role does not approve it, in no hat."""


@dataclass(eq=False, kw_only=True)
class ProposalDecided(BrokenRule):
    """A proposal is approved or declined once."""


@dataclass(eq=False, kw_only=True)
class RoleHeldAlready(BrokenRule):
    """One person holds one role once at a time."""

    role: Role


@dataclass(eq=False, kw_only=True)
class RolesDoNotGoTogether(BrokenRule):
    """Two roles of which one keeps an eye on the other, or must be free of it."""

    role: Role
    beside: Role


@dataclass(eq=False, kw_only=True)
class EndsBeforeItBegins(BrokenRule):
    """The end of a tie lies after its beginning, and not in the past."""


@dataclass(eq=False, kw_only=True)
class LastHolder(BrokenRule):
    """The last leader or administrator stays until there is another."""

    role: Role


@dataclass(eq=False, kw_only=True)
class NotLonger(BrokenRule):
    """A role that was given until a day is ended, and never made longer: longer is a new role."""


def waits_for_second(role: Role, *, has_account_from_outside: bool = False) -> bool:
    """Whether this role holds only after a leader or the board approved it.

    Any role does for an account that was not made here: it may be a second one of who proposes.

    >>> waits_for_second(Role.COORDINATOR), waits_for_second(Role.TEACHER)
    (True, False)
    """
    return has_account_from_outside or role in APPROVED_BY_SECOND


def check_proposal(role: Role, *, to: Hashable, by: Hashable, held: Collection[Held], from_at: datetime, until_at: datetime | None) -> None:
    """Raises what is wrong with giving this role to `to`, as proposed by `by` (persons); `held` is what `to` holds and is proposed for."""
    if role not in STAFF:
        raise RoleNotGivenHere(role=role)
    if to == by:
        raise RoleForOneself
    beside = [one.role for one in held if one.holds_during(from_at, until_at)]
    if role in beside:
        raise RoleHeldAlready(role=role)
    check_together(role, beside)


def check_together(role: Role, beside: Iterable[Role]) -> None:
    """Raises RolesDoNotGoTogether."""
    for other in beside:
        if frozenset({role, other}) in REFUSED_TOGETHER:
            raise RolesDoNotGoTogether(role=role, beside=other)


def would_see_more(role: Role, beside: Iterable[Role]) -> bool:
    """Whether an administrator would come to see the pupils with this, or somebody who sees them would come to keep the accounts."""
    roles = {role, *beside}
    return Role.ADMINISTRATOR in roles and bool(roles & WATCHED_BESIDE_ADMINISTRATOR)


def check_decision(*, to: Hashable, proposed_by: Hashable, by: Hashable, decided_at: datetime | None) -> None:
    """Raises what is wrong with `by` approving or declining what `proposed_by` proposed for `to` (persons)."""
    if decided_at is not None:
        raise ProposalDecided
    if by == proposed_by:
        raise OwnProposal
    if by == to:
        raise RoleForOneself


def check_dates(from_at: datetime, until_at: datetime | None, *, at: datetime) -> None:
    """Raises EndsBeforeItBegins."""
    if until_at is not None and (until_at <= from_at or until_at < at):
        raise EndsBeforeItBegins


def check_end(role: Role, others: Iterable[Held], *, until_at: datetime | None = None, ends_at: datetime) -> None:
    """Raises NotLonger when it ends before already, and LastHolder when nobody else then holds a role that a school cannot do without."""
    if until_at is not None and until_at < ends_at:
        raise NotLonger
    if role in NEVER_WITHOUT and not any(one.role is role and one.holds_during(ends_at, None) and one.from_at <= ends_at for one in others):
        raise LastHolder(role=role)


MOST_WIDE_ROLES: Final = 5
"""Roles that look beyond one's own pupils, in one file. A school has a few; more asks to be looked at."""


def wide_roles(roles: Iterable[Role]) -> int:
    """How many of these look beyond one's own pupils.

    >>> wide_roles([Role.TEACHER, Role.LEADER, Role.COORDINATOR])
    2
    """
    return sum(waits_for_second(role) for role in roles)


def asks_a_second_look(roles: Iterable[Role]) -> bool:
    """Whether so many roles for the whole school are given at once that somebody should say that it is meant."""
    return wide_roles(roles) > MOST_WIDE_ROLES


@dataclass(eq=False, kw_only=True)
class AlreadyBegun(BrokenRule):
    """The first accounts are made once, on an installation without a school."""


@dataclass(eq=False, kw_only=True)
class TwoPeopleNeeded(BrokenRule):
    """The first leader and the first administrator are not one person: neither could approve what the other proposes."""


def check_first(*, has_schools: bool, leader: Hashable, administrator: Hashable) -> None:
    """Raises what is wrong with beginning here with these two (names)."""
    if has_schools:
        raise AlreadyBegun
    if leader == administrator:
        raise TwoPeopleNeeded
