"""Did the class really change between two measurements: only by pupils measured twice, corrected for how much is looked at together.

The difference between two class means is taken apart into what the stayers did and what joiners and leavers did to it; a class is compared
with the reference sample, which lives through the same seasons.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from kring.core.columns import MOST, Floats, choice, columns, total
from kring.core.instruments import NumberOutsideBounds
from kring.core.intervals import Interval, moments
from kring.core.multiple_tests import benjamini_hochberg, holm
from kring.core.provenance import Result, method
from kring.core.reference_change import ReferenceChange

__all__ = [
    "AgainstReference",
    "Correction",
    "GroupChange",
    "GroupChanges",
    "MeanChangeParts",
    "NoTest",
    "PairedChange",
    "change_against_reference",
    "group_changes",
    "mean_change_parts",
    "paired_change",
]

LEAST_PAIRS = 5  # below this a class has no interval and no test (methods B.11)
FALSE_SHARE = 0.05  # of what is called changed, the share that may be false (methods B.14)
RULE_OF_THUMB = 0.2  # standard deviations: a small effect (Cohen 1988), where no minimal important change is known
NOTHING = 1e-9  # differences below this are rounding, not data


class NoTest(StrEnum):
    """Why a change of a class is not tested."""

    TOO_FEW = "too few"
    NO_SPREAD = "no spread"


class Correction(StrEnum):
    """How is corrected for many tests: by the share of false findings, or by the chance of a single one."""

    BENJAMINI_HOCHBERG = "benjamini-hochberg"
    HOLM = "holm"


class GroupChange(IntEnum):
    """What may be said of a class; UNKNOWN when it was not tested or nothing says what is important."""

    UNKNOWN = -9
    WORSE = -1
    NOT_SHOWN = 0
    BETTER = 1


@dataclass(frozen=True, slots=True)
class PairedChange(Result):
    """Mean change of the `n_valid` of `n` pupils with both scores, tested with Student's t.

    `mean` (None for nobody) and `sd` (None below two) of the differences; `interval` of the mean, `t`, `df` and `p` (two-sided), None with
    `untested`; `effect_size` is the mean in standard deviations of the reference sample's first scores, None where these are unknown.
    """

    mean: float | None
    sd: float | None
    interval: Interval | None
    t: float | None
    df: int | None
    p: float | None
    effect_size: float | None
    untested: NoTest | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class GroupChanges(Result):
    """Which of `n` classes × scales changed; arrays float64[n] in the order given; `n_valid` were tested.

    `p_adjusted` is the one decided by; `threshold` the least mean change that matters; `decision` int8 holds codes of GroupChange.
    """

    p_adjusted: Floats
    threshold: Floats
    decision: NDArray[np.int8]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class MeanChangeParts(Result):
    """Why the mean of a class moved: `total` = `stayers` + `joiners` + `leavers`, as fractions so that they add up exactly.

    The numbers of pupils behind the parts are in `stayed`, `joined`, `left`. `total` is None when nobody has a score at one of the moments,
    the parts also when nobody stayed. `n` pupils, `n_valid` with a score at any moment.
    """

    total: Fraction | None
    stayers: Fraction | None
    joiners: Fraction | None
    leavers: Fraction | None
    stayed: int
    joined: int
    left: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class AgainstReference(Result):
    """How much more the class changed than the reference sample, with the interval of that difference.

    `df` by Welch and Satterthwaite, `p` two-sided. None with `untested`; `n` and `n_valid` are pupils of the class.
    """

    difference: float | None
    interval: Interval | None
    df: float | None
    p: float | None
    untested: NoTest | None
    n: int
    n_valid: int


@method("paired-change", 1, rows=("before", "after"))
def paired_change(before: Floats, after: Floats, *, sd_reference: float | None = None, level: float = 0.95) -> PairedChange:
    """Test the mean change of the pupils with both scores: t = d̄/(s_d/√n) with n - 1 degrees of freedom (Student 1908).

    float64[n] each, NaN for no score. `sd_reference`: standard deviation of first scores in the reference sample; effect size d̄ divided by
    it. Below five pupils, or when all changed alike, nothing is tested: no spread was seen, so nothing can be said about chance.
    Raises NumberOutsideBounds, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = paired_change(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([2.0, 2.0, 5.0, 5.0, 6.0]), sd_reference=2.0)
    >>> found.mean, round(found.t, 6), found.df, round(found.p, 6), found.effect_size
    (1.0, 3.162278, 4, 0.034109, 0.5)
    """
    first, second = columns(before=before, after=after)
    if sd_reference is not None and not 1 / MOST < sd_reference < MOST:
        raise NumberOutsideBounds(of="paired change", field="sd_reference", value=sd_reference, low=0, high=float("inf"))
    known = moments(second - first)
    effect = known.mean / sd_reference if known.mean is not None and sd_reference is not None else None
    if known.mean is None or known.sd is None or known.n < LEAST_PAIRS:
        return PairedChange(known.mean, known.sd, None, None, None, None, effect, NoTest.TOO_FEW, len(first), known.n)
    if known.sd <= NOTHING:
        return PairedChange(known.mean, known.sd, None, None, None, None, effect, NoTest.NO_SPREAD, len(first), known.n)
    df, error = known.n - 1, known.sd / sqrt(known.n)
    interval, p = _around(known.mean, error, df, level)
    return PairedChange(known.mean, known.sd, interval, known.mean / error, df, p, effect, None, len(first), known.n)


@method("group-changes", 1, rows=("p", "mean_changes", "important_change", "sd_reference"))
def group_changes(
    p: Floats,
    mean_changes: Floats,
    *,
    important_change: Floats | None = None,
    sd_reference: Floats | None = None,
    correction: Correction = Correction.BENJAMINI_HOCHBERG,
    false_share: float = FALSE_SHARE,
) -> GroupChanges:
    """Say which classes changed on which scales, over everything that is shown together.

    Arrays float64[n] over classes × scales: `p` of paired_change (NaN: not tested), `mean_changes` in the favourable direction,
    `important_change` the minimal important change (NaN or None: not known; then .2 of `sd_reference`, the standard deviation of the
    reference sample). A class changed when its adjusted p is at most `false_share` and |mean change| reaches that threshold.
    Source: Benjamini & Hochberg 1995; Holm 1979. Raises NumberOutsideBounds, NotAChoice, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = group_changes(np.array([0.001, 0.030, 0.400]), np.array([6.0, 0.5, 3.0]), sd_reference=np.array([10.0, 10.0, 10.0]))
    >>> [GroupChange(code).name for code in found.decision]
    ['BETTER', 'NOT_SHOWN', 'NOT_SHOWN']
    """
    (tested,) = columns(p=p)
    none = np.full(len(tested), np.nan)
    _, change, important, sd = columns(
        p=tested,
        mean_changes=mean_changes,
        important_change=none if important_change is None else important_change,
        sd_reference=none if sd_reference is None else sd_reference,
    )
    for field, values in (("important_change", important), ("sd_reference", sd)):
        for value in values[values <= 0]:
            raise NumberOutsideBounds(of="group changes", field=field, value=float(value), low=0, high=float("inf"))
    if not 0 < false_share < 1:
        raise NumberOutsideBounds(of="group changes", field="false_share", value=false_share, low=0, high=1)
    threshold = np.where(np.isnan(important), RULE_OF_THUMB * sd, important)
    adjusted = benjamini_hochberg(tested) if choice(correction, Correction) is Correction.BENJAMINI_HOCHBERG else holm(tested)
    found = (adjusted <= false_share) & (np.abs(change) >= threshold - NOTHING)
    decided = np.where(found, np.sign(np.where(found, change, 0.0)), GroupChange.NOT_SHOWN)
    decision = np.where(np.isnan(adjusted + change + threshold), GroupChange.UNKNOWN, decided).astype(np.int8)
    return GroupChanges(adjusted, threshold, decision, len(tested), int((~np.isnan(tested)).sum()))


@method("mean-change-parts", 1, rows=("before", "after"))
def mean_change_parts(before: Floats, after: Floats) -> MeanChangeParts:
    """Take the difference of two class means apart into stayers, joiners and leavers.

    float64[n] each over everybody who was there at any moment, NaN for no score then. stayers = m_s2 - m_s1,
    joiners = (n_j/n_2)(m_j2 - m_s2), leavers = -(n_l/n_1)(m_l1 - m_s1). Sums are rounded once, after that all is exact.
    Raises NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = mean_change_parts(np.array([2.0, 4.0, 1.0, np.nan]), np.array([3.0, 5.0, np.nan, 10.0]))
    >>> float(found.total), float(found.stayers), float(found.joiners), float(found.leavers)
    (3.6666666666666665, 1.0, 2.0, 0.6666666666666666)
    """
    first, second = columns(before=before, after=after)
    early, late = ~np.isnan(first), ~np.isnan(second)
    stayed, joined, left = early & late, late & ~early, early & ~late
    stayed_n, joined_n, left_n = int(stayed.sum()), int(joined.sum()), int(left.sum())
    stayers_first, stayers_second = Fraction(total(first[stayed])), Fraction(total(second[stayed]))
    joiners_second, leavers_first = Fraction(total(second[joined])), Fraction(total(first[left]))
    counts = (stayed_n, joined_n, left_n, len(first), int((early | late).sum()))
    if not early.any() or not late.any():
        return MeanChangeParts(None, None, None, None, *counts)
    mean_first = (stayers_first + leavers_first) / (stayed_n + left_n)
    mean_second = (stayers_second + joiners_second) / (stayed_n + joined_n)
    if not stayed_n:
        return MeanChangeParts(mean_second - mean_first, None, None, None, *counts)
    stayers = (stayers_second - stayers_first) / stayed_n
    joiners, leavers = mean_second - stayers_second / stayed_n, stayers_first / stayed_n - mean_first
    return MeanChangeParts(mean_second - mean_first, stayers, joiners, leavers, *counts)


@method("change-against-reference", 1, rows=("before", "after"))
def change_against_reference(before: Floats, after: Floats, *, reference: ReferenceChange, level: float = 0.95) -> AgainstReference:
    """Compare the mean change of a class with that of the reference sample in the same season, which the class is no part of.

    float64[n] each, NaN for no score; difference of means with Welch's t (1947): se² = s²/n + s_r²/n_r. Not tested below five pupils in the
    class or in the sample, and when neither differs within itself. Raises NotAColumn, BeyondMeasure, UnequalColumns.

    >>> from kring.core.reference_change import reference_change
    >>> sample = reference_change(np.arange(6.0), np.array([1.0, 1.0, 3.0, 3.0, 5.0, 5.0]))
    >>> found = change_against_reference(np.arange(5.0), np.array([2.0, 2.0, 4.0, 5.0, 5.0]), reference=sample)
    >>> round(found.difference, 6), round(found.df, 6), round(found.p, 6)
    (1.1, 8.642857, 0.009506)
    """
    first, second = columns(before=before, after=after)
    known, n = moments(second - first), len(first)
    if known.mean is None or known.sd is None or reference.mean is None or reference.sd is None:
        return AgainstReference(None, None, None, None, NoTest.TOO_FEW, n, known.n)
    difference = known.mean - reference.mean
    if min(known.n, reference.n_valid) < LEAST_PAIRS:
        return AgainstReference(difference, None, None, None, NoTest.TOO_FEW, n, known.n)
    own, of_reference = known.sd**2 / known.n, reference.sd**2 / reference.n_valid
    error = sqrt(own + of_reference)
    if error <= NOTHING:
        return AgainstReference(difference, None, None, None, NoTest.NO_SPREAD, n, known.n)
    df = error**4 / (own**2 / (known.n - 1) + of_reference**2 / (reference.n_valid - 1))
    interval, p = _around(difference, error, df, level)
    return AgainstReference(difference, interval, df, p, None, n, known.n)


def _around(mean: float, error: float, df: float, level: float) -> tuple[Interval, float]:
    half = float(stdtrit(df, (1 + level) / 2)) * error
    return Interval(mean - half, mean + half, level), 2 * float(stdtr(df, -abs(mean) / error))
