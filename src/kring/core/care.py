"""The care zone and the class care score: a published rule, its outcome per class and school, and what chance alone would give.

Source 004 gives the ambition (at most 20 %) without the formula, so the formula is ours: printed beside every outcome, with its version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from kring.core.bands import SAME, Band
from kring.core.columns import table
from kring.core.errors import CallerMistake
from kring.core.instruments import KeyTwice, NumberOutsideBounds, ScaleNamesUnknownItem
from kring.core.intervals import ClustersOfOthers, Interval
from kring.core.provenance import Result, method
from kring.core.shares import wilson_interval

__all__ = [
    "Care",
    "CareRule",
    "CareScore",
    "CareZones",
    "ClassCare",
    "ColoursOfOtherScales",
    "ExpectedCare",
    "NotAModel",
    "NotAZone",
    "RedShares",
    "ScaleCorrelation",
    "care_score",
    "care_zones",
    "expected_care",
    "red_shares",
    "scale_correlation",
]

SCALES_NEEDED = 80  # percent of the scales that must have a score (methods A.4)
RED_NEEDED = 2  # with one, 37-44 % of all pupils would be in the zone by construction (methods 0.2)
ASSUMED_CORRELATION = 0.4  # between scales, while there are too few pupils to see it
CORRELATED_FROM = 100  # pupils
DRAWS = 200_000
MOST_DRAWS = 10_000_000  # enough for four digits
MOST_SEED = 2**63
ALERT = Fraction(3, 4)  # of the ambition: a rule that chance alone brings so near is warned about

Codes = NDArray[np.int8]
Floats = NDArray[np.float64]


class Care(IntEnum):
    """Whether a pupil is in the care zone; unknown with too few scores."""

    UNKNOWN = -1
    OUTSIDE = 0
    INSIDE = 1


@dataclass(eq=False, kw_only=True)
class ColoursOfOtherScales(CallerMistake):
    """There must be one colour (a code) and one certainty (yes or no) per pupil and scale of the rule."""

    scales: int
    band: tuple[int, ...]
    certain: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class NotAZone(CallerMistake):
    """A pupil is inside the care zone, outside it, or unknown."""

    code: int


@dataclass(eq=False, kw_only=True)
class NotAModel(CallerMistake):
    """Shares and a correlation lie within 0 and 1, with one share per scale, of which there is at least one."""

    red: tuple[float, ...]
    alone: tuple[float, ...]
    rho: float


@dataclass(frozen=True, slots=True)
class CareRule:
    """When a pupil is in the care zone: at least `red_needed` of `scales` red, or one of `alone` red and certain.

    A published rule is never changed: another rule is another `version`. Raises NumberOutsideBounds, KeyTwice, ScaleNamesUnknownItem.
    """

    version: int
    scales: tuple[str, ...]
    red_needed: int = RED_NEEDED
    alone: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for field, value, high in (("version", self.version, float("inf")), ("red_needed", self.red_needed, len(self.scales))):
            if not 1 <= value <= high:
                raise NumberOutsideBounds(of="care rule", field=field, value=value, low=1, high=high)
        for scale in self.scales:
            if self.scales.count(scale) > 1:
                raise KeyTwice(of="care rule", kind="scale", key=scale)
        for scale in sorted(self.alone - set(self.scales)):
            raise ScaleNamesUnknownItem(scale="care rule", item=scale)


@dataclass(frozen=True, slots=True, eq=False)
class CareZones(Result):
    """The zone of each pupil: `zone` int8[n], codes of Care. `n` pupils, `n_valid` with enough scores."""

    zone: Codes
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class ClassCare:
    """The class care score: `care` of `n` pupils with enough scores, in a class of `n_pupils`.

    `share` is exact and None when nobody has enough scores, as is its 95 % `interval`. Whoever is unknown is at best outside and at worst
    inside the zone: then the share lies from `lower` to `upper`.
    """

    group: str
    care: int
    n: int
    n_pupils: int
    share: Fraction | None
    interval: Interval | None
    lower: Fraction
    upper: Fraction


@dataclass(frozen=True, slots=True)
class CareScore(Result):
    """The care score of a school: every class by name, and two readings that are not to be mixed up.

    `mean_of_classes` counts every class once (the literal ambition), `of_pupils` every pupil once; both exact, None when nobody has enough
    scores. A class in which nobody has is in neither. `interval` is the 95 % interval of `of_pupils`; `lower` and `upper` are the bounds of
    `mean_of_classes` over all classes. `n` pupils, `n_valid` with enough scores, `care` in the zone.
    """

    classes: tuple[ClassCare, ...]
    mean_of_classes: Fraction | None
    of_pupils: Fraction | None
    interval: Interval | None
    lower: Fraction | None
    upper: Fraction | None
    care: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class RedShares(Result):
    """The share of pupils that is red on each scale, and that is red and certain; exact, None on a scale where nobody has a colour.

    `n` pupils, `n_valid` with a colour on some scale.
    """

    red: tuple[Fraction | None, ...]
    certain: tuple[Fraction | None, ...]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class ScaleCorrelation(Result):
    """The mean correlation between scales, at least 0; `assumed` when there are too few pupils. `n` pupils, `n_valid` with all scores."""

    value: float
    assumed: bool
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class ExpectedCare(Result):
    """The share in the zone if every pupil were an average pupil, with the standard error `se` of the drawing.

    `too_high` when it is above three quarters of the ambition: then the ambition is missed by chance. `n` and `n_valid` pupils drawn.
    """

    share: Fraction
    se: float
    too_high: bool
    n: int
    n_valid: int


@method("care-zones", 1, rows=("band", "certain"))
def care_zones(band: Codes, certain: NDArray[np.bool_], *, rule: CareRule) -> CareZones:
    """Who is in the care zone, from colours int8[n, k] (codes of Band) and their certainty bool[n, k], columns as in `rule.scales`.

    Inside: at least `red_needed` scales red, or a scale of `alone` red and certain. Unknown: fewer than 80 % of the scales have a colour,
    compared in whole numbers. A scale of one question is never certain. Source: methods A.4. Raises ColoursOfOtherScales.

    >>> from kring.core.bands import Band
    >>> rule = CareRule(1, ("rust", "plezier", "vrienden"))
    >>> colours = np.array([[Band.RED, Band.RED, Band.GREEN], [Band.RED, Band.GREEN, Band.GREEN], [Band.RED, Band.NO_SCORE, Band.RED]])
    >>> [Care(code).name for code in care_zones(colours.astype(np.int8), colours > Band.GREEN, rule=rule).zone]
    ['INSIDE', 'OUTSIDE', 'UNKNOWN']
    """
    k = len(rule.scales)
    band, certain = _colours(band, certain, k)
    red = band == Band.RED
    on_its_own = np.array([scale in rule.alone for scale in rule.scales])
    inside = (red.sum(axis=1) >= rule.red_needed) | (red & certain & on_its_own).any(axis=1)
    known = 100 * (band != Band.NO_SCORE).sum(axis=1) >= SCALES_NEEDED * k
    zone = np.where(known, np.where(inside, Care.INSIDE, Care.OUTSIDE), Care.UNKNOWN).astype(np.int8)
    return CareZones(zone, len(zone), int(np.count_nonzero(known)))


def _colours(band: Codes, certain: NDArray[np.bool_], k: int | None) -> tuple[Codes, NDArray[np.bool_]]:
    """Both as arrays of pupils by scales; k None is any number of scales."""
    codes, sure = np.asarray(band), np.asarray(certain)
    scales = k if k is not None else codes.shape[-1] if codes.ndim else 0
    kinds = codes.dtype.kind in "iu" and sure.dtype.kind == "b"
    if not kinds or codes.ndim != 2 or codes.shape[1] != scales or sure.shape != codes.shape:
        raise ColoursOfOtherScales(scales=scales, band=codes.shape, certain=sure.shape)
    return codes, sure


@method("red-shares", 1, rows=("band", "certain"))
def red_shares(band: Codes, certain: NDArray[np.bool_]) -> RedShares:
    """How many pupils are red on each scale, for expected_care: colours int8[n, k] (codes of Band) and certainty bool[n, k] of a reference.

    With chosen cut-offs the reference are all own pupils; with norms the share is known beforehand. Counted over those with a colour.
    Source: methods A.4. Raises ColoursOfOtherScales.

    >>> from kring.core.bands import Band
    >>> colours = np.array([[Band.RED, Band.GREEN], [Band.GREEN, Band.NO_SCORE], [Band.RED, Band.NO_SCORE]], dtype=np.int8)
    >>> red_shares(colours, np.array([[True, True], [True, False], [False, False]])).red
    (Fraction(2, 3), Fraction(0, 1))
    """
    band, certain = _colours(band, certain, None)
    known, red = band != Band.NO_SCORE, band == Band.RED
    of = known.sum(axis=0).tolist()
    shares = [
        tuple(Fraction(count, total) if total else None for count, total in zip(counts.sum(axis=0).tolist(), of))
        for counts in (red, red & certain)
    ]
    return RedShares(shares[0], shares[1], len(band), int(np.count_nonzero(known.any(axis=1))))


@method("care-score", 1, rows=("zone", "groups"))
def care_score(zone: Codes, groups: Sequence[str]) -> CareScore:
    """The class care scores and the school's, from zones int8[n] (codes of Care) and the class of each pupil. Exact fractions.

    share_c = care_c / n_c over pupils with enough scores; bounds care_c / N_c and (care_c + unknown_c) / N_c over all pupils of the class.
    For who may read names: outside the own team the two readings together, or one of them as an exact fraction, give back how many are in
    the zone in each class, also in a class that is left out for being small. There, tell one reading only, in whole percents, and no class
    that shown-totals leaves out. Source: methods A.4. Raises ClustersOfOthers, NotAZone.

    >>> zone = np.repeat(np.array([1, 0, 1, 0, 1, 0], dtype=np.int8), [5, 20, 4, 12, 6, 23])
    >>> found = care_score(zone, ["a"] * 25 + ["b"] * 16 + ["c"] * 29)
    >>> [round(100 * float(each.share), 6) for each in found.classes]
    [20.0, 25.0, 20.689655]
    >>> round(100 * float(found.mean_of_classes), 6), round(100 * float(found.of_pupils), 6)
    (21.896552, 21.428571)
    """
    codes = np.asarray(zone).ravel().tolist()
    if len(codes) != len(groups):
        raise ClustersOfOthers(values=len(codes), clusters=len(groups))
    members: dict[str, list[int]] = {}
    for code in sorted(set(codes) - set(Care)):
        raise NotAZone(code=code)
    for group, code in zip(groups, codes):
        members.setdefault(group, []).append(code)
    classes = tuple(_class_care(group, members[group]) for group in sorted(members))
    shares = [each.share for each in classes if each.share is not None]
    care, known = sum(each.care for each in classes), sum(each.n for each in classes)
    return CareScore(
        classes,
        _mean(shares),
        Fraction(care, known) if known else None,
        wilson_interval(care, known, 0.95) if known else None,
        _mean([each.lower for each in classes]),
        _mean([each.upper for each in classes]),
        care,
        len(codes),
        known,
    )


def _class_care(group: str, codes: list[int]) -> ClassCare:
    care, unknown, of = codes.count(Care.INSIDE), codes.count(Care.UNKNOWN), len(codes)
    n = of - unknown
    share, interval = (Fraction(care, n), wilson_interval(care, n, 0.95)) if n else (None, None)
    return ClassCare(group, care, n, of, share, interval, Fraction(care, of), Fraction(care + unknown, of))


def _mean(shares: Sequence[Fraction]) -> Fraction | None:
    return sum(shares, Fraction(0)) / len(shares) if shares else None


@method("scale-correlation", 1, rows=("scores",))
def scale_correlation(scores: Floats) -> ScaleCorrelation:
    """The mean Pearson correlation between the scales of float64[n, k], scores in the favourable direction, NaN is no score.

    Over pupils with a score on every scale, if there are at least 100; pairs with a scale on which all are equal are left out. Otherwise
    .4 is assumed. A negative mean counts as 0. Source: methods A.4. Raises NotNumbers, NotAColumn, BeyondMeasure.

    >>> scale_correlation(np.array([[1.0, 2.0], [2.0, 1.0]])).value, scale_correlation(np.array([[1.0, 2.0], [2.0, 1.0]])).assumed
    (0.4, True)
    """
    known = table(scores, "scores", axes=2)
    whole = known[~np.isnan(known).any(axis=1)]
    few = len(whole) < CORRELATED_FROM
    spread = whole[:, :0] if few else whole[:, np.ptp(whole, axis=0) > SAME]
    if spread.shape[1] < 2:
        return ScaleCorrelation(ASSUMED_CORRELATION, assumed=True, n=len(known), n_valid=len(whole))
    ordered = spread[np.lexsort(spread.T)]
    found = np.asarray(np.corrcoef(ordered, rowvar=False))[np.triu_indices(spread.shape[1], 1)]
    value = max(0.0, fsum(found.tolist()) / len(found))
    return ScaleCorrelation(value, assumed=False, n=len(known), n_valid=len(whole))


@method("expected-care", 1)
def expected_care(
    red: Sequence[float],
    *,
    rho: float,
    red_needed: int = RED_NEEDED,
    alone: Sequence[float] = (),
    ambition: Fraction = Fraction(1, 5),
    draws: int = DRAWS,
    seed: int = 1,
) -> ExpectedCare:
    """The share in the care zone if every pupil were average, by drawing pupils from a model with one factor behind all scales.

    Scale j is red when √ρ·f + √(1-ρ)·e_j < Φ⁻¹(red_j), with f and e_j standard normal; `red` gives the share red per scale in the
    reference, `alone` the share red and certain of those that count on their own (0 for the others; empty for none). Source: methods A.4.
    Raises NotAModel, NumberOutsideBounds.

    >>> found = expected_care([0.10] * 8, rho=0.3)  # with at least 2 of 8: .2025 in 400 000 draws of others
    >>> abs(float(found.share) - 0.2025) < 0.003, found.too_high
    (True, True)
    """
    also = tuple(alone) or (0.0,) * len(red)
    if not red or len(also) != len(red) or not all(0 <= each <= 1 for each in (*red, *also, rho)):
        raise NotAModel(red=tuple(red), alone=tuple(alone), rho=rho)
    for field, value, low, high in (("red_needed", red_needed, 1, len(red)), ("draws", draws, 1, MOST_DRAWS), ("seed", seed, 0, MOST_SEED)):
        if not low <= value <= high:
            raise NumberOutsideBounds(of="care rule", field=field, value=value, low=low, high=high)
    inside = _drawn_inside(sorted(zip(red, also)), rho, red_needed, np.random.Generator(np.random.PCG64(seed)), draws)
    share = Fraction(inside, draws)
    se = sqrt(share * (1 - share) / draws)
    return ExpectedCare(share, se, share > ALERT * ambition, draws, draws)


def _drawn_inside(scales: list[tuple[float, float]], rho: float, red_needed: int, rng: np.random.Generator, draws: int) -> int:
    common = sqrt(rho) * rng.standard_normal(draws)
    reds, on_its_own = np.zeros(draws, dtype=np.int16), np.zeros(draws, dtype=np.bool_)
    for red, also in scales:
        z = common + sqrt(1 - rho) * rng.standard_normal(draws)
        reds += z < ndtri(red)
        on_its_own |= z < ndtri(also)
    return int(np.count_nonzero((reds >= red_needed) | on_its_own))
