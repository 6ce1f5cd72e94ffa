"""What the rules for one pupil do in the long run: how often they say "effect" when there is none, and when there is one."""

from dataclasses import dataclass

import numpy as np

from kring.core.errors import CallerMistake
from kring.core.intervals import Interval
from kring.core.provenance import Result, method
from kring.core.shares import wilson_interval
from kring.core.trials.series import Floats

__all__ = ["NotASimulation", "OperatingCharacteristics", "Rate", "operating_characteristics"]

NAP_RULE = 85  # hundredths: "NAP ≥ .85"
TAU_U_RULE = 60  # hundredths: "Tau-U ≥ .6"
MOST_POINTS, MOST_DRAWS = 100, 200_000
LEVEL = 0.95
BATCH = 20_000  # series at once, to stay small in memory


@dataclass(eq=False, kw_only=True)
class NotASimulation(CallerMistake):
    """1 to 100 measurements per phase, 1 to 200 000 draws, an autocorrelation between -1 and 1, a finite shift, a seed not negative."""

    baseline_points: int
    support_points: int
    autocorrelation: float
    shift: float
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Rate:
    """In how many of the draws a rule fired, with the share and the interval of simulating (Wilson 95 %)."""

    count: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class OperatingCharacteristics(Result):
    """How often NAP ≥ .85, Tau-U ≥ .6 and both hold; n = n_valid: simulated series. At shift 0 every one is a false alarm."""

    nap: Rate
    tau_u: Rate
    both: Rate
    n: int
    n_valid: int


@method("operating-characteristics", 1)
def operating_characteristics(
    *, baseline_points: int, support_points: int, autocorrelation: float = 0.0, shift: float = 0.0, draws: int = 20_000, seed: int = 1
) -> OperatingCharacteristics:
    """Simulate pupils whose measurements have sd 1 and whose level rises by `shift` sds at the start of the support.

    A stationary first-order autoregression (Box & Jenkins 1970), y_t = φ·y_{t-1} + √(1 - φ²)·e_t with normal e, so that the sd is 1
    throughout. Raises NotASimulation.

    >>> found = operating_characteristics(baseline_points=3, support_points=6)
    >>> abs(found.nap.share - 0.044) < 0.005, abs(found.tau_u.share - 0.107) < 0.005
    (True, True)
    """
    reasonable = 1 <= baseline_points <= MOST_POINTS and 1 <= support_points <= MOST_POINTS and 1 <= draws <= MOST_DRAWS
    if not (reasonable and -1 < autocorrelation < 1 and np.isfinite(shift) and seed >= 0):
        raise NotASimulation(
            baseline_points=baseline_points,
            support_points=support_points,
            autocorrelation=autocorrelation,
            shift=shift,
            draws=draws,
            seed=seed,
        )
    chance = np.random.Generator(np.random.PCG64(seed))
    fired = np.zeros(3, dtype=np.int64)
    for start in range(0, draws, BATCH):
        series = _series(chance, baseline_points + support_points, min(BATCH, draws - start), autocorrelation)
        series[baseline_points:] += shift
        fired += _fired(series[:baseline_points], series[baseline_points:])
    nap, tau_u, both = (Rate(count, count / draws, wilson_interval(count, draws, LEVEL)) for count in fired.tolist())
    return OperatingCharacteristics(nap, tau_u, both, draws, draws)


def _series(chance: np.random.Generator, points: int, draws: int, autocorrelation: float) -> Floats:
    """Draw autoregressive series: float64[points, draws]."""
    series = chance.standard_normal((points, draws))
    series[1:] *= np.sqrt(1 - autocorrelation**2)
    for t in range(1, points):
        series[t] += autocorrelation * series[t - 1]
    return series


def _fired(a: Floats, b: Floats) -> list[int]:
    """Count in whole pairs how often NAP, Tau-U and both reach their rule. Ties have probability 0."""
    pairs, above, rises = len(a) * len(b), np.zeros(a.shape[1], dtype=np.int64), np.zeros(a.shape[1], dtype=np.int64)
    for i in range(len(a)):
        above += (b > a[i]).sum(axis=0)
        rises += np.sign(a[i + 1 :] - a[i]).sum(axis=0).astype(np.int64)
    nap, tau_u = 100 * above >= NAP_RULE * pairs, 100 * (2 * above - pairs - rises) >= TAU_U_RULE * pairs
    return [int(nap.sum()), int(tau_u.sum()), int((nap & tau_u).sum())]
