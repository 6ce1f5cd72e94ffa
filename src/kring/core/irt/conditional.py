"""Conditional maximum likelihood for the partial credit model: item parameters without any assumption about the persons.

Given the sum of a person's answers, ability drops out of the probability of the answers; what remains holds elementary symmetric functions
γ_r, the sums over all ways to score r. They are kept as logarithms, in which neither many items nor far ones overflow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import Ints
from kring.core.irt.items import Reason
from kring.core.irt.marginal import MOST_HALVINGS, ROUNDING, SMALLEST_GAIN, SMALLEST_STEP, separates, solved

MOST_STEPS = 200
FARTHEST = 15.0  # a threshold beyond this many logits runs away

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Booklet:
    """The persons who answered exactly these items: `scores` int64[r] counts them by sum score."""

    items: Ints
    scores: Ints


@dataclass(frozen=True, slots=True, eq=False)
class ConditionalData:
    """`chosen` float64[k, c] counts the answers, category 0 first; `offered` bool[k, c] says which categories an item has."""

    chosen: Floats
    offered: Bools
    booklets: tuple[Booklet, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ConditionalOptimum:
    """β_jc, the sum of the first c thresholds, float64[p] in the order of the items, Σβ = 0, with its covariances."""

    sums: Floats
    loglik: float
    covariance: Floats | None
    steps: int
    reason: Reason | None


def booklets_of(categories: Ints, counts: Ints) -> tuple[Booklet, ...]:
    """Put persons (rows int64[r, k] with counts) together who answered the same items."""
    masks, of_row = np.unique(categories >= 0, axis=0, return_inverse=True)
    scores = np.where(categories >= 0, categories, 0).sum(axis=1)
    booklets = []
    for place, mask in enumerate(masks):
        rows = of_row.reshape(-1) == place
        booklets.append(Booklet(np.flatnonzero(mask), np.bincount(scores[rows], counts[rows]).astype(np.int64)))
    return tuple(booklets)


def log_symmetric(easiness: Floats) -> Floats:
    """ln γ_r float64[..., s], r from 0, of items with η_jc = -β_jc float64[..., k, c].

    A category that is not there has -∞, and so has a score out of reach.
    """
    most = easiness.shape[-2] * (easiness.shape[-1] - 1)
    gamma = np.full((*easiness.shape[:-2], most + 1), -np.inf)
    gamma[..., 0] = 0.0
    for j in range(easiness.shape[-2]):
        longer = gamma + easiness[..., j, :1]
        for category in range(1, easiness.shape[-1]):
            more = gamma[..., :-category] + easiness[..., j, category, None]
            longer[..., category:] = np.logaddexp(longer[..., category:], more)
        gamma = longer
    return gamma


def without(easiness: Floats, left_out: Sequence[Ints]) -> Floats:
    """Copies of the items float64[copies, k, c]; in each one, the items of that place in each list of `left_out` add nothing."""
    copies = np.repeat(easiness[None], len(left_out[0]), axis=0)
    for items in left_out:
        copies[np.arange(len(items)), items] = [0.0, *[-np.inf] * (easiness.shape[1] - 1)]
    return copies


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """ln γ of the whole booklet, and P(x_j = c | r) float64[k, c, s] for each sum score r."""

    log_gamma: Floats
    chances: Floats


def given_score(easiness: Floats) -> Given:
    """What each sum score says about each answer."""
    whole = log_symmetric(easiness)
    rest = log_symmetric(without(easiness, [np.arange(len(easiness))]))
    chances = np.stack([shifted(rest, category) for category in range(easiness.shape[1])], axis=1) + easiness[:, :, None]
    return Given(whole, probability(chances, whole))


def shifted(logs: Floats, by: int) -> Floats:
    """Move along the last axis, -∞ coming in."""
    moved = np.full_like(logs, -np.inf)
    moved[..., by:] = logs[..., : logs.shape[-1] - by]
    return moved


def probability(part: Floats, whole: Floats) -> Floats:
    """exp(part - whole), 0 where the whole cannot be."""
    return np.where(np.isfinite(whole), np.exp(part - np.where(np.isfinite(whole), whole, 0.0)), 0.0)


def joint_chances(easiness: Floats, given: Given, scores: Ints) -> Floats:
    """Σ_r n_r·P(x_j = c, x_l = d | r) float64[k, c, k, d]."""
    k, size = easiness.shape
    first, second = np.triu_indices(k, 1)
    rest = log_symmetric(without(easiness, [first, second]))
    joint = np.zeros((k, size, k, size))
    for c in range(size):
        for d in range(size):
            part = shifted(rest, c + d) + easiness[first, c, None] + easiness[second, d, None]
            joint[first, c, second, d] = joint[second, d, first, c] = probability(part, given.log_gamma)[:, : len(scores)] @ scores
        joint[np.arange(k), c, np.arange(k), c] = given.chances[:, c, : len(scores)] @ scores
    return joint


def likelihood(data: ConditionalData, easiness: Floats) -> float:
    """Σ n_jc·η_jc - Σ_booklets Σ_r n_r·ln γ_r."""
    loglik = float((data.chosen * np.where(data.offered, easiness, 0.0)).sum())
    for booklet in data.booklets:
        seen = np.flatnonzero(booklet.scores)
        loglik -= float(booklet.scores[seen] @ log_symmetric(easiness[booklet.items])[seen])
    return loglik


def derivatives(data: ConditionalData, easiness: Floats) -> tuple[Floats, Floats]:
    """Gradient float64[k, c] and information float64[k, c, k, c] by the η."""
    gradient = data.chosen.copy()
    information, every = np.zeros(easiness.shape * 2), np.arange(easiness.shape[1])
    for booklet in data.booklets:
        items, seen = booklet.items, len(booklet.scores)
        given = given_score(easiness[items])
        chances = given.chances[:, :, :seen]
        gradient[items] -= chances @ booklet.scores
        products = np.einsum("jcr,ldr,r->jcld", chances, chances, booklet.scores.astype(np.float64), optimize=True)
        information[np.ix_(items, every, items, every)] += joint_chances(easiness[items], given, booklet.scores) - products
    return gradient, information


def conditionally_maximised(data: ConditionalData, *, most_steps: int = MOST_STEPS) -> ConditionalOptimum:
    """Newton steps, halved where they go down; the likelihood is concave, so there is one top or none."""
    free = data.offered.copy()
    free[:, 0] = False
    size = int(free.sum())
    basis = np.concatenate([np.eye(size - 1), -np.ones((1, size - 1))])
    sums = np.zeros(size)
    loglik = likelihood(data, spread(sums, free, data.offered))
    for step in range(1, most_steps + 1):
        gradient, information = derivatives(data, spread(sums, free, data.offered))
        curvature = basis.T @ information[free][:, free] @ basis
        direction = solved(curvature, -(basis.T @ gradient[free])) if separates(curvature) else None
        following = None if direction is None else climbed(data, free, sums, basis @ direction, loglik)
        if following is None:
            return ConditionalOptimum(sums, loglik, None, step, stopped(step, direction))
        moved, gained = float(np.abs(following[0] - sums).max()), following[1] - loglik
        sums, loglik = following
        if farthest(sums, free) > FARTHEST:
            return ConditionalOptimum(sums, loglik, None, step, Reason.DIVERGES)
        if moved < SMALLEST_STEP and abs(gained) < SMALLEST_GAIN:
            return ConditionalOptimum(sums, loglik, basis @ np.linalg.inv(curvature) @ basis.T, step, None)
    return ConditionalOptimum(sums, loglik, None, most_steps, Reason.UNFINISHED)


def stopped(step: int, direction: Floats | None) -> Reason:
    """Why the search cannot go on: a flat direction at the start lies in the forms, a later one in answers that separate the persons."""
    if direction is not None:
        return Reason.UNFINISHED
    return Reason.NOT_IDENTIFIED if step == 1 else Reason.DIVERGES


def spread(sums: Floats, free: Bools, offered: Bools) -> Floats:
    """The β as a table of η float64[k, c]."""
    easiness = np.where(offered, 0.0, -np.inf)
    easiness[free] = -sums
    return easiness


def climbed(data: ConditionalData, free: Bools, sums: Floats, direction: Floats, loglik: float) -> tuple[Floats, float] | None:
    """Go in a direction, half as far as long as it goes down."""
    for halving in range(MOST_HALVINGS):
        there = sums + direction * 0.5**halving
        reached = likelihood(data, spread(there, free, data.offered))
        if reached >= loglik - ROUNDING * abs(loglik):
            return there, reached
    return None


def farthest(sums: Floats, free: Bools) -> float:
    """The largest threshold."""
    table = np.zeros(free.shape)
    table[free] = sums
    return float(np.abs(np.diff(table, axis=1)[free[:, 1:]]).max())
