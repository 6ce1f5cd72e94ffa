"""How precisely a scale measures: alpha, omega and the standard error of measurement.

Answers come in as float64[n, k] after reversal, NaN for missing. Results are None where the data allow no statement.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import fdtri, ndtri

from kring.core.answers import Answers
from kring.core.instruments import Instrument, NumberOutsideBounds, Scale
from kring.core.intervals import Interval, moments
from kring.core.scoring import keyed_answers, scale_scores

LEAST_PAIRS = 30  # a covariance of fewer pairs is not used; the list is then taken by complete rows only
SHOWN_FROM = 30  # persons: below this no reliability is shown
CONCLUDED_FROM = 100  # persons: below this nothing is concluded from it
NEXT_TO_NOTHING = 1e-12  # a sum of covariances below this share of the variances is rounding
HEYWOOD_FLOOR = 0.005  # least share of an item's variance that stays its own


class Origin(StrEnum):
    """Where a reliability comes from."""

    RETEST = "retest"
    OMEGA = "omega"
    ALPHA = "alpha"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with its item analysis.

    `n` persons (the smallest number behind one covariance), `items` the columns used, `dropped` those without any variance. `item_rest`,
    `without_item` and the rest follow the order of `items`. `listwise` is alpha over complete rows, where that differs in kind.
    A negative `value` is shown as it is: the key of the items needs checking.
    """

    value: float
    standardised: float | None
    interval: Interval
    n: int
    items: tuple[int, ...]
    dropped: tuple[int, ...]
    item_rest: tuple[float | None, ...]
    without_item: tuple[float | None, ...]
    lambda2: float | None
    listwise: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one factor explains the covariances."""

    chi2: float
    df: int
    cfi: float
    tli: float
    rmsea: float
    srmr: float

    @property
    def one_thing(self) -> bool:
        """Whether the scale may be said to measure one thing (CFI at least .90 and SRMR at most .08)."""
        return self.cfi >= 0.90 and self.srmr <= 0.08


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega of one factor; `heywood` are the columns whose own variance was held at its floor."""

    value: float
    loadings: tuple[float, ...]
    residuals: tuple[float, ...]
    n: int
    items: tuple[int, ...]
    heywood: tuple[int, ...]
    fit: Fit | None


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


@dataclass(frozen=True, slots=True, eq=False)
class _Covariances:
    matrix: NDArray[np.float64]
    n: int
    items: tuple[int, ...]
    dropped: tuple[int, ...]

    @property
    def correlations(self) -> NDArray[np.float64]:
        sd = np.sqrt(np.diag(self.matrix))
        correlations: NDArray[np.float64] = self.matrix / np.outer(sd, sd)
        return correlations


def alpha(values: NDArray[np.float64]) -> Alpha | None:
    """Cronbach's alpha (1951) with Feldt's interval (1965), item-rest correlations, alpha without each item and Guttman's lambda 2.

    α = k/(k-1)·(1 - Σ s_jj / Σ s_jk) on pairwise covariances when every pair has at least 30 persons, else on complete rows. Items without
    variance are dropped. λ2 is taken on the correlations. None with fewer than two items or persons, or when Σ s_jk ≤ 0.
    """
    found = _covariances(values)
    value = _alpha_of(found.matrix) if found else None
    if found is None or value is None:
        return None
    used = values[:, list(found.items)]
    complete = used[~np.isnan(used).any(axis=1)]
    listwise = _covariances(complete) if len(complete) < len(used) else None
    return Alpha(
        value,
        _alpha_of(found.correlations),
        _feldt(value, found.n, len(found.items)),
        found.n,
        found.items,
        found.dropped,
        _item_rest(found.matrix),
        _without_item(found.matrix),
        _lambda2(found.correlations),
        _alpha_of(listwise.matrix) if listwise else None,
    )


def omega(values: NDArray[np.float64]) -> Omega | None:
    """Omega of one factor (McDonald 1999): (Σλ)²/((Σλ)² + Σθ), the model's own variance in the denominator.

    λ and θ minimise ln|Σ| + tr(Σ⁻¹S) with Σ = λλ' + diag(θ) (Jöreskog 1967) by a quasi-Newton search over λ and ln θ on the correlations,
    from λ = .5 and θ = .5, with θ at least .005 of an item's variance (Heywood case). None with fewer than three items that vary or when
    the correlations do not belong together (not positive semidefinite).
    """
    found = _covariances(values)
    if found is None or len(found.items) < 3 or np.linalg.eigvalsh(found.correlations)[0] < -1e-8:
        return None
    loadings, residuals = _one_factor(found.correlations)
    sd = np.sqrt(np.diag(found.matrix) * (found.n - 1) / found.n)
    common, own = (loadings * sd).sum() ** 2, (residuals * sd**2).sum()
    return Omega(
        float(common / (common + own)),
        tuple((loadings * sd).tolist()),
        tuple((residuals * sd**2).tolist()),
        found.n,
        found.items,
        tuple(item for item, own_share in zip(found.items, residuals) if own_share <= HEYWOOD_FLOOR * (1 + 1e-6)),
        _fit(found.correlations, loadings, residuals, found.n),
    )


def measurement_error(answers: Answers, scale: Scale, instrument: Instrument) -> MeasurementError | None:
    """SEM = s·√(1 - r) of a scale without norms, from all submissions of this version in the installation (never from one's own class).

    From 100 scores on: r is the retest reliability if known, else omega, else alpha. From 30 on, or when no reliability can be computed:
    the reliability that the instrument assumes. Otherwise, for a scale of one item, where scores do not differ, and where the computed
    reliability does not lie between 0 and 1: None, and the screen says that the uncertainty is unknown (Lord & Novick 1968).
    Raises ItemNotAsked.
    """
    if len(scale.items) == 1:
        return None
    known = moments(scale_scores(answers, scale, instrument).mean)
    if known.n < SHOWN_FROM or not known.sd:
        return None
    found = _measured(answers, scale, instrument) if known.n >= CONCLUDED_FROM else None
    if found is None and scale.assumed_reliability is not None:
        found = scale.assumed_reliability, Origin.ASSUMED
    if found is None or not 0 < found[0] < 1:
        return None
    reliability, origin = found
    return MeasurementError(known.sd * sqrt(1 - reliability), reliability, known.sd, known.n, origin)


def _measured(answers: Answers, scale: Scale, instrument: Instrument) -> tuple[float, Origin] | None:
    if scale.retest_reliability is not None:
        return scale.retest_reliability, Origin.RETEST
    keyed = keyed_answers(answers, scale, instrument)
    factor = omega(keyed)
    if factor is not None:
        return factor.value, Origin.OMEGA
    consistency = alpha(keyed)
    return None if consistency is None else (consistency.value, Origin.ALPHA)


def _covariances(values: NDArray[np.float64]) -> _Covariances | None:
    """Covariances of the items that vary; pairwise if every pair has LEAST_PAIRS persons, else over complete rows."""
    items = _varying(values)
    used = values[:, items]
    missing = np.isnan(used)
    if not missing.any():
        return _complete(used, items, values.shape[1])
    weights = (~missing).astype(np.float64)
    pairs = weights.T @ weights
    if pairs.min() < LEAST_PAIRS:
        rows = used[~missing.any(axis=1)]
        varying = _varying(rows)
        return _complete(rows[:, varying], [items[column] for column in varying], values.shape[1])
    known = np.where(missing, 0.0, used)
    sums = known.T @ weights
    return _found((known.T @ known - sums * sums.T / pairs) / (pairs - 1), int(pairs.min()), items, values.shape[1])


def _complete(rows: NDArray[np.float64], items: list[int], k: int) -> _Covariances | None:
    # Raw sums of products, not centred first: whole codes add up exactly, so no order of rows changes the result.
    n, sums = len(rows), rows.sum(axis=0)
    return _found((rows.T @ rows - np.outer(sums, sums) / n) / (n - 1), n, items, k) if items else None


def _found(matrix: NDArray[np.float64], n: int, items: list[int], k: int) -> _Covariances | None:
    dropped = tuple(column for column in range(k) if column not in items)
    return _Covariances(matrix, n, tuple(items), dropped) if len(items) > 1 else None


def _varying(values: NDArray[np.float64]) -> list[int]:
    highest = np.fmax.reduce(values, axis=0, initial=-np.inf)
    lowest = np.fmin.reduce(values, axis=0, initial=np.inf)
    return [int(column) for column in np.flatnonzero(highest > lowest)]


def _alpha_of(matrix: NDArray[np.float64]) -> float | None:
    k, own, total = len(matrix), np.trace(matrix), matrix.sum()
    return float(k / (k - 1) * (1 - own / total)) if total > NEXT_TO_NOTHING * own else None


def _feldt(value: float, n: int, k: int, level: float = 0.95) -> Interval:
    tail, df = (1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    return Interval(1 - (1 - value) * float(fdtri(*df, 1 - tail)), 1 - (1 - value) * float(fdtri(*df, tail)), level)


def _item_rest(matrix: NDArray[np.float64]) -> tuple[float | None, ...]:
    own = np.diag(matrix)
    with_rest = matrix.sum(axis=0) - own
    rest = matrix.sum() - 2 * with_rest - own
    return tuple(float(c / sqrt(v * r)) if r > NEXT_TO_NOTHING * own.sum() else None for c, v, r in zip(with_rest, own, rest))


def _without_item(matrix: NDArray[np.float64]) -> tuple[float | None, ...]:
    if len(matrix) < 3:
        return (None,) * len(matrix)
    return tuple(_alpha_of(np.delete(np.delete(matrix, j, 0), j, 1)) for j in range(len(matrix)))


def _lambda2(correlations: NDArray[np.float64]) -> float | None:
    k, total = len(correlations), correlations.sum()
    between = correlations - np.diag(np.diag(correlations))
    return float((between.sum() + sqrt(k / (k - 1) * np.square(between).sum())) / total) if total > NEXT_TO_NOTHING * k else None


def _one_factor(correlations: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    k = len(correlations)
    bounds = [(None, None)] * k + [(float(np.log(HEYWOOD_FLOOR)), None)] * k
    start = np.concatenate([np.full(k, 0.5), np.full(k, np.log(0.5))])
    options = {"maxcor": 2 * k, "maxiter": 2000, "maxfun": 20000, "ftol": 1e-15, "gtol": 1e-10}
    found = minimize(_misfit, start, args=(correlations,), jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    loadings = found[:k] if found[:k].sum() >= 0 else -found[:k]
    return loadings, np.exp(found[k:])


def _misfit(point: NDArray[np.float64], correlations: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    k = len(correlations)
    loadings, residuals = point[:k], np.exp(point[k:])
    model = np.outer(loadings, loadings) + np.diag(residuals)
    inverse = np.linalg.inv(model)
    weight = inverse @ (model - correlations) @ inverse
    value = np.linalg.slogdet(model)[1] + np.sum(inverse * correlations)
    return float(value), np.concatenate([2 * weight @ loadings, np.diag(weight) * residuals])


def _fit(correlations: NDArray[np.float64], loadings: NDArray[np.float64], residuals: NDArray[np.float64], n: int) -> Fit | None:
    k = len(correlations)
    df, df_none = k * (k - 3) // 2, k * (k - 1) // 2
    sign, log_det = np.linalg.slogdet(correlations)
    if df == 0 or sign <= 0 or log_det < -30:
        return None
    point = np.concatenate([loadings, np.log(residuals)])
    chi2, chi2_none = max(0.0, n * float(_misfit(point, correlations)[0] - log_det - k)), -n * float(log_det)
    excess, excess_none = max(chi2 - df, 0.0), max(chi2_none - df_none, chi2 - df, 0.0)
    tli = 1.0 if chi2_none <= df_none else (chi2_none / df_none - chi2 / df) / (chi2_none / df_none - 1)
    gaps = (correlations - np.outer(loadings, loadings) - np.diag(residuals))[np.tril_indices(k)]
    cfi = 1 - excess / excess_none if excess_none > 0 else 1.0
    return Fit(chi2, df, float(cfi), float(tli), sqrt(excess / (df * n)), float(np.sqrt(np.mean(gaps**2))))
