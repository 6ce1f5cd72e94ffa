"""A deepened cycle: what must be there before it is agreed upon, and what may not be forgotten before it closes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

SHORTEST_REASON: Final = 10
CHECKED_WITHIN: Final = timedelta(days=7)
RECENT: Final = timedelta(days=120)  # so long a talk counts as the talk of this cycle


class Level(StrEnum):
    """Whose goal it is."""

    PUPIL = "pupil"
    GROUP = "group"
    STAFF_SCHOOL = "staff_school"
    FAMILY = "family"


class Setting(StrEnum):
    """Where a skill is used when it stays."""

    CLASS = "class"
    PLAYGROUND = "playground"
    HOME = "home"


@dataclass(eq=False, kw_only=True)
class GoalsMissing(BrokenRule):
    """A deepened cycle has a goal."""


@dataclass(eq=False, kw_only=True)
class OnlyPupilGoals(BrokenRule):
    """Somebody thought about the class, the school and home; or says why only the pupil has to change."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class PupilNotSpoken(BrokenRule):
    """There was a talk with the pupil about it."""


@dataclass(eq=False, kw_only=True)
class GuardiansNotSpoken(BrokenRule):
    """There was a talk with the guardians about it."""


@dataclass(eq=False, kw_only=True)
class FamilyNotAgreed(BrokenRule):
    """Nothing is given to a family to do that they did not say yes to."""


@dataclass(eq=False, kw_only=True)
class OutsideHelpNotWeighed(BrokenRule):
    """Whether help from outside is wanted was asked: yes or no, and why."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class ClosedWithoutTransfer(BrokenRule):
    """A skill that nobody saw in class, on the playground or at home is not learnt yet; or somebody says why that cannot be known."""

    least: int = SHORTEST_REASON


def check_levels(levels: Collection[str], *, because: str) -> None:
    """Raises GoalsMissing, OnlyPupilGoals.

    >>> check_levels(["pupil", "group"], because="")
    """
    if not levels:
        raise GoalsMissing
    if {*levels} == {Level.PUPIL} and not _is_reason(because):
        raise OnlyPupilGoals


def check_talks(*, with_pupil: bool, with_guardians: bool, is_of_age: bool) -> None:
    """Raises PupilNotSpoken, GuardiansNotSpoken; a pupil of age decides who comes along."""
    if not with_pupil:
        raise PupilNotSpoken
    if not (with_guardians or is_of_age):
        raise GuardiansNotSpoken


def check_family(levels: Collection[str], *, has_agreed: bool) -> None:
    """Raises FamilyNotAgreed."""
    if Level.FAMILY in levels and not has_agreed:
        raise FamilyNotAgreed


def check_outside(wanted: str, because: str) -> None:
    """Raises OutsideHelpNotWeighed."""
    if wanted not in ("yes", "no") or not _is_reason(because):
        raise OutsideHelpNotWeighed


def check_transfer(seen: Collection[str], *, because: str) -> None:
    """Raises ClosedWithoutTransfer; `seen`: the settings in which the skill was used."""
    if not seen and not _is_reason(because):
        raise ClosedWithoutTransfer


def settings_to_ask(asked: Sequence[tuple[str, date]], *, on: date) -> list[Setting]:
    """In which settings nobody looked for a week.

    >>> from datetime import date
    >>> [one.value for one in settings_to_ask([("class", date(2026, 3, 2)), ("home", date(2026, 2, 2))], on=date(2026, 3, 4))]
    ['playground', 'home']
    """
    lately = {setting for setting, day in asked if on - day < CHECKED_WITHIN}
    return [one for one in Setting if one.value not in lately]


def _is_reason(text: str) -> bool:
    return len(" ".join(text.split())) >= SHORTEST_REASON
