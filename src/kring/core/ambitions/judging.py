"""Whether an ambition is met: literally, with how sure that is, and never where there is no answer.

An ambition is judged part by part (one area of one list). "Every part green" is met only if every part is; one part without an answer
leaves the whole open. A part of which too little is known says nothing, not even its value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import fsum

import numpy as np

from kring.core.ambitions.wanted import (
    CARE_SHARE,
    EVERY_AREA_GREEN,
    KINDS,
    READY_AMBITIONS,
    SAFETY_GREEN,
    Ambition,
    Average,
    Comparator,
    ComparatorWithoutThreshold,
    GroupCount,
    IndexPart,
    MeanPart,
    Measure,
    Part,
    SharePart,
    Subject,
    Unit,
)
from kring.core.bands import SAME
from kring.core.columns import table
from kring.core.disclosure.cells import K_INTERNAL
from kring.core.errors import CallerMistake
from kring.core.groups import enough_response
from kring.core.instruments import Informant
from kring.core.intervals import Interval, MeanInterval, interval_of_a_group, interval_of_a_school
from kring.core.provenance import Result, method
from kring.core.shares import wilson_interval

__all__ = [
    "CARE_SHARE",
    "EVERY_AREA_GREEN",
    "READY_AMBITIONS",
    "SAFETY_GREEN",
    "Ambition",
    "AmbitionResult",
    "Answer",
    "Average",
    "Certainty",
    "Comparator",
    "ComparatorWithoutThreshold",
    "GroupCount",
    "IndexPart",
    "MeanPart",
    "Measure",
    "NoAnswer",
    "PartOfAnotherMeasure",
    "PartResult",
    "PartTwice",
    "SharePart",
    "Subject",
    "Unit",
    "judged",
]

LEVEL = 0.90  # of the intervals that say how sure an outcome is (methods A.4, A.5)


class Answer(StrEnum):
    """Met, not met, or not to be said yet."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


class NoAnswer(StrEnum):
    """Why there is no answer."""

    NOT_MEASURED = "not_measured"
    TOO_FEW = "too_few"
    TOO_LITTLE_RESPONSE = "too_little_response"
    NO_CUTS = "no_cuts"


class Certainty(StrEnum):
    """Whether the whole interval is on the side of the answer; unknown where there is no interval."""

    CERTAIN = "certain"
    WITHIN_CHANCE = "within_chance"
    UNKNOWN = "unknown"


@dataclass(eq=False, kw_only=True)
class PartOfAnotherMeasure(CallerMistake):
    """Means are judged for scale means, indices for the sociogram, counts for everything else."""

    ambition: str
    part: str


@dataclass(eq=False, kw_only=True)
class PartTwice(CallerMistake):
    """One scale of one informant is judged once."""

    informant: Informant
    scale: str


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part: the answer, or the `reason` for none; then there is no `value` either.

    `distance` is from the cut-off or threshold in the unit of the value, positive on the good side. `interval` is the 90 % interval behind
    `certainty`; it is left out where a class has fewer than k, whose mean or share could be worked back from it. Shares are exact
    fractions. `scale` is None for a list that is missing as a whole. `n` pupils of `n_pupils`.
    """

    informant: Informant | None
    scale: str | None
    answer: Answer
    reason: NoAnswer | None
    value: float | Fraction | None
    distance: float | Fraction | None
    interval: Interval | None
    certainty: Certainty
    n: int
    n_pupils: int


@dataclass(frozen=True, slots=True)
class AmbitionResult(Result):
    """The whole and its parts, by informant and scale: "`n_met` of `n` areas". `n_valid` parts have an answer."""

    ambition: Ambition
    whole: Answer
    parts: tuple[PartResult, ...]
    n_met: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What one part comes to, before anybody asks whether it may be said."""

    value: float | Fraction | None
    distance: float | Fraction | None
    interval: Interval | None
    n: int
    n_pupils: int
    smallest: int  # number of known pupils in the smallest class that has any


@method("ambition", 1, rows=("parts",))
def judged(ambition: Ambition, parts: Sequence[Part], *, k: int = K_INTERNAL) -> AmbitionResult:
    """Whether an ambition is met, part by part and as a whole.

    Parts of another subject, informant or scale are left out. A part has no answer when nobody was asked, when fewer than 60 % have a
    value, when fewer than k have one or when the scale has no cut-offs. Shares are compared as exact fractions; a mean that only rounding
    keeps from a cut-off lies on it, and a value on the cut-off or threshold meets it. Certain: the whole 90 % interval lies on the side of
    the answer (means: by classes where there are two or more; shares: Wilson, every pupil once). The whole is open as long as one part has
    no answer, also when another part is already not met. Source: methods A.4 and A.5. Raises PartOfAnotherMeasure, PartTwice.

    For outsiders a `value` is rounded, a share to whole percents: the exact mean of class shares, with the class sizes, gives back the
    count of every class. And a mean of class means does not stand beside class or school means of which some are withheld.

    >>> from kring.core.instruments import Informant
    >>> counts = (GroupCount("a", 5, 25, 25), GroupCount("b", 4, 16, 16), GroupCount("c", 6, 29, 29))
    >>> found = judged(CARE_SHARE, [SharePart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, "care", counts)])
    >>> found.whole.value, round(float(found.parts[0].value), 8), found.parts[0].certainty.value
    ('not_met', 0.21896552, 'within_chance')
    """
    for part in parts:
        if not isinstance(part, KINDS[ambition.measure]):
            raise PartOfAnotherMeasure(ambition=ambition.key, part=type(part).__name__)
    meant = [part for part in parts if _meant(ambition, part)]
    places = [(part.informant, part.scale) for part in meant]
    for informant, scale in places:
        if places.count((informant, scale)) > 1:
            raise PartTwice(informant=informant, scale=scale)
    results = [_judged_part(ambition, part, k) for part in meant] + _missing(ambition, meant)
    ordered = tuple(sorted(results, key=lambda each: (each.informant or "", each.scale or "")))
    met, said = (sum(each.answer in answers for each in ordered) for answers in ({Answer.MET}, {Answer.MET, Answer.NOT_MET}))
    whole = Answer.OPEN if said < len(ordered) or not ordered else Answer.MET if met == said else Answer.NOT_MET
    return AmbitionResult(ambition, whole, ordered, met, len(ordered), said)


def _meant(ambition: Ambition, part: Part) -> bool:
    in_scope = ambition.scope is None or part.scale in ambition.scope
    return part.subject is ambition.subject and part.informant in ambition.informants and in_scope


def _missing(ambition: Ambition, meant: Sequence[Part]) -> list[PartResult]:
    """An entry for each informant who was not asked at all and each named scale that nobody was asked about."""
    informants = ambition.informants - {part.informant for part in meant}
    scales = (ambition.scope or frozenset()) - {part.scale for part in meant}
    lists = [_open(informant, None, NoAnswer.NOT_MEASURED, 0, 0) for informant in informants]
    return lists + [_open(None, scale, NoAnswer.NOT_MEASURED, 0, 0) for scale in scales]


def _open(informant: Informant | None, scale: str | None, reason: NoAnswer, n: int, n_pupils: int) -> PartResult:
    return PartResult(informant, scale, Answer.OPEN, reason, None, None, None, Certainty.UNKNOWN, n, n_pupils)


def _judged_part(ambition: Ambition, part: Part, k: int) -> PartResult:
    found = _found(ambition, part)
    reason = _reason(ambition, found, k)
    if reason is not None or found.distance is None:
        return _open(part.informant, part.scale, reason or NoAnswer.NO_CUTS, found.n, found.n_pupils)
    met = found.distance >= (0 if isinstance(found.distance, Fraction) else -SAME)
    certainty = _certainty(ambition, part, found, met)
    answer = Answer.MET if met else Answer.NOT_MET
    told = None if found.smallest < k else found.interval
    return PartResult(part.informant, part.scale, answer, None, found.value, found.distance, told, certainty, found.n, found.n_pupils)


def _reason(ambition: Ambition, found: _Found, k: int) -> NoAnswer | None:
    if found.n_pupils == 0 or found.n == 0:
        return NoAnswer.NOT_MEASURED
    if ambition.measure is not Measure.RESPONSE and not enough_response(found.n, found.n_pupils):
        return NoAnswer.TOO_LITTLE_RESPONSE
    if found.n < k:
        return NoAnswer.TOO_FEW
    return NoAnswer.NOT_MEASURED if found.value is None else None


def _found(ambition: Ambition, part: Part) -> _Found:
    if isinstance(part, MeanPart):
        by_group = _by_group(part)
        mean = _mean(ambition, part, by_group)
        smallest = min(map(len, by_group.values()), default=0)
        return _Found(mean.mean, _distance(ambition, part, mean.mean), mean.interval, mean.n_valid, mean.n, smallest)
    if isinstance(part, IndexPart):
        return _Found(part.value, _distance(ambition, part, part.value), None, part.n, part.n_pupils, part.n)
    x, n, of = (sum(getattr(count, name) for count in part.counts) for name in ("x", "n", "n_pupils"))
    shares = [Fraction(count.x, count.n) for count in part.counts if count.n]
    value = None if not n else Fraction(x, n) if ambition.average is Average.PUPILS else sum(shares, Fraction(0)) / len(shares)
    smallest = min((count.n for count in part.counts if count.n), default=0)
    return _Found(value, _distance(ambition, part, value), wilson_interval(x, n, LEVEL) if n else None, n, of, smallest)


def _by_group(part: MeanPart) -> dict[str, list[float]]:
    by_group: dict[str, list[float]] = {}
    for value, group in zip(table(part.values, "values", axes=1).tolist(), part.groups):
        if value == value:  # not missing
            by_group.setdefault(group, []).append(value)
    return by_group


def _mean(ambition: Ambition, part: MeanPart, by_group: dict[str, list[float]]) -> MeanInterval:
    if ambition.average is Average.GROUPS:
        means = interval_of_a_group(np.array([fsum(values) / len(values) for values in by_group.values()]), LEVEL)
        scored = sum(map(len, by_group.values()))
        return MeanInterval(means.mean, means.sd, means.se, means.interval, means.reason, len(part.values), scored)
    if len(by_group) > 1:
        return interval_of_a_school(table(part.values, "values", axes=1), part.groups, LEVEL)
    return interval_of_a_group(part.values, LEVEL)


def _distance(ambition: Ambition, part: Part, value: float | Fraction | None) -> float | Fraction | None:
    """How far a value is on the good side; None without a value or without a cut-off."""
    if value is None:
        return None
    if ambition.threshold is None:
        return None if not isinstance(part, MeanPart) or part.green is None else part.direction * (value - part.green)
    threshold = ambition.threshold if isinstance(value, Fraction) else float(ambition.threshold)
    return threshold - value if ambition.comparator is Comparator.AT_MOST else value - threshold


def _certainty(ambition: Ambition, part: Part, found: _Found, met: bool) -> Certainty:
    if found.interval is None:
        return Certainty.UNKNOWN
    ends = [_distance(ambition, part, end) for end in (found.interval.low, found.interval.high)]
    same_side = all(end is not None and (end >= 0) == met for end in ends)
    return Certainty.CERTAIN if same_side else Certainty.WITHIN_CHANCE
