"""Proportional odds: how the answer to one ordered question depends on some numbers (McCullagh 1980).

ln(P(Y ≥ c)/P(Y < c)) = α_c + x'β for the C - 1 upper categories. The rows come in as distinct patterns of x with the number of persons per
category, so that thousands of persons cost no more than their distinct patterns and no order of persons changes a bit.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_expit

from kring.core.columns import Floats

MOST_STEPS = 60
LEAST_GAIN = 1e-9  # of log-likelihood; Newton's next gain would be about its square
SMALLEST_STEP = 1e-10  # a step halved to this leads nowhere
CLOSEST = 1e-9  # thresholds nearer to each other have lost their order
NO_INFORMATION = 1e-6  # a direction with less information than a millionth of one answer: its best value is infinite


@dataclass(frozen=True, slots=True, eq=False)
class ProportionalOdds:
    """A fitted model: the thresholds α float64[C - 1] (falling), the slopes β float64[p] and the log-likelihood.

    `separated`: no finite slopes are the best ones, because the answers follow perfectly from x or x leaves nothing to tell apart; the
    slopes then mean nothing.
    """

    thresholds: Floats
    slopes: Floats
    log_likelihood: float
    separated: bool


def null_log_likelihood(counts: Floats) -> float:
    """The log-likelihood when x says nothing: Σ n_c ln(n_c/n); counts float64[m, C], each category used."""
    totals = counts.sum(axis=0)
    return float((totals * np.log(totals / totals.sum())).sum())


def proportional_odds(x: Floats, counts: Floats) -> ProportionalOdds:
    """Fit by maximum likelihood with Newton's method and the exact second derivatives.

    x float64[m, p], one row per pattern; counts float64[m, C], whole numbers, every category used by somebody. The log-likelihood is
    concave, so halving a step that is too long is all the care it needs (Pratt 1981).
    """
    point = _start(x, counts)
    value, gain = _log_likelihood(point, x, counts), np.inf
    gradient, hessian = _derivatives(point, x, counts)
    steps = 0
    while gain > LEAST_GAIN and steps < MOST_STEPS:
        ahead = np.asarray(np.linalg.lstsq(-hessian, gradient, rcond=1e-13)[0], dtype=np.float64)
        step, better = _step(point, value, ahead, x, counts)
        point, gain, value, steps = point + step, better - value, better, steps + 1
        gradient, hessian = _derivatives(point, x, counts)
    upper = counts.shape[1] - 1
    return ProportionalOdds(point[:upper], point[upper:], value, bool(np.linalg.eigvalsh(-hessian)[0] < NO_INFORMATION))


def _step(point: Floats, value: float, step: Floats, x: Floats, counts: Floats) -> tuple[Floats, float]:
    """The step, halved until it does not lead down, and the log-likelihood there."""
    length = 1.0
    while length > SMALLEST_STEP:
        better = _log_likelihood(point + length * step, x, counts)
        if better >= value:
            return length * step, better
        length /= 2
    return np.zeros_like(step), value


def _start(x: Floats, counts: Floats) -> Floats:
    totals = counts.sum(axis=0)
    upper = totals[::-1].cumsum()[::-1][1:] / totals.sum()
    return np.concatenate([np.log(upper / (1 - upper)), np.zeros(x.shape[1])])


def _borders(point: Floats, x: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """The linear predictor at the lower and upper border of each category, float64[m, C], ±inf at the ends."""
    upper = counts.shape[1] - 1
    inner = point[:upper] + (x @ point[upper:])[:, None]
    ends = np.full((len(x), 1), np.inf)
    return np.hstack([ends, inner]), np.hstack([inner, -ends])


def _log_likelihood(point: Floats, x: Floats, counts: Floats) -> float:
    """Σ n ln(F(a) - F(b)) with a > b; minus infinity where the thresholds are out of order."""
    upper = counts.shape[1] - 1
    if (point[: upper - 1] - point[1:upper] < CLOSEST).any():
        return -np.inf
    a, b = _borders(point, x, counts)
    # F(a) - F(b) = F(a)·F(-b)·(1 - exp(b - a)): no difference of numbers close to 1
    return float((counts * (log_expit(a) + log_expit(-b) + np.log(-np.expm1(b - a)))).sum())


def _derivatives(point: Floats, x: Floats, counts: Floats) -> tuple[Floats, Floats]:
    a, b = _borders(point, x, counts)
    apart = -np.expm1(b - a)
    ra, rb = expit(-a) / (expit(-b) * apart), expit(b) / (expit(a) * apart)  # densities at the borders over the chance between them
    curve_a, curve_b = ra * (1 - 2 * expit(a)) - ra * ra, -rb * (1 - 2 * expit(b)) - rb * rb
    return _gathered(x, counts * ra, -counts * rb, counts * curve_a, counts * curve_b, counts * ra * rb)


def _gathered(x: Floats, up: Floats, down: Floats, curve_a: Floats, curve_b: Floats, across: Floats) -> tuple[Floats, Floats]:
    """Bring derivatives by border (a lower, b upper border of a category) together to those by threshold and by slope."""
    by_threshold = up[:, 1:] + down[:, :-1]
    gradient = np.concatenate([by_threshold.sum(axis=0), x.T @ by_threshold.sum(axis=1)])
    own = curve_a[:, 1:] + curve_b[:, :-1]
    beside = across[:, 1:-1]
    with_slope = own.copy()
    with_slope[:, :-1] += beside
    with_slope[:, 1:] += beside
    inner = np.diag(own.sum(axis=0))
    places = np.arange(beside.shape[1])
    inner[places, places + 1] = inner[places + 1, places] = beside.sum(axis=0)
    mixed = with_slope.T @ x
    slopes = x.T @ (with_slope.sum(axis=1)[:, None] * x)
    return gradient, np.block([[inner, mixed], [mixed.T, slopes]])
