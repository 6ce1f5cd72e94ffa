"""How far the measurements during the support lie beyond those before it: the non-overlap indices of a single case.

Series are float64[moments] in the order of time, NaN for a moment without measurement. No p-values: with six possible starts the smallest
possible one is .167 (see randomisation).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from kring.core.intervals import Interval
from kring.core.provenance import Result, method
from kring.core.trials.series import NOTHING, Better, Floats, known, median, theil_sen, towards_better

__all__ = ["Effect", "NonOverlap", "nonoverlap"]

SMALL_UP_TO, LARGE_FROM = 65, 93  # hundredths of NAP (Parker & Vannest 2009)
LEAST_BASELINE, LEAST_SUPPORT = 3, 5  # measurements for a size
BASELINE_FOR_EFFECT = 5  # measurements before the start for the word "effect": with 3 chance alone gives NAP ≥ .85 in 4 to 8 of 100


class Effect(StrEnum):
    """How large the difference is, in words; UNKNOWN below 3 measurements before the start or 5 during the support."""

    UNKNOWN = "unknown"
    NONE = "none"
    MODERATE = "moderate"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class NonOverlap(Result):
    """The indices of one pupil and one goal; None where there is nothing to compare.

    n: moments; n_valid: measurements. Of all `pairs` of a measurement before and one during the support, `above` were better during it and
    `ties` equal. nap: share of pairs that improved, ties half, with `interval`; tau = 2·nap - 1; s_aa: pairs within the baseline that rose
    minus those that fell (a trend that was there before), None below two measurements; tau_u: tau corrected for s_aa, may lie beyond -1
    and 1; tau_bc: tau after the baseline's Theil-Sen line is taken out; pnd: share beyond the best of the baseline; pem: share beyond its
    median, ties half; smd: difference of means in baseline sds; smd_corrected: the same with Hedges' correction for few measurements.
    """

    nap: float | None
    interval: Interval | None
    tau: float | None
    tau_u: float | None
    tau_bc: float | None
    pnd: float | None
    pem: float | None
    smd: float | None
    smd_corrected: float | None
    s_aa: int | None
    pairs: int
    above: int
    ties: int
    baseline_points: int
    support_points: int
    effect: Effect
    n: int
    n_valid: int

    @property
    def may_say_effect(self) -> bool:
        """Whether the series is long enough for the word "effect": five measurements before the start and five during the support."""
        return self.baseline_points >= BASELINE_FOR_EFFECT and self.support_points >= LEAST_SUPPORT


@method("nonoverlap", 1, data=("baseline", "support"))
def nonoverlap(baseline: Floats, support: Floats, *, better: Better = Better.HIGHER, level: float = 0.95) -> NonOverlap:
    """Compare every measurement during the support with every one before it.

    NAP = (#(b > a) + ½#(b = a))/mn (Parker & Vannest 2009) with a Newcombe-type interval (Newcombe 2006); Tau-U = (S_AB - S_AA)/mn
    (Parker et al. 2011), printed as it is; Tau-BC after Tarlow 2017; PND Scruggs 1987; PEM Ma 2006. Indices can disagree; a rising
    baseline decides, so the graph and S_AA are always shown beside them. Raises NotNumbers, NotAColumn,
    BeyondMeasure, NotAnInterval.

    >>> found = nonoverlap(np.array([2.0, 3, 3, 4]), np.array([4.0, 5, 6, 5, 6]))
    >>> found.nap, found.tau, found.s_aa, round(found.tau_u, 6), found.pnd, found.pem, round(found.smd, 6)
    (0.975, 0.95, 5, 0.7, 0.8, 1.0, 2.694439)
    """
    before, during = towards_better(baseline, better), towards_better(support, better)
    a, b = known(before), known(during)
    above, ties, pairs, s_aa = int((b > a[:, None]).sum()), int((b == a[:, None]).sum()), a.size * b.size, _rises(a)
    nap = (2 * above + ties) / (2 * pairs) if pairs else None
    smd = _smd(a, b)
    return NonOverlap(
        nap=nap,
        interval=None if nap is None else _nap_interval(nap, a.size, b.size, level),
        tau=(2 * above + ties - pairs) / pairs if pairs else None,
        tau_u=(2 * above + ties - pairs - s_aa) / pairs if pairs and s_aa is not None else None,
        tau_bc=_tau_bc(before, during),
        pnd=int((b > a.max()).sum()) / b.size if pairs else None,
        pem=_pem(a, b),
        smd=smd,
        smd_corrected=None if smd is None or a.size < 3 else smd * (1 - 3 / (4 * (a.size - 1) - 1)),
        s_aa=s_aa,
        pairs=pairs,
        above=above,
        ties=ties,
        baseline_points=a.size,
        support_points=b.size,
        effect=_effect(2 * above + ties, 2 * pairs, a.size, b.size),
        n=len(before) + len(during),
        n_valid=a.size + b.size,
    )


def _rises(a: Floats) -> int | None:
    if a.size < 2:
        return None
    first, second = np.triu_indices(a.size, 1)
    return int(np.sign(a[second] - a[first]).sum())


def _effect(half_pairs: int, of: int, baseline_points: int, support_points: int) -> Effect:
    if baseline_points < LEAST_BASELINE or support_points < LEAST_SUPPORT:
        return Effect.UNKNOWN
    if 100 * half_pairs <= SMALL_UP_TO * of:
        return Effect.NONE
    return Effect.LARGE if 100 * half_pairs >= LARGE_FROM * of else Effect.MODERATE


def _pem(a: Floats, b: Floats) -> float | None:
    middle = median(a)
    if middle is None or not b.size:
        return None
    return int(2 * (b > middle).sum() + (b == middle).sum()) / (2 * b.size)


def _smd(a: Floats, b: Floats) -> float | None:
    if a.size < 2 or not b.size or a.max() - a.min() <= NOTHING * max(1.0, float(np.abs(a).max())):
        return None  # what differs by rounding alone is no unit
    return float((b.mean() - a.mean()) / a.std(ddof=1))


def _tau_bc(before: Floats, during: Floats) -> float | None:
    """Tau of what is left after the baseline's own line, drawn on through the support."""
    slope = theil_sen(before)
    left = np.concatenate([before, during]) - (slope or 0.0) * np.arange(len(before) + len(during))
    a, b = known(left[: len(before)]), known(left[len(before) :])
    if slope is None or not b.size:
        return None
    off = b - a[:, None]
    rounding = NOTHING * max(1.0, float(np.abs(left[~np.isnan(left)]).max()))
    return int((off > rounding).sum() - (off < -rounding).sum()) / off.size


def _nap_interval(nap: float, m: int, n: int, level: float) -> Interval:
    """Both roots θ of mn(NAP - θ)²(2 - θ)(1 + θ) = z²θ(1 - θ)[2 + h + (1 + 2h)θ(1 - θ)] with h = (m + n)/2 - 1."""
    z = -float(ndtri((1 - Interval(0.0, 1.0, level).level) / 2))
    return Interval(_lower(nap, m, n, z), 1 - _lower(1 - nap, m, n, z), level)


def _lower(nap: float, m: int, n: int, z: float) -> float:
    if nap == 0:
        return 0.0
    h = (m + n) / 2 - 1

    def spread(theta: float) -> float:
        return z * z * theta * (2 + h + (1 + 2 * h) * theta * (1 - theta))

    # At NAP = 1 both sides hold a factor 1 - θ, whose root is not the one that is meant.
    off: Callable[[float], float] = (
        (lambda theta: m * n * (1 - theta) * (2 - theta) * (1 + theta) - spread(theta))
        if nap == 1
        else (lambda theta: m * n * (nap - theta) ** 2 * (2 - theta) * (1 + theta) - (1 - theta) * spread(theta))
    )
    return float(brentq(off, 0.0, nap, xtol=1e-14))
