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
    variance was held at its floor.
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
    quasi-Newton search (BFGS) on the correlations, from λ = .5 and θ = .5, with θ at least .005 of an item's variance (Heywood
    case). No value with fewer than three items that vary or when the correlations do not belong together (not positive semidefinite).
    Fit is left out for three items, which any factor fits. Raises NotNumbers, NotAColumn, BeyondMeasure.

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
    # Not the search of scipy that knows bounds: it lets threads wait for each other over these few numbers, on a busy server for seconds.
    k = len(correlations)
    start = np.concatenate([np.full(k, 0.5), np.full(k, np.log(0.5 - HEYWOOD_FLOOR))])
    found = minimize(_misfit_at, start, args=(correlations,), jac=True, method="BFGS", options={"gtol": FLAT, "maxiter": MOST_STEPS}).x
    loadings = found[:k] if found[:k].sum() >= 0 else -found[:k]
    return loadings, _residuals(found)


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
