"""Omega: how much of the differences between persons one common factor explains."""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from kring.core.answers import Floats
from kring.core.columns import table
from kring.core.covariances import Coefficient, Covariances, WhyNot, covariances
from kring.core.provenance import method

__all__ = ["Fit", "Omega", "WhyNot", "omega"]

HEYWOOD_FLOOR = 0.005  # least share of an item's variance that stays its own
LEAST_CFI, MOST_SRMR = 0.90, 0.08  # Hu & Bentler 1999, loosened: below, the scale may measure more than one thing
HELD = 1e-4  # a residual this close to its floor, as a share of it, is held there
MOST_STEPS = 2000
FLAT = 1e-10  # a slope below this is level ground
SAME_MISFIT = 9  # decimals to which misfits at the ends of searches must differ to count as different
STRONGEST = 0.95  # loading that a search starts from
LARGEST_LOG = 5.0  # ln θ of a standardised item stays far below this
LEAST_ROOT = -1e-8  # an eigenvalue below this is not rounding


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
        return self.cfi >= LEAST_CFI and self.srmr <= MOST_SRMR


@dataclass(frozen=True, slots=True)
class Omega(Coefficient):
    """McDonald's omega of one factor.

    `items` are the columns used; `loadings` and `residuals` follow them, in points of the items. `heywood` are the columns whose own
    variance was held at its floor. `n` persons came in; `n_valid` is the smallest number behind one correlation.
    """

    loadings: tuple[float, ...] = ()
    residuals: tuple[float, ...] = ()
    items: tuple[int, ...] = ()
    heywood: tuple[int, ...] = ()
    fit: Fit | None = None


@method("omega", 1, rows=("values",))
def omega(values: ArrayLike) -> Omega:
    """Omega of one factor (McDonald 1999): (Σλ)²/((Σλ)² + Σθ), the model's own variance in the denominator.

    `values` [n, k] after reversal, NaN for missing. λ and θ minimise ln|Σ| + tr(Σ⁻¹S) with Σ = λλ' + diag(θ) (Jöreskog 1967) by a
    quasi-Newton search (BFGS) on the correlations, with θ at least .005 of an item's variance (Heywood case). A weak factor leaves several
    hollows, so the search starts from λ = .5 and θ = .5, from the first principal component, and from the two items that explain the
    others best; the deepest end counts. No value with fewer than three items that vary or when the correlations do not belong together
    (not positive semidefinite). Fit is left out for three items, which any factor fits. Raises NotNumbers, NotAColumn, BeyondMeasure.

    >>> omega(np.array([[3, 4, 3], [2, 2, 1], [4, 4, 4], [3, 3, 4], [1, 2, 2]])).n_valid
    5
    """
    found = table(values, "values", axes=2)
    return omega_of(covariances(found), len(found))


def omega_of(found: Covariances | WhyNot, n: int) -> Omega:
    """Omega from covariances of n persons."""
    if isinstance(found, WhyNot):
        return Omega(None, found, n, 0)
    if len(found.items) < 3:
        return Omega(None, WhyNot.TOO_FEW_ITEMS, n, found.n)
    correlations = found.correlations
    if np.linalg.eigvalsh(correlations)[0] < LEAST_ROOT:
        return Omega(None, WhyNot.INCONSISTENT, n, found.n)
    loadings, residuals = _one_factor(correlations)
    sd = np.sqrt(np.diag(found.matrix) * (found.n - 1) / found.n)
    common, own = (loadings * sd).sum() ** 2, (residuals * sd**2).sum()
    return Omega(
        float(common / (common + own)),
        None,
        n,
        found.n,
        tuple((loadings * sd).tolist()),
        tuple((residuals * sd**2).tolist()),
        found.items,
        tuple(item for item, own_share in zip(found.items, residuals) if own_share <= HEYWOOD_FLOOR * (1 + HELD)),
        _fit(correlations, loadings, residuals, found.n),
    )


def _one_factor(correlations: Floats) -> tuple[Floats, Floats]:
    ends = [_searched(start, correlations) for start in _starts(correlations)]
    _, found = min(ends, key=lambda end: round(end[0], SAME_MISFIT))
    loadings = found[: len(correlations)]
    return loadings if loadings.sum() >= 0 else -loadings, _residuals(found)


def _searched(start: Floats, correlations: Floats) -> tuple[float, Floats]:
    """The lowest misfit found from a start, and its point."""
    # Not the search of scipy that knows bounds: it lets threads wait for each other over these few numbers, on a busy server for seconds.
    end = minimize(_misfit_at, start, args=(correlations,), jac=True, method="BFGS", options={"gtol": FLAT, "maxiter": MOST_STEPS})
    return float(end.fun), end.x


def _starts(correlations: Floats) -> list[Floats]:
    """Points to search from: all items alike, the first principal component, and an item with what the others share with it, twice.

    These are the two items with the lowest misfit. In 300 samples of 20 to 80 persons with loadings of .1 to .45 the first start alone
    missed the optimum of 25 others 36 times, the first two 19 times, the first three never.
    """
    roots, vectors = np.linalg.eigh(correlations)
    component = np.clip(vectors[:, -1] * sqrt(roots[-1]), -STRONGEST, STRONGEST)
    items = [_point(STRONGEST * item, 1 - (STRONGEST * item) ** 2) for item in correlations]
    nearest = sorted(items, key=lambda point: round(_misfit_at(point, correlations)[0], SAME_MISFIT))[:2]
    half = np.full(len(correlations), 0.5)
    return [_point(half, half), _point(component, 1 - component**2), *nearest]


def _point(loadings: Floats, residuals: Floats) -> Floats:
    return np.concatenate([loadings, np.log(residuals - HEYWOOD_FLOOR)])


def _residuals(point: Floats) -> Floats:
    return HEYWOOD_FLOOR + np.exp(np.minimum(point[len(point) // 2 :], LARGEST_LOG))


def _misfit_at(point: Floats, correlations: Floats) -> tuple[float, Floats]:
    """The misfit at a point (λ, ln(θ - floor)) and its slope there."""
    loadings, residuals = point[: len(correlations)], _residuals(point)
    value, inverse = _misfit(loadings, residuals, correlations)
    weight = inverse - inverse @ correlations @ inverse
    return value, np.concatenate([2 * weight @ loadings, np.diag(weight) * (residuals - HEYWOOD_FLOOR)])


def _misfit(loadings: Floats, residuals: Floats, correlations: Floats) -> tuple[float, Floats]:
    """ln|Σ| + tr(Σ⁻¹S), and Σ⁻¹, which is known with one factor (Sherman & Morrison 1950)."""
    shares = loadings / residuals
    common = 1 + float(loadings @ shares)
    inverse: Floats = np.diag(1 / residuals) - np.outer(shares, shares) / common
    return float(np.log(residuals).sum()) + log(common) + float((inverse * correlations).sum()), inverse


def _fit(correlations: Floats, loadings: Floats, residuals: Floats, n: int) -> Fit | None:
    k = len(correlations)
    df, df_none = k * (k - 3) // 2, k * (k - 1) // 2
    sign, log_det = np.linalg.slogdet(correlations)
    if df == 0 or sign <= 0 or log_det < -30:
        return None
    chi2, chi2_none = max(0.0, n * float(_misfit(loadings, residuals, correlations)[0] - log_det - k)), -n * float(log_det)
    excess, excess_none = max(chi2 - df, 0.0), max(chi2_none - df_none, chi2 - df, 0.0)
    tli = 1.0 if chi2_none <= df_none else (chi2_none / df_none - chi2 / df) / (chi2_none / df_none - 1)
    gaps = (correlations - np.outer(loadings, loadings) - np.diag(residuals))[np.tril_indices(k)]
    cfi = 1 - excess / excess_none if excess_none > 0 else 1.0
    return Fit(chi2, df, float(cfi), float(tli), sqrt(excess / (df * n)), float(np.sqrt(np.mean(gaps**2))))
