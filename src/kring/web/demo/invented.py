"""What an invented school consists of, as values; and the one seed that all chance comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import numpy as np

from kring.core.answers import Missing
from kring.core.sociometry.nominations import Edge, Participation
from kring.web.demo.plan import SchoolPlan
from kring.web.demo.years import InventedYear, Window
from kring.web.schools.names import sort_name

SEED = 20261122


def chance(*about: str) -> np.random.Generator:
    """A stream of its own for every subject, so that one more pupil here changes nothing there."""
    return np.random.default_rng([SEED, int.from_bytes(sha256("/".join(about).encode()).digest()[:8], "big")])


@dataclass(frozen=True, slots=True)
class InventedPupil:
    """A pupil; `key` is the one of the school's administration."""

    key: str
    given_name: str
    name_prefix: str
    family_name: str
    is_girl: bool
    home: str

    @property
    def sort_name(self) -> str:
        return sort_name(self.given_name, self.family_name)


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil sat in a group from a day, and up to (not including) another; open when None."""

    pupil: str
    year: str
    group: str
    year_level: int
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class InventedGroup:
    """A class of one school year and who teaches it."""

    year: str
    name: str
    year_levels: tuple[int, ...]
    teacher: str


@dataclass(frozen=True, slots=True)
class InventedRound:
    """One instrument in one window."""

    window: Window
    instrument: str
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class InventedList:
    """A list about one pupil; no answers when it did not come in."""

    group: str
    pupil: str
    answers: Mapping[str, int | Missing] | None = field(hash=False)
    submitted_on: date | None


@dataclass(frozen=True, slots=True)
class InventedChoices:
    """The sociogram of one group."""

    group: str
    held_on: date
    participation: Mapping[str, Participation] = field(hash=False)
    question: str
    edges: tuple[Edge, ...]
    expects: str  # the question by whom one thinks to be chosen, and who thinks so of whom
    expected: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a round brought in."""

    round: InventedRound
    lists: tuple[InventedList, ...] = ()
    sociograms: tuple[InventedChoices, ...] = ()


@dataclass(frozen=True, slots=True)
class InventedSchool:
    """One school with everything in it."""

    plan: SchoolPlan
    years: tuple[InventedYear, ...]
    groups: tuple[InventedGroup, ...]
    pupils: tuple[InventedPupil, ...]
    stays: tuple[Stay, ...]
    measured: tuple[Measured, ...]
