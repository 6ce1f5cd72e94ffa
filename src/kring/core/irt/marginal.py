"""Marginal maximum likelihood: the parameters under which the answer patterns are most likely, ability averaged out.

The search goes in EM steps (one Newton step on the expected complete-data likelihood each: Lange 1995) and, once these get small,
in Newton steps on the marginal likelihood itself with its exact second derivatives (Louis 1982), leaning towards EM where that is not
curved downwards. All climb to the same optimum; the second derivatives there are the observed information, which Oakes' identity (1999)
gives too. That intercepts fall needs no other parameters: a step that breaks their order is halved, and at equal intercepts the
likelihood of a category that somebody chose is 0.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from kring.core.irt.curves import NODES, WEIGHTS, Places, Slopes
from kring.core.irt.designs import Design
from kring.core.irt.items import Reason

SMALLEST_STEP = 1e-6  # methods.md B.15: largest parameter change at the end
SMALLEST_GAIN = 1e-7  # … and gain in log-likelihood
NEAR = 0.1  # an EM step below this is followed by Newton steps
MOST_STEPS = 2000
MIXTURES = (0.0, 0.05, 0.2, 0.5, 1.0)  # shares of complete information that are tried; 1 is an EM step
MOST_HALVINGS = 30
STEEPEST = 10.0  # a slope beyond this falls between two nodes: the quadrature says nothing any more
LEAST_SPREAD = 0.01  # sd of ability, with slopes of 1: below this there is none
FLAT = 1e-9  # least to largest eigenvalue of the (scaled) information: below this a direction cannot be told apart
BLOCK = (
    1 << 18
)  # multiplications at once: with more, BLAS uses threads, which on a busy machine wait for each other, up to 100 times as long
ROUNDING = 1e-12  # relative to the log-likelihood

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """The data: `chosen` float64[r, c] says which categories a pattern holds, `counts` float64[r] how many persons gave it."""

    places: Places
    design: Design
    chosen: Floats
    counts: Floats

    def at(self, free: Floats) -> "Point":
        """Spread every pattern over the nodes."""
        parameters = self.design.parameters(free)
        posterior, logs = posteriors(self.chosen, self.places.log_probabilities(parameters, NODES))
        return Point(self, free, parameters, posterior, float(self.counts @ logs))

    def allows(self, free: Floats) -> bool:
        """Whether intercepts fall and the sd is positive."""
        return self.design.population(free)[1] > 0 and self.places.in_order(self.design.parameters(free))


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right`, some rows at a time."""
    rows = max(1, BLOCK // max(1, right.size))
    parts = [left[at : at + rows] @ right for at in range(0, max(1, len(left)), rows)]
    return np.concatenate(parts)


def cross_product(left: Floats, right: Floats) -> Floats:
    """`left.T @ right`, some rows at a time."""
    rows = max(1, BLOCK // max(1, left.shape[1] * right.shape[1]))
    total = np.zeros((left.shape[1], right.shape[1]))
    for at in range(0, len(left), rows):
        total += left[at : at + rows].T @ right[at : at + rows]
    return total


def posteriors(chosen: Floats, log_probabilities: Floats) -> tuple[Floats, Floats]:
    """Posterior weights of each pattern over the nodes float64[r, q], and the logs of the patterns' probabilities float64[r]."""
    joint = product(chosen, log_probabilities)
    joint += np.log(WEIGHTS)
    top = joint.max(axis=1, keepdims=True)
    joint -= top
    np.exp(joint, out=joint)
    total = joint.sum(axis=1, keepdims=True)
    joint /= total
    return joint, (np.log(total) + top)[:, 0]


@dataclass(eq=False)
class Point:
    """The likelihood at one set of parameters, with what the two kinds of step need."""

    of: Likelihood
    free: Floats
    parameters: Floats
    posterior: Floats
    loglik: float
    gradient: Floats = field(init=False)
    complete: Floats = field(init=False)
    slopes: Slopes = field(init=False)

    def prepare(self) -> None:
        """Work out the gradient and the complete-data information, from the expected number of persons per category and node."""
        places, matrix = self.of.places, self.of.design.matrix
        slopes = self.slopes = places.slopes(self.parameters, NODES)
        expected = cross_product(self.of.chosen, self.of.counts[:, None] * self.posterior)
        self.gradient = places.by_parameter(expected.T, slopes, NODES).sum(axis=0) @ matrix
        self.complete = -(matrix.T @ places.bends_by_parameter(slopes, NODES, expected) @ matrix)

    def observed(self) -> Floats:
        """Observed information (Louis 1982): complete information - Σ_persons var(score | answers).

        A category at a time, over the patterns that hold it: `together` counts the persons expected with two categories at a node.
        """
        places, matrix, chosen = self.of.places, self.of.design.matrix, self.of.chosen
        weighted, scores = self.of.counts[:, None] * self.posterior, places.scores_by_parameter(self.slopes, NODES)
        together = np.zeros((len(NODES), places.total, places.total))
        mean = np.zeros(chosen.shape)
        for category in range(places.total):
            rows, own = np.flatnonzero(chosen[:, category]), np.flatnonzero(places.slope_of == places.slope_of[category])
            together[:, category] = cross_product(weighted[rows], chosen[rows])
            mean[np.ix_(rows, own)] = product(self.posterior[rows], scores[:, category, own])
        half = np.swapaxes(places.by_parameter(together, self.slopes, NODES), 1, 2)
        squares = places.by_parameter(half, self.slopes, NODES).sum(axis=0)
        variances = squares - cross_product(self.of.counts[:, None] * mean, mean)
        information: Floats = self.complete - matrix.T @ variances @ matrix
        return 0.5 * (information + information.T)


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """Where the search ended: `covariance` of the free parameters (None when it did not converge), `reason` why it did not."""

    free: Floats
    parameters: Floats
    loglik: float
    covariance: Floats | None
    steps: int
    reason: Reason | None


def maximised(likelihood: Likelihood, *, most_steps: int = MOST_STEPS) -> Optimum:
    """Climb from the design's start to the top of the likelihood."""
    point, newton = likelihood.at(likelihood.design.start), False
    for step in range(1, most_steps + 1):
        point.prepare()
        full_newton, direction = headed(point, newton)
        following = None if direction is None else climbed(point, direction)
        if following is None:
            return ended(point, step, Reason.UNFINISHED)
        moved, gained = float(np.abs(following.free - point.free).max()), following.loglik - point.loglik
        point = following
        if steepest(point) > STEEPEST:
            return ended(point, step, Reason.DIVERGES)
        if moved < SMALLEST_STEP and abs(gained) < SMALLEST_GAIN and newton:
            return settled(point, step)
        newton = full_newton or moved < NEAR
    return ended(point, most_steps, Reason.UNFINISHED)


def headed(point: Point, newton: bool) -> tuple[bool, Floats | None]:
    """Whether it is a whole Newton step, and the step.

    Where the observed information is not curved downwards, complete information is mixed in until the sum is.
    """
    shares = MIXTURES if newton else (1.0,)
    observed = point.observed() if newton else point.complete
    for share in shares:
        direction = solved((1 - share) * observed + share * point.complete, point.gradient)
        if direction is not None:
            return share == 0.0, direction
    return False, None


def solved(information: Floats, gradient: Floats) -> Floats | None:
    """The Newton step, or None where the likelihood is not curved downwards in every direction."""
    scale = np.sqrt(np.abs(np.diag(information)))
    if not (scale > 0).all():
        return None
    try:
        step: Floats = cho_solve(cho_factor(information / np.outer(scale, scale)), gradient / scale) / scale
    except LinAlgError:
        return None
    return step if np.isfinite(step).all() else None


def climbed(point: Point, direction: Floats) -> Point | None:
    """Go in a direction, half as far as long as that is not allowed or goes down; None when nothing is left of it."""
    least = point.loglik - ROUNDING * abs(point.loglik)
    for halving in range(MOST_HALVINGS):
        free = point.free + direction * 0.5**halving
        if point.of.allows(free):
            following = point.of.at(free)
            if following.loglik >= least:
                return following
    return None


def steepest(point: Point) -> float:
    """The largest slope."""
    return float(np.abs(point.parameters[point.of.places.lowest]).max())


def ended(point: Point, steps: int, reason: Reason) -> Optimum:
    return Optimum(point.free, point.parameters, point.loglik, None, steps, reason)


def settled(point: Point, steps: int) -> Optimum:
    """The optimum with its covariances, unless some direction is flat or all persons are the same."""
    if point.of.design.population(point.free)[1] < LEAST_SPREAD:
        return ended(point, steps, Reason.NO_SPREAD)
    point.prepare()
    information = point.observed()
    if not separates(information):
        return ended(point, steps, Reason.NOT_IDENTIFIED)
    covariance: Floats = np.linalg.inv(information).astype(np.float64, copy=False)
    return Optimum(point.free, point.parameters, point.loglik, covariance, steps, None)


def separates(information: Floats) -> bool:
    """Whether every direction is curved."""
    scale = np.sqrt(np.maximum(np.diag(information), np.finfo(float).tiny))
    roots = np.linalg.eigvalsh(information / np.outer(scale, scale))
    return bool(roots[0] > FLAT * roots[-1])
