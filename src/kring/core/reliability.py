"""How precisely a scale measures: alpha with its item analysis, and the standard error of measurement."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtri, ndtri

from kring.core.answers import Answers, Floats
from kring.core.columns import table
from kring.core.covariances import (
    CONCLUDED_FROM,
    SHOWN_FROM,
    Coefficient,
    Covariances,
    WhyNot,
    covariances,
    scale_covariances,
    sums_of_answers,
)
from kring.core.instruments import Instrument, NumberOutsideBounds, Scale
from kring.core.intervals import Interval, moments
from kring.core.omega import omega_of
from kring.core.provenance import METHODS, Result, method
from kring.core.scoring import scale_scores

__all__ = [
    "Alpha",
    "InstrumentAlphas",
    "MeasurementError",
    "NoError",
    "Origin",
    "StatedError",
    "WhyNot",
    "alpha",
    "instrument_alphas",
    "listwise_alpha",
    "measurement_error",
    "scale_alpha",
]

NEXT_TO_NOTHING = 1e-12  # a sum of covariances below this share of the variances is rounding


class Origin(StrEnum):
    """Where a reliability comes from."""

    RETEST = "retest"
    OMEGA = "omega"
    ALPHA = "alpha"
    ASSUMED = "assumed"


class NoError(StrEnum):
    """Why no measurement error can be stated."""

    ONE_ITEM = "one-item"
    TOO_FEW_PERSONS = "too-few-persons"
    NO_VARIANCE = "no-variance"
    RELIABILITY_UNKNOWN = "reliability-unknown"
    RELIABILITY_IMPOSSIBLE = "reliability-impossible"


@dataclass(frozen=True, slots=True)
class Alpha(Coefficient):
    """Cronbach's alpha with its item analysis.

    `items` are the columns used, `dropped` those without any variance; `item_rest` and `without_item` follow `items`. A negative `value`
    is shown as it is, with `check_key`. `n` persons came in; `n_valid` is the smallest number behind one covariance.
    """

    standardised: float | None = None
    interval: Interval | None = None
    items: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    item_rest: tuple[float | None, ...] = ()
    without_item: tuple[float | None, ...] = ()
    lambda2: float | None = None

    @property
    def check_key(self) -> bool:
        """Whether the items contradict each other, as they do when one is keyed the wrong way."""
        return self.value is not None and self.value < 0


@dataclass(frozen=True, slots=True, eq=False)
class InstrumentAlphas(Result):
    """Alpha of every scale of an instrument by its key; of `n` persons `n_valid` answered something."""

    scales: Mapping[str, Alpha]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class MeasurementError:
    """Standard error of measurement `sem` in points of the scale mean, from `reliability` and `sd` of `n` scores."""

    sem: float
    reliability: float
    sd: float
    n: int
    origin: Origin

    def __post_init__(self) -> None:
        if not 0 < self.reliability < 1:
            raise NumberOutsideBounds(of="measurement error", field="reliability", value=self.reliability, low=0, high=1)
        if not self.sem > 0:
            raise NumberOutsideBounds(of="measurement error", field="sem", value=self.sem, low=0, high=float("inf"))

    def around(self, score: float, *, level: float = 0.80) -> Interval:
        """Band around the observed score: x ± z·SEM. It may reach beyond the range of the scale."""
        half = float(ndtri((1 + level) / 2)) * self.sem
        return Interval(score - half, score + half, level)

    def regressed(self, score: float, *, mean: float, level: float = 0.80) -> tuple[float, Interval]:
        """Estimated true score M + r(x - M) with its band ± z·s√(r(1-r)) (Kelley 1947); `mean` of the sample that gave s and r."""
        estimate = mean + self.reliability * (score - mean)
        half = float(ndtri((1 + level) / 2)) * self.sd * sqrt(self.reliability * (1 - self.reliability))
        return estimate, Interval(estimate - half, estimate + half, level)


@dataclass(frozen=True, slots=True)
class StatedError(Result):
    """The measurement error of a scale, or why there is none. Of `n` persons `n_valid` have a score."""

    error: MeasurementError | None
    why_not: NoError | None
    n: int
    n_valid: int


@method("alpha", 1, rows=("values",))
def alpha(values: ArrayLike) -> Alpha:
    """Cronbach's alpha (1951) with Feldt's interval (1965), item-rest correlations, alpha without each item and Guttman's lambda 2.

    `values` [n, k] after reversal, NaN for missing. α = k/(k-1)·(1 - Σ s_jj / Σ s_jk) on pairwise covariances when every pair has at
    least 30 persons, else on complete rows. Items without variance are dropped. λ2 is taken on the correlations. No value with fewer than
    two items or persons, or when Σ s_jk ≤ 0. Raises NotNumbers, NotAColumn, BeyondMeasure.

    >>> round(alpha(np.array([[3, 4, 3], [2, 2, 1], [4, 4, 4], [3, 3, 4], [1, 2, 2]])).value, 6)
    0.917476
    """
    found = table(values, "values", axes=2)
    return alpha_of(covariances(found), len(found))


@method("alpha-listwise", 1, rows=("values",))
def listwise_alpha(values: ArrayLike) -> Alpha:
    """Alpha over the persons who answered everything, to print beside alpha. Raises NotNumbers, NotAColumn, BeyondMeasure.

    >>> listwise_alpha(np.array([[3, 4, 3], [2, 2, 1], [4, 4, 4], [3, 3, 4], [1, 2, 2], [1, np.nan, 4]])).n_valid
    5
    """
    found = table(values, "values", axes=2)
    return alpha_of(covariances(found[~np.isnan(found).any(axis=1)]), len(found))


@method("scale-alpha", 1, data=("answers",))
def scale_alpha(answers: Answers, scale: Scale, instrument: Instrument) -> Alpha:
    """Alpha of one scale after reversal; `items` counts the items of the scale. Raises ItemNotAsked. See `alpha`.

    >>> from kring.core.answers import Answers
    >>> from kring.core.instruments import Family, Informant, Instrument, Item, Option, Scale, ScaledItem
    >>> options = tuple(Option(code, f"antwoord {code}") for code in (1, 2, 3, 4))
    >>> scale = Scale("w", "Welbevinden", Family.WELLBEING, 1, tuple(ScaledItem(key, 1) for key in "abc"), {})
    >>> instrument = Instrument(key="l", version=1, title="Lijst", informant=Informant.PUPIL, licence="CC-BY-4.0", attribution="Kring",
    ...     items=tuple(Item(key, f"Vraag {key}", options) for key in "abc"), scales=(scale,))
    >>> given = np.array([[3, 4, 3], [2, 2, 1], [4, 4, 4], [3, 3, 4], [1, 2, 2]])
    >>> round(scale_alpha(Answers(("a", "b", "c"), given, np.zeros((5, 3))), scale, instrument).value, 6)
    0.917476
    """
    return alpha_of(scale_covariances(answers, scale, instrument, sums_of_answers(answers)), len(answers))


@method("instrument-alphas", 1, data=("answers",))
def instrument_alphas(answers: Answers, instrument: Instrument) -> InstrumentAlphas:
    """Alpha of all scales of an instrument in one pass: each is what `scale_alpha` gives, with its provenance. Raises ItemNotAsked.

    >>> from kring.core.answers import Answers
    >>> from kring.core.instruments import Informant, Instrument, Item, Option
    >>> item = Item("q1", "Ik ben blij.", (Option(1, "nee"), Option(2, "ja")))
    >>> bare = Instrument(key="l", version=1, title="Lijst", informant=Informant.PUPIL, licence="CC0", attribution="Kring", items=(item,))
    >>> instrument_alphas(Answers(("q1",), np.array([[2]]), np.array([[0]])), bare).n_valid
    1
    """
    sums, found = sums_of_answers(answers), {}
    for scale in instrument.scales:
        one = found[scale.key] = alpha_of(scale_covariances(answers, scale, instrument, sums), len(answers))
        arguments = {"answers": answers, "scale": scale, "instrument": instrument}
        object.__setattr__(one, "provenance", METHODS["scale-alpha"].provenance(arguments))
    return InstrumentAlphas(found, len(answers), answers.respondents)


@method("measurement-error", 1, data=("answers",))
def measurement_error(answers: Answers, scale: Scale, instrument: Instrument) -> StatedError:
    """SEM = s·√(1 - r) of a scale without norms, from all submissions of this version in the installation (never from one's own class).

    From 100 scores on: r is the retest reliability if known, else omega, else alpha. From 30 on, or when no reliability can be computed:
    the reliability that the instrument assumes. Otherwise, for a scale of one item, where scores do not differ, and where the computed
    reliability does not lie between 0 and 1: none, and the screen says that the uncertainty is unknown (Lord & Novick 1968).
    Raises ItemNotAsked.

    >>> from kring.core.answers import Answers
    >>> from kring.core.instruments import Family, Informant, Instrument, Item, Option, Scale, ScaledItem
    >>> options = tuple(Option(code, f"antwoord {code}") for code in (1, 2, 3, 4))
    >>> scale = Scale("w", "Welbevinden", Family.WELLBEING, 1, (ScaledItem("a", 1), ScaledItem("b", 1)), {}, assumed_reliability=0.84)
    >>> instrument = Instrument(key="l", version=1, title="Lijst", informant=Informant.PUPIL, licence="CC-BY-4.0", attribution="Kring",
    ...     items=tuple(Item(key, f"Vraag {key}", options) for key in "ab"), scales=(scale,))
    >>> given = np.repeat([[1, 1], [3, 3]], 20, axis=0)
    >>> found = measurement_error(Answers(("a", "b"), given, np.zeros((40, 2))), scale, instrument).error
    >>> round(found.sd, 6), round(found.sem, 6), found.origin.value
    (1.012739, 0.405096, 'assumed')
    """
    known = moments(scale_scores(answers, scale, instrument).mean)
    stated = _stated(answers, scale, instrument, known.n, known.sd)
    error, why_not = (None, stated) if isinstance(stated, NoError) else (stated, None)
    return StatedError(error, why_not, len(answers), known.n)


def _stated(answers: Answers, scale: Scale, instrument: Instrument, n: int, sd: float | None) -> MeasurementError | NoError:
    if len(scale.items) == 1:
        return NoError.ONE_ITEM
    if n < SHOWN_FROM:
        return NoError.TOO_FEW_PERSONS
    if not sd:
        return NoError.NO_VARIANCE
    found = _measured(answers, scale, instrument) if n >= CONCLUDED_FROM else None
    if found is None and scale.assumed_reliability is not None:
        found = scale.assumed_reliability, Origin.ASSUMED
    if found is None:
        return NoError.RELIABILITY_UNKNOWN
    reliability, origin = found
    return (
        MeasurementError(sd * sqrt(1 - reliability), reliability, sd, n, origin) if 0 < reliability < 1 else NoError.RELIABILITY_IMPOSSIBLE
    )


def _measured(answers: Answers, scale: Scale, instrument: Instrument) -> tuple[float, Origin] | None:
    if scale.retest_reliability is not None:
        return scale.retest_reliability, Origin.RETEST
    found = scale_covariances(answers, scale, instrument, sums_of_answers(answers))
    factor, consistency = omega_of(found, len(answers)).value, alpha_of(found, len(answers)).value
    if factor is not None:
        return factor, Origin.OMEGA
    return None if consistency is None else (consistency, Origin.ALPHA)


def alpha_of(found: Covariances | WhyNot, n: int) -> Alpha:
    """Alpha from covariances of n persons."""
    if isinstance(found, WhyNot):
        return Alpha(None, found, n, 0)
    value = _alpha_of(found.matrix)
    if value is None:
        return Alpha(None, WhyNot.NOT_POSITIVE, n, found.n, items=found.items, dropped=found.dropped)
    correlations = found.correlations
    return Alpha(
        value,
        None,
        n,
        found.n,
        _alpha_of(correlations),
        _feldt(value, found.n, len(found.items)),
        found.items,
        found.dropped,
        _item_rest(found.matrix),
        _without_item(found.matrix),
        _lambda2(correlations),
    )


def _alpha_of(matrix: Floats) -> float | None:
    return _alpha(len(matrix), float(np.trace(matrix)), float(matrix.sum()))


def _alpha(k: int, own: float, total: float) -> float | None:
    return k / (k - 1) * (1 - own / total) if total > NEXT_TO_NOTHING * own else None


def _feldt(value: float, n: int, k: int, level: float = 0.95) -> Interval:
    tail, df = (1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    return Interval(1 - (1 - value) * float(fdtri(*df, 1 - tail)), 1 - (1 - value) * float(fdtri(*df, tail)), level)


def _item_rest(matrix: Floats) -> tuple[float | None, ...]:
    own = np.diag(matrix)
    with_rest = matrix.sum(axis=0) - own
    rest = matrix.sum() - 2 * with_rest - own
    return tuple(float(c / sqrt(v * r)) if r > NEXT_TO_NOTHING * own.sum() else None for c, v, r in zip(with_rest, own, rest))


def _lambda2(correlations: Floats) -> float | None:
    k, total = len(correlations), correlations.sum()
    between = correlations - np.diag(np.diag(correlations))
    return float((between.sum() + sqrt(k / (k - 1) * np.square(between).sum())) / total) if total > NEXT_TO_NOTHING * k else None


def _without_item(matrix: Floats) -> tuple[float | None, ...]:
    k, own, rows = len(matrix), np.diag(matrix), matrix.sum(axis=0)
    if k < 3:
        return (None,) * k
    total, spread = float(rows.sum()), float(own.sum())
    return tuple(_alpha(k - 1, spread - v, total - 2 * row + v) for v, row in zip(own.tolist(), rows.tolist()))
