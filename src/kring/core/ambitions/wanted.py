"""Ambitions as data, with the three of source 004 ready to use, and the measurements that they are held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import finite, table
from kring.core.errors import CallerMistake
from kring.core.instruments import Informant
from kring.core.intervals import ClustersOfOthers, ImpossibleCount
from kring.core.provenance import unordered, written

Floats = NDArray[np.float64]


class Measure(StrEnum):
    """What an ambition is about."""

    SCALE_MEAN = "scale_mean"
    CARE_SHARE = "care_share"
    RED_SHARE = "red_share"
    RESPONSE = "response"
    SOCIOGRAM_INDEX = "sociogram_index"


class Subject(StrEnum):
    """Which kind of list: how pupils are doing, or how safe the school is."""

    SOCIAL_EMOTIONAL = "social_emotional"
    SAFETY = "safety"


class Unit(StrEnum):
    """For whom it is meant."""

    SCHOOL = "school"
    YEAR_LEVEL = "year_level"
    GROUP = "group"


class Average(StrEnum):
    """Who counts once: every pupil, or every class whatever its size."""

    PUPILS = "pupils"
    GROUPS = "groups"


class Comparator(StrEnum):
    """On or above the green cut-off of the scale, at most the threshold, or at least the threshold."""

    GREEN = "green"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(eq=False, kw_only=True)
class ComparatorWithoutThreshold(CallerMistake):
    """Green is for scale means and has no threshold; every other comparison needs one."""

    ambition: str


@dataclass(frozen=True, slots=True)
class Ambition:
    """What a school wants to reach, from `valid_from` on. `scope` are scales by key, None is every scale; `threshold` is exact.

    Every informant must have been asked, and every scale of the scope; what is missing leaves the ambition open.
    """

    key: str
    measure: Measure
    subject: Subject
    informants: frozenset[Informant]
    comparator: Comparator
    valid_from: date
    threshold: Fraction | None = None
    scope: frozenset[str] | None = None
    unit: Unit = Unit.SCHOOL
    average: Average = Average.PUPILS

    def __post_init__(self) -> None:
        green = self.comparator is Comparator.GREEN
        if green != (self.threshold is None) or (green and self.measure is not Measure.SCALE_MEAN):
            raise ComparatorWithoutThreshold(ambition=self.key)


SOURCE_004 = date(2025, 8, 1)  # the school year for which the source was written
EVERY_AREA_GREEN = Ambition(
    "every-area-green",
    Measure.SCALE_MEAN,
    Subject.SOCIAL_EMOTIONAL,
    frozenset({Informant.TEACHER, Informant.PUPIL}),
    Comparator.GREEN,
    SOURCE_004,
)
SAFETY_GREEN = Ambition("safety-green", Measure.SCALE_MEAN, Subject.SAFETY, frozenset({Informant.PUPIL}), Comparator.GREEN, SOURCE_004)
CARE_SHARE = Ambition(
    "care-share",
    Measure.CARE_SHARE,
    Subject.SOCIAL_EMOTIONAL,
    frozenset({Informant.PUPIL}),
    Comparator.AT_MOST,
    SOURCE_004,
    threshold=Fraction(1, 5),
    average=Average.GROUPS,
)
READY_AMBITIONS = (EVERY_AREA_GREEN, SAFETY_GREEN, CARE_SHARE)
"""The three ambitions of source 004, to start from."""


@dataclass(frozen=True, slots=True, eq=False)
class MeanPart:
    """The scores float64[n] of all n pupils on one scale (NaN is none), the class of each, and the green cut-off on the same ruler.

    `green` is None where the scale has no cut-offs at this level.
    """

    subject: Subject
    informant: Informant
    scale: str
    values: Floats
    groups: Sequence[str]
    direction: int
    green: float | None = None

    def __post_init__(self) -> None:
        values = table(self.values, "values", axes=1)
        if len(values) != len(self.groups):
            raise ClustersOfOthers(values=len(values), clusters=len(self.groups))

    def fingerprint(self) -> bytes:
        """Its written form for provenance; the order of the pupils means nothing."""
        rest = (self.subject, self.informant, self.scale, self.direction, self.green)
        return written(rest) + unordered([self.values, self.groups])


@dataclass(frozen=True, slots=True)
class GroupCount:
    """`x` of the `n` pupils of whom it is known, in a class of `n_pupils`."""

    group: str
    x: int
    n: int
    n_pupils: int

    def __post_init__(self) -> None:
        for count, of in ((self.x, self.n), (self.n, self.n_pupils)):
            if not 0 <= count <= of:
                raise ImpossibleCount(count=count, of=of)


@dataclass(frozen=True, slots=True)
class SharePart:
    """A share by class: of pupils in the care zone, red on one scale, or who answered (then n is n_pupils). `scale` names what it is of."""

    subject: Subject
    informant: Informant
    scale: str
    counts: tuple[GroupCount, ...]

    def fingerprint(self) -> bytes:
        """Its written form for provenance; the order of the classes means nothing."""
        return written((self.subject, self.informant, self.scale)) + b"".join(sorted(map(written, self.counts)))


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A number of the sociogram, None where it is undefined, from the choices of `n` of `n_pupils` pupils."""

    subject: Subject
    informant: Informant
    scale: str
    value: float | None
    n: int
    n_pupils: int

    def __post_init__(self) -> None:
        if not 0 <= self.n <= self.n_pupils:
            raise ImpossibleCount(count=self.n, of=self.n_pupils)
        if self.value is not None:
            finite(self.value, "value")


Part = MeanPart | SharePart | IndexPart
KINDS: dict[Measure, type[MeanPart] | type[SharePart] | type[IndexPart]] = {
    Measure.SCALE_MEAN: MeanPart,
    Measure.SOCIOGRAM_INDEX: IndexPart,
    Measure.CARE_SHARE: SharePart,
    Measure.RED_SHARE: SharePart,
    Measure.RESPONSE: SharePart,
}
