"""The change of the school year: where every group and pupil of the old year goes, proposed, corrected and checked before it is real.

A plan names new groups, sends each year level of an old group to one of them, and lists only the pupils who go another way.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

LEAVES: Final = "leaves"
OPEN: Final = ""
LONGEST_NAME: Final = 30
AT_THE_END: Final = timedelta(days=92)  # nobody changes in November by a slip of the hand


class Reason(StrEnum):
    """Why a pupil leaves the school."""

    FINISHED = "finished"  # the last year level is done
    MOVED = "moved"
    OTHER_SCHOOL = "other_school"
    SPECIAL_SCHOOL = "special_school"
    OTHER = "other"


class Fate(StrEnum):
    """What becomes of a pupil at the change."""

    MOVES_ON = "moves_on"
    STAYS = "stays"  # does the year level once more
    SKIPS = "skips"
    LEAVES = "leaves"
    OPEN = "open"


@dataclass(eq=False, kw_only=True)
class YearNotNext(BrokenRule):
    """One changes from a year to one that comes after it."""

    year: str


@dataclass(eq=False, kw_only=True)
class ChangeUnderWay(BrokenRule):
    """There is one plan for a change at a time."""


@dataclass(eq=False, kw_only=True)
class NewGroupTwice(BrokenRule):
    """Two new groups have the same name."""

    name: str


@dataclass(eq=False, kw_only=True)
class NewGroupWithoutLevel(BrokenRule):
    """A group has at least one year level."""

    name: str


@dataclass(eq=False, kw_only=True)
class NewGroupUnknown(BrokenRule):
    """The plan has no such new group."""


@dataclass(eq=False, kw_only=True)
class LevelDoesNotFit(BrokenRule):
    """A pupil comes into a group that has the year level."""

    name: str
    level: int


@dataclass(eq=False, kw_only=True)
class GroupStillUsed(BrokenRule):
    """Pupils go to this new group: it cannot be taken away."""

    name: str


@dataclass(eq=False, kw_only=True)
class PupilsWithoutDestination(BrokenRule):
    """Nobody is left over in silence."""

    count: int


@dataclass(eq=False, kw_only=True)
class PupilInTwoGroups(BrokenRule):
    """A pupil who sits in two groups of the old year would come into two new ones."""

    count: int


@dataclass(eq=False, kw_only=True)
class PupilOfOtherGroup(BrokenRule):
    """This pupil does not sit in this group."""


@dataclass(eq=False, kw_only=True)
class PupilNumberUnknown(BrokenRule):
    """The list holds numbers that are of no pupil of this group."""

    numbers: str


@dataclass(eq=False, kw_only=True)
class NotATeacherHere(BrokenRule):
    """A new group is given to somebody who teaches at this school at that time."""


@dataclass(eq=False, kw_only=True)
class RoundsStillOpen(BrokenRule):
    """Whoever fills in a list has the group no more after the change."""

    count: int


@dataclass(eq=False, kw_only=True)
class RoundsNotClosed(BrokenRule):
    """Everything came in, and nobody closed them: one says so before going on."""

    count: int


@dataclass(eq=False, kw_only=True)
class MinuteHasPassed(BrokenRule):
    """A change is set for a minute that comes."""


@dataclass(eq=False, kw_only=True)
class MinuteOutsideYears(BrokenRule):
    """The change lies at the end of the old year or the beginning of the new one."""

    year: str


@dataclass(eq=False, kw_only=True)
class LeavesOutsideYear(BrokenRule):
    """Somebody leaves on a day of the old year."""

    year: str


@dataclass(eq=False, kw_only=True)
class ChangeSet(BrokenRule):
    """The change was set already: a second time changes nothing."""


@dataclass(eq=False, kw_only=True)
class ChangeNotSet(BrokenRule):
    """There is nothing to take back."""


@dataclass(eq=False, kw_only=True)
class ChangeHappened(BrokenRule):
    """The minute has come: people work in the new groups."""


@dataclass(frozen=True, slots=True)
class OldGroup:
    """A group of the old year."""

    key: str
    name: str
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sits:
    """A pupil sits in a group of the old year, in this year level."""

    pupil: str
    group: str
    level: int

    @property
    def place(self) -> tuple[str, int]:
        return self.group, self.level


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group of the new year, and the hats that will teach it."""

    key: str
    name: str
    levels: tuple[int, ...]
    teachers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Where one pupil goes: a new group with a year level, or out of the school from a day, or nobody knows yet."""

    to: str = OPEN
    level: int = 0
    on: date | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The new groups; per old group and year level the key of a new group, LEAVES or OPEN; and who goes another way."""

    groups: tuple[NewGroup, ...] = ()
    ways: Mapping[tuple[str, int], str] = field(default_factory=dict, hash=False)
    pupils: Mapping[str, Way] = field(default_factory=dict, hash=False)

    def group(self, key: str) -> NewGroup:
        """Raises NewGroupUnknown."""
        for one in self.groups:
            if one.key == key:
                return one
        raise NewGroupUnknown


@dataclass(frozen=True, slots=True)
class Destination:
    """One pupil of the old year, with where the plan sends them."""

    sits: Sits
    fate: Fate
    way: Way


# ---- who goes where -------------------------------------------------------------------------------------------


def destinations(plan: Plan, sits: Iterable[Sits]) -> list[Destination]:
    """Each pupil of the old year with exactly one destination, or OPEN. A group that is gone makes it open again."""
    levels = {one.key: one.levels for one in plan.groups}
    return [_destination(one, plan, levels) for one in sits]


def _destination(sits: Sits, plan: Plan, levels: Mapping[str, tuple[int, ...]]) -> Destination:
    way = plan.pupils.get(sits.pupil) or Way(plan.ways.get(sits.place, OPEN), sits.level + 1)
    if way.to == LEAVES:
        reason = way.reason or Reason.FINISHED
        return Destination(sits, Fate.LEAVES, Way(LEAVES, 0, way.on, reason))
    if way.level not in levels.get(way.to, ()):
        return Destination(sits, Fate.OPEN, Way())
    return Destination(sits, _fate(sits.level, way.level), way)


def _fate(level: int, then: int) -> Fate:
    if then == level + 1:
        return Fate.MOVES_ON
    return Fate.SKIPS if then > level else Fate.STAYS


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pupils there are, and what becomes of them; the parts always add up to the whole."""

    pupils: int
    by_fate: Mapping[Fate, int] = field(hash=False)
    by_group: Mapping[str, int] = field(hash=False)

    def of(self, fate: Fate) -> int:
        """How many have this fate."""
        return self.by_fate.get(fate, 0)


def counts(found: Collection[Destination]) -> Counts:
    """How many move on, stay, leave, and have nowhere to go; and how large the new groups become."""
    fates = Counter(one.fate for one in found)
    return Counts(len(found), fates, Counter(one.way.to for one in found if one.way.to not in {LEAVES, OPEN}))


# ---- corrections ----------------------------------------------------------------------------------------------


def with_groups(plan: Plan, groups: Sequence[NewGroup]) -> Plan:
    """Other new groups. Raises NewGroupTwice, NewGroupWithoutLevel, GroupStillUsed."""
    names: set[str] = set()
    for one in groups:
        if one.name.casefold() in names:
            raise NewGroupTwice(name=one.name)
        if not one.levels:
            raise NewGroupWithoutLevel(name=one.name)
        names.add(one.name.casefold())
    used = {*plan.ways.values(), *(way.to for way in plan.pupils.values())}
    for gone in plan.groups:
        if gone.key in used and gone.key not in {one.key for one in groups}:
            raise GroupStillUsed(name=gone.name)
    return replace(plan, groups=tuple(groups))


def next_key(plan: Plan) -> str:
    """A key that no new group bears, nor one that was taken away and is still pointed at."""
    taken = {one.key for one in plan.groups} | {*plan.ways.values()} | {way.to for way in plan.pupils.values()}
    number = len(plan.groups) + 1
    while f"g{number}" in taken:
        number += 1
    return f"g{number}"


def with_ways(plan: Plan, ways: Mapping[tuple[str, int], str]) -> Plan:
    """Other ways for whole year levels. Raises NewGroupUnknown and LevelDoesNotFit."""
    for (_old, level), to in ways.items():
        if to not in {LEAVES, OPEN}:
            _check_level(plan.group(to), level + 1)
    return replace(plan, ways={**plan.ways, **ways})


def with_pupils(plan: Plan, sits: Iterable[Sits], chosen: Mapping[str, Way | None]) -> Plan:
    """Other ways for these pupils; None is the way of the class. Raises PupilOfOtherGroup, NewGroupUnknown and LevelDoesNotFit."""
    here = {one.pupil for one in sits}
    if not chosen.keys() <= here:
        raise PupilOfOtherGroup
    for way in chosen.values():
        if way is not None and way.to not in {LEAVES, OPEN}:
            _check_level(plan.group(way.to), way.level)
    pupils = {**plan.pupils, **chosen}
    return replace(plan, pupils={pupil: way for pupil, way in pupils.items() if way is not None})


def spread(plan: Plan, sits: Sequence[Sits], keys: Sequence[str]) -> dict[str, Way]:
    """Deal the pupils evenly over these new groups in the order in which they stand, each year level by itself. Raises LevelDoesNotFit."""
    found: dict[str, Way] = {}
    for level in sorted({one.level for one in sits}):
        fitting = [key for key in keys if level + 1 in plan.group(key).levels]
        if not fitting:
            raise LevelDoesNotFit(name=plan.group(keys[0]).name if keys else "", level=level + 1)
        of_level = (one for one in sits if one.level == level)
        found |= {one.pupil: Way(fitting[number % len(fitting)], level + 1) for number, one in enumerate(of_level)}
    return found


def by_number(typed: str, numbers: Mapping[str, str]) -> list[str]:
    """The pupils of a pasted list, one number on each line; `numbers` are those of the group. Raises PupilNumberUnknown."""
    asked = [line.strip() for line in re.split(r"[\n,;\t]", typed) if line.strip()]
    unknown = [one for one in asked if one not in numbers]
    if unknown:
        raise PupilNumberUnknown(numbers=", ".join(unknown[:5]))
    return [numbers[one] for one in dict.fromkeys(asked)]


def _check_level(group: NewGroup, level: int) -> None:
    if level not in group.levels:
        raise LevelDoesNotFit(name=group.name, level=level)


# ---- before it is real ----------------------------------------------------------------------------------------


def check_years(old_ends_on: date, new_starts_on: date, *, label: str) -> None:
    """Raises YearNotNext."""
    if new_starts_on <= old_ends_on:
        raise YearNotNext(year=label)


def check_minute(minute: datetime, *, at: datetime, day: date, old_ends_on: date, new_ends_on: date, label: str) -> None:
    """`day` is the day of that minute at school. Raises MinuteHasPassed and MinuteOutsideYears."""
    if minute < at:
        raise MinuteHasPassed
    if not old_ends_on - AT_THE_END <= day <= new_ends_on:
        raise MinuteOutsideYears(year=label)


def check_complete(found: Collection[Destination], *, starts_on: date, last_on: date, label: str) -> None:
    """Raises PupilInTwoGroups, PupilsWithoutDestination and LeavesOutsideYear."""
    twice = sum(times > 1 for times in Counter(one.sits.pupil for one in found).values())
    if twice:
        raise PupilInTwoGroups(count=twice)
    left_over = sum(one.fate is Fate.OPEN for one in found)
    if left_over:
        raise PupilsWithoutDestination(count=left_over)
    if any(one.way.on is not None and not starts_on <= one.way.on <= last_on for one in found):
        raise LeavesOutsideYear(year=label)


def check_rounds(*, waiting: int, complete: int, anyway: bool) -> None:
    """Open rounds of the old year: of those that are complete nothing can get lost. Raises RoundsStillOpen and RoundsNotClosed."""
    if waiting:
        raise RoundsStillOpen(count=waiting)
    if complete and not anyway:
        raise RoundsNotClosed(count=complete)


def check_not_set(set_at: datetime | None) -> None:
    """Raises ChangeSet."""
    if set_at is not None:
        raise ChangeSet


def check_take_back(set_at: datetime | None, minute: datetime | None, *, at: datetime) -> None:
    """Raises ChangeNotSet and ChangeHappened."""
    if set_at is None or minute is None:
        raise ChangeNotSet
    if minute <= at:
        raise ChangeHappened
