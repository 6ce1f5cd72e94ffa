"""Who teaches a group: duo partners at the same time, a substitute for somebody, and never longer than the role holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Role
from kring.core.appointing import Held
from kring.core.errors import BrokenRule

TEACHES = frozenset({Role.TEACHER, Role.MENTOR})


@dataclass(eq=False, kw_only=True)
class TeachesNoGroup(BrokenRule):
    """Groups go with the role of teacher or mentor."""

    role: Role


@dataclass(eq=False, kw_only=True)
class TeachesAlready(BrokenRule):
    """Somebody has a group once at a time."""


@dataclass(eq=False, kw_only=True)
class LongerThanRole(BrokenRule):
    """A group is held within the time of the role."""


@dataclass(eq=False, kw_only=True)
class SubstituteWithoutEnd(BrokenRule):
    """Who stands in for somebody does so until a day."""


@dataclass(eq=False, kw_only=True)
class NobodyToReplace(BrokenRule):
    """One stands in for somebody who has this very group, and not for oneself."""


def check_teaching(hat: Held, already: Iterable[Held], *, from_at: datetime, until_at: datetime | None) -> None:
    """Raises what is wrong with giving a group to this hat; `already` are the times for which this hat has the group."""
    if hat.role not in TEACHES:
        raise TeachesNoGroup(role=hat.role)
    if from_at < hat.from_at or (hat.until_at is not None and (until_at is None or until_at > hat.until_at)):
        raise LongerThanRole
    if any(one.holds_during(from_at, until_at) for one in already):
        raise TeachesAlready


def check_substitute(replaced: Iterable[Held], *, is_oneself: bool, from_at: datetime, until_at: datetime | None) -> None:
    """Raises what is wrong with standing in; `replaced` are the times for which the other has the group."""
    if until_at is None:
        raise SubstituteWithoutEnd
    if is_oneself or not any(one.holds_during(from_at, until_at) for one in replaced):
        raise NobodyToReplace
