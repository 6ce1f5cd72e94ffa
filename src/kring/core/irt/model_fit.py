"""Whether a calibrated model fits the answers as a whole: the statistic C2 with RMSEA, CFI, TLI and SRMSR."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc, chndtr, logit

from kring.core.columns import Floats, Ints
from kring.core.intervals import Interval
from kring.core.irt.curves import NODES, WEIGHTS, Places
from kring.core.irt.designs import design_of, designed, places_and_parameters
from kring.core.irt.items import Calibration
from kring.core.irt.persons import answer_patterns
from kring.core.provenance import Result, method

__all__ = ["ModelFit", "NoFit", "model_fit"]

GOOD_RMSEA = 0.06  # methods.md B.15
LEAST_COMPLETE = 100  # complete rows, as for every conclusion from a sample (methods.md B.1): with fewer the fit is that of chance
SINGULAR = 1e-10  # least to largest eigenvalue of the (scaled) covariances of the moments


class NoFit(StrEnum):
    """Why nothing can be said about fit."""

    NOT_CONVERGED = "not_converged"
    TOO_FEW_COMPLETE_ROWS = "too_few_complete_rows"
    NO_DEGREES_OF_FREEDOM = "no_degrees_of_freedom"
    UNSTABLE = "unstable"  # the moments depend on each other


@dataclass(frozen=True, slots=True, eq=False)
class ModelFit(Result):
    """C2 with its degrees of freedom and p, and how large the misfit is.

    `rmsea_interval` holds 90 %. `cfi` and `tli` compare with items that have nothing in common. `srmsr` is the root mean square
    difference between observed and expected correlations. All None when `why_not` says why. `n` persons, `n_valid` complete rows.
    """

    c2: float | None
    df: int | None
    p: float | None
    rmsea: float | None
    rmsea_interval: Interval | None
    cfi: float | None
    tli: float | None
    srmsr: float | None
    why_not: NoFit | None
    n: int
    n_valid: int

    @property
    def good(self) -> bool | None:
        """Whether RMSEA is at most .06."""
        return None if self.rmsea is None else self.rmsea <= GOOD_RMSEA


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Expected shares of the categories but the lowest, and expected products of two items' categories, with what goes with them.

    `expected` float64[m], `covariance` float64[m, m] of one person, `slopes` float64[m, p] by the parameters.
    """

    expected: Floats
    covariance: Floats
    slopes: Floats


@method("model-fit", 1, rows=("answers",))
def model_fit(answers: Floats, calibration: Calibration) -> ModelFit:
    """Fit of a calibrated model on the shares of the categories and the products of each two items (C2, with two answers per item M2).

    C2 = n·e'(Ξ⁻¹ - Ξ⁻¹Δ(Δ'Ξ⁻¹Δ)⁻¹Δ'Ξ⁻¹)e over complete rows, e observed - expected moments, Ξ their covariances under the model, Δ their
    derivatives; RMSEA = √(max(C2 - df, 0)/(df·(n - 1))), at most .06 is good. `answers` as for the calibration. Source: Cai & Monro 2014;
    Maydeu-Olivares & Joe 2006. Raises NothingCalibrated and what abilities raises.

    >>> answers = np.repeat([[0.0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 1, 0], [1, 1, 1, 1]], [200, 60, 60, 200], axis=0)
    >>> from kring.core.irt import rasch_by_mml
    >>> found = model_fit(answers, rasch_by_mml(answers))
    >>> found.df, found.good
    (5, False)
    """
    different = answer_patterns(answers, calibration)
    complete = (different.categories >= 0).all(axis=1)
    rows, counts, n = different.categories[complete], different.counts[complete], len(different.of_person)
    n_valid = int(counts.sum())
    places, parameters = places_and_parameters(calibration)
    matrix = design_of(calibration).matrix if calibration.n else np.zeros((places.total, 0))  # nothing was estimated of stored items
    df = moment_count(places) - matrix.shape[1]
    why_not = unfit(calibration, n_valid, df)
    if why_not:
        return nothing_said(why_not, n, n_valid)
    observed = observed_moments(places, rows, counts)
    moments = expected_moments(places, parameters, NODES, WEIGHTS)
    c2 = statistic(observed, moments, matrix, n_valid)
    if c2 is None:
        return nothing_said(NoFit.UNSTABLE, n, n_valid)
    alone = independence(places, observed, n_valid)
    cfi, tli = (None, None) if alone is None else compared(c2, df, *alone)
    return ModelFit(
        c2=c2,
        df=df,
        p=float(chdtrc(df, c2)),
        rmsea=rmsea(c2, df, n_valid),
        rmsea_interval=rmsea_interval(c2, df, n_valid),
        cfi=cfi,
        tli=tli,
        srmsr=srmsr(places, rows, counts, moments),
        why_not=None,
        n=n,
        n_valid=n_valid,
    )


def unfit(calibration: Calibration, n_valid: int, df: int) -> NoFit | None:
    """Whether something stands in the way."""
    if not calibration.converged:
        return NoFit.NOT_CONVERGED
    if n_valid < LEAST_COMPLETE:
        return NoFit.TOO_FEW_COMPLETE_ROWS
    return NoFit.NO_DEGREES_OF_FREEDOM if df < 1 else None


def nothing_said(why_not: NoFit, n: int, n_valid: int) -> ModelFit:
    return ModelFit(None, None, None, None, None, None, None, None, why_not, n, n_valid)


def moment_count(places: Places) -> int:
    """Categories but the lowest, and pairs of items."""
    k = len(places.sizes)
    return places.total - k + k * (k - 1) // 2


def observed_moments(places: Places, rows: Ints, counts: Ints) -> Floats:
    """The moments of complete rows int64[r, k] with counts."""
    weights = counts / counts.sum()
    shares = weights @ (rows[:, places.item_of] == places.scores)
    first, second = np.triu_indices(rows.shape[1], 1)
    products = (rows * weights[:, None]).T @ rows
    return np.concatenate([shares[~places.lowest], products[first, second]])


def expected_moments(places: Places, parameters: Floats, theta: Floats, weights: Floats) -> Moments:
    """The moments under the model, over abilities `theta` with `weights`."""
    probabilities = np.exp(places.log_probabilities(parameters, theta))
    by_parameter = places.scores_by_parameter(places.slopes(parameters, theta), theta) * probabilities.T[:, :, None]
    means = np.add.reduceat(probabilities * places.scores[:, None], places.starts, axis=0)
    mean_slopes = np.add.reduceat(by_parameter * places.scores[:, None], places.starts, axis=1)
    first, second = np.triu_indices(len(places.sizes), 1)
    shares, products = probabilities[~places.lowest], means[first] * means[second]
    given = np.concatenate([shares, products])
    expected = given @ weights
    together = (given * weights) @ given.T - np.outer(expected, expected)
    within = conditional_covariance(places, probabilities, means, weights)
    product_slopes = np.einsum("q,mq,qmp->mp", weights, means[second], mean_slopes[:, first])
    product_slopes += np.einsum("q,mq,qmp->mp", weights, means[first], mean_slopes[:, second])
    share_slopes = np.einsum("q,qmp->mp", weights, by_parameter[:, ~places.lowest])
    return Moments(expected, together + within, np.concatenate([share_slopes, product_slopes]))


def conditional_covariance(places: Places, probabilities: Floats, means: Floats, weights: Floats) -> Floats:
    """Covariances of the moments of persons with the same ability, averaged over abilities; only moments that share an item have any."""
    kept = ~places.lowest
    shares, scores, item_of = probabilities[kept], places.scores[kept], places.item_of[kept]
    k, own = len(places.sizes), len(shares)
    first, second = np.triu_indices(k, 1)
    squares = np.add.reduceat(probabilities * places.scores[:, None] ** 2, places.starts, axis=0)
    variances = squares - means**2
    covariance = np.zeros((own + len(first),) * 2)
    same = item_of[:, None] == item_of
    covariance[:own, :own] = np.diag(shares @ weights) - np.where(same, (shares * weights) @ shares.T, 0.0)
    with_score = shares * (scores[:, None] - means[item_of])
    for j in range(k):
        pairs = np.flatnonzero((first == j) | (second == j))
        partners = means[first[pairs] + second[pairs] - j]
        block = np.flatnonzero(item_of == j)
        across = (with_score[block] * weights) @ partners.T
        covariance[np.ix_(block, own + pairs)] = across
        covariance[np.ix_(own + pairs, block)] = across.T
        covariance[np.ix_(own + pairs, own + pairs)] += (partners * variances[j] * weights) @ partners.T
    pairs = own + np.arange(len(first))
    covariance[pairs, pairs] += (variances[first] * variances[second]) @ weights
    return covariance


def statistic(observed: Floats, moments: Moments, matrix: Floats, n: int) -> float | None:
    """C2; None when the covariances cannot be inverted."""
    scale = np.sqrt(np.maximum(np.diag(moments.covariance), 0.0))
    if not scale.all():
        return None
    roots, vectors = np.linalg.eigh(moments.covariance / np.outer(scale, scale))
    if roots[0] < SINGULAR * roots[-1]:
        return None
    whitened = (vectors / np.sqrt(roots)).T
    residuals = whitened @ ((observed - moments.expected) / scale)
    basis, _ = np.linalg.qr(whitened @ (moments.slopes @ matrix / scale[:, None]))
    return float(n * (residuals @ residuals - np.square(basis.T @ residuals).sum()))


def independence(places: Places, observed: Floats, n: int) -> tuple[float, int] | None:
    """C2 and degrees of freedom of items with nothing in common; None when it cannot be said."""
    parameters = np.zeros(places.total)
    own = places.total - len(places.sizes)
    shares = observed[:own]
    item_of = places.item_of[~places.lowest]
    above = np.array([shares[at:][item_of[at:] == item_of[at]].sum() for at in range(own)])
    if not ((shares > 0) & (above < 1)).all():
        return None
    parameters[~places.lowest] = logit(above)
    moments = expected_moments(places, parameters, np.zeros(1), np.ones(1))
    matrix = designed(places, parameters, np.zeros(places.total, dtype=bool)).matrix[:, ~places.lowest]
    c2 = statistic(observed, moments, matrix, n)
    return None if c2 is None else (c2, moment_count(places) - own)


def compared(c2: float, df: int, alone: float, alone_df: int) -> tuple[float | None, float | None]:
    """CFI and TLI; None when items with nothing in common fit just as well."""
    if alone <= alone_df:
        return None, None
    cfi = 1 - max(c2 - df, 0.0) / max(alone - alone_df, c2 - df)
    return cfi, (alone / alone_df - c2 / df) / (alone / alone_df - 1)


def rmsea(chi2: float, df: int, n: int) -> float:
    """√(max(χ² - df, 0)/(df·(n - 1)))."""
    return sqrt(max(chi2 - df, 0.0) / (df * (n - 1)))


def rmsea_interval(chi2: float, df: int, n: int) -> Interval:
    """90 % interval, from the noncentral χ² distributions under which this value is the 95th or the 5th percentile."""
    low, high = (sqrt(noncentrality(chi2, df, share) / (df * (n - 1))) for share in (0.95, 0.05))
    return Interval(low, high, 0.90)


def noncentrality(chi2: float, df: int, share: float) -> float:
    """The noncentrality under which this share of values is at most χ²; 0 when there is none."""
    if chndtr(chi2, df, 0.0) <= share:
        return 0.0
    wide = chi2 + 10 * sqrt(chi2) + 100  # five standard deviations too far
    return float(brentq(lambda far: chndtr(chi2, df, far) - share, 0.0, wide, xtol=1e-9))


def srmsr(places: Places, rows: Ints, counts: Ints, moments: Moments) -> float | None:
    """Root mean square difference between observed and expected correlations of the items.

    None for a single item, and when everybody gave an item one answer.
    """
    k = rows.shape[1]
    first, second = np.triu_indices(k, 1)
    own = places.total - k
    weights = counts / counts.sum()
    means = weights @ rows
    spread = weights @ (rows - means) ** 2
    if k < 2 or not (spread > 0).all():
        return None
    observed = ((rows - means) * weights[:, None]).T @ (rows - means) / np.sqrt(np.outer(spread, spread))
    scores, item_of = places.scores[~places.lowest], places.item_of[~places.lowest]
    expected_means = np.bincount(item_of, moments.expected[:own] * scores, k)
    expected_spread = np.bincount(item_of, moments.expected[:own] * scores**2, k) - expected_means**2
    covariance = moments.expected[own:] - expected_means[first] * expected_means[second]
    expected = covariance / np.sqrt(expected_spread[first] * expected_spread[second])
    return float(np.sqrt(np.mean((observed[first, second] - expected) ** 2)))
