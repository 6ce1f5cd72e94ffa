"""The likelihood of the beta-binomial distribution with ln α and ln β polynomials in x, its derivatives, its maximum and its ranks."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, digamma, gammaln, polygamma

from kring.core.columns import Floats

MOST_STEPS = 100
LEAST_GAIN = 1e-9  # of log-likelihood
LEAST_CURVATURE = 1e-8  # as a share of the greatest: flatter directions are walked as if they were this steep
SMALLEST_STEP = 1e-10
LONGEST_STEP = 3.0  # in ln α or ln β at once
BEYOND = 12.0  # ln α or ln β: no sample tells these from infinite, or from 0


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Distinct pairs of age and raw score with the weight of all who have them, sorted; x is the age standardised. Weights add up to n."""

    x: Floats
    raw: Floats
    weights: Floats
    highest: int
    mean: float
    sd: float
    n: int


def fitted(sample: Sample, point: Floats, degrees: tuple[int, int]) -> tuple[Floats, float]:
    """Climb to the maximum by Newton's method: directions that curve the wrong way are turned, steps that lead down are halved."""
    value, gain, steps = _log_likelihood(sample, point, degrees), np.inf, 0
    while gain > LEAST_GAIN and steps < MOST_STEPS:
        gradient, hessian = derivatives(sample, point, degrees)
        sizes, directions = np.linalg.eigh(-hessian)
        sizes = np.maximum(np.abs(sizes), LEAST_CURVATURE * np.abs(sizes).max())
        step = directions @ (directions.T @ gradient / sizes)
        length = min(1.0, LONGEST_STEP / float(np.abs(step).max() or 1.0))
        while (better := _log_likelihood(sample, point + length * step, degrees)) < value and length > SMALLEST_STEP:
            length /= 2
        gain, steps = better - value, steps + 1
        if gain > 0:
            point, value = point + length * step, better
    return point, value


def log_parameters(point: Floats, degrees: tuple[int, int], x: Floats) -> tuple[Floats, Floats]:
    """ln α and ln β at x."""
    powers = np.vander(x, max(degrees) + 1, increasing=True)
    cut = degrees[0] + 1
    return powers[:, :cut] @ point[:cut], powers[:, : degrees[1] + 1] @ point[cut:]


def _log_likelihood(sample: Sample, point: Floats, degrees: tuple[int, int]) -> float:
    """Without the number of ways to get each score, which depends on no parameter."""
    logs = log_parameters(point, degrees, sample.x)
    if max(np.abs(logs[0]).max(), np.abs(logs[1]).max()) > 2 * BEYOND:
        return -np.inf
    a, b = np.exp(logs[0]), np.exp(logs[1])
    return float((sample.weights * (betaln(sample.raw + a, sample.highest - sample.raw + b) - betaln(a, b))).sum())


def ways(sample: Sample) -> Floats:
    found: Floats = gammaln(sample.highest + 1) - gammaln(sample.raw + 1) - gammaln(sample.highest - sample.raw + 1)
    return found


def derivatives(sample: Sample, point: Floats, degrees: tuple[int, int]) -> tuple[Floats, Floats]:
    """Gradient and Hessian of the log-likelihood by the coefficients."""
    first = person_slopes(sample, point, degrees)
    second = person_bends(sample, point, degrees, first)
    powers = np.vander(sample.x, max(degrees) + 1, increasing=True)
    own = powers[:, : degrees[0] + 1], powers[:, : degrees[1] + 1]
    w = sample.weights
    gradient = np.concatenate([part.T @ (w * slope) for part, slope in zip(own, first)])
    blocks = [[own[i].T @ ((w * second[i + j])[:, None] * own[j]) for j in (0, 1)] for i in (0, 1)]
    return gradient, np.block(blocks)


def person_slopes(sample: Sample, point: Floats, degrees: tuple[int, int]) -> tuple[Floats, Floats]:
    """Per row: the log-likelihood of one person by ln α and by ln β."""
    log_a, log_b = log_parameters(point, degrees, sample.x)
    a, b, m = np.exp(log_a), np.exp(log_b), sample.highest
    together = digamma(a + b) - digamma(m + a + b)
    return a * (digamma(sample.raw + a) - digamma(a) + together), b * (digamma(m - sample.raw + b) - digamma(b) + together)


def person_bends(sample: Sample, point: Floats, degrees: tuple[int, int], slopes: tuple[Floats, Floats]) -> tuple[Floats, Floats, Floats]:
    """Per row: the same a second time, by ln α twice, by both, and by ln β twice."""
    log_a, log_b = log_parameters(point, degrees, sample.x)
    a, b, m = np.exp(log_a), np.exp(log_b), sample.highest
    bend = polygamma(1, a + b) - polygamma(1, m + a + b)
    bend_a = polygamma(1, sample.raw + a) - polygamma(1, a) + bend
    bend_b = polygamma(1, m - sample.raw + b) - polygamma(1, b) + bend
    return slopes[0] + a * a * bend_a, a * b * bend, slopes[1] + b * b * bend_b


def chances(log_a: Floats, log_b: Floats, highest: int) -> Floats:
    """The chance of each raw score, float64[..., highest + 1]."""
    raw = np.arange(highest + 1.0)
    a, b = (np.exp(np.clip(each, -2 * BEYOND, 2 * BEYOND))[..., None] for each in (log_a, log_b))
    ways = gammaln(highest + 1) - gammaln(raw + 1) - gammaln(highest - raw + 1)
    found: Floats = np.exp(ways + betaln(raw + a, highest - raw + b) - betaln(a, b))
    return found


def ranks(log_a: Floats, log_b: Floats, highest: int) -> Floats:
    """The share (0 to 1) below each raw score plus half of those equal, float64[..., highest + 1]."""
    each = chances(log_a, log_b, highest)
    return np.clip(each.cumsum(axis=-1) - each / 2, 0.0, 1.0)
