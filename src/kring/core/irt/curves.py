"""The curves of graded items on a grid of abilities, with their derivatives; all items at once.

The parameters of all items stand in one vector: slope α, intercepts δ_1 > δ_2 > … of the first item, then of the next. An item with m
categories has m parameters, so the categories, in one list too, share its places: the place of category c ≥ 1 is that of δ_c.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NODES = np.linspace(-6.0, 6.0, 61)  # methods.md B.15: 61 nodes on [-6, 6], weights ∝ φ
WEIGHTS: Floats = np.exp(-0.5 * NODES**2) / np.exp(-0.5 * NODES**2).sum()


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """First and second derivatives of ln P_c by the upper boundary u = αθ + δ_c and the lower boundary v = αθ + δ_(c+1).

    `by_u`, `by_v`, `by_uu`, `by_vv` float64[c, q]; `by_uv` float64[c] does not depend on ability. Boundaries that are not there have 0.
    """

    by_u: Floats
    by_v: Floats
    by_uu: Floats
    by_vv: Floats
    by_uv: Floats


@dataclass(frozen=True, eq=False)
class Places:
    """Where each item stands in the list of parameters: `sizes` holds the number of categories of each item."""

    sizes: tuple[int, ...]

    @cached_property
    def starts(self) -> Ints:
        sizes = np.array(self.sizes, dtype=np.int64)
        return np.cumsum(sizes) - sizes

    @cached_property
    def total(self) -> int:
        return sum(self.sizes)

    @cached_property
    def slope_of(self) -> Ints:
        """The place of the slope that belongs to each place."""
        return np.repeat(self.starts, self.sizes)

    @cached_property
    def item_of(self) -> Ints:
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def lowest(self) -> NDArray[np.bool_]:
        """Whether a place holds a slope, which is also the place of the lowest category."""
        marks = np.zeros(self.total, dtype=bool)
        marks[self.starts] = True
        return marks

    @cached_property
    def inner(self) -> NDArray[np.bool_]:
        """Whether a category has a boundary on both sides."""
        return ~self.lowest & ~np.roll(self.lowest, -1)

    @cached_property
    def scores(self) -> Floats:
        """The number of each category within its item."""
        return (np.arange(self.total) - self.slope_of).astype(np.float64)

    def in_order(self, parameters: Floats) -> bool:
        """Whether all is finite and the intercepts of every item fall."""
        return bool(np.isfinite(parameters).all() and (self.gaps(parameters)[self.inner] > 0).all())

    def gaps(self, parameters: Floats) -> Floats:
        """δ_c - δ_(c+1) for inner categories, infinite for the others."""
        return np.where(self.inner, parameters - np.roll(parameters, -1), np.inf)

    def boundaries(self, parameters: Floats, theta: Floats) -> Floats:
        """αθ + δ_c float64[c, q]; without meaning at the place of a slope."""
        above: Floats = parameters[self.slope_of, None] * theta + parameters[:, None]
        return above

    def log_probabilities(self, parameters: Floats, theta: Floats) -> Floats:
        """ln P_c(θ) float64[c, q] = ln σ(u) + ln σ(-v) + ln(1 - exp(v - u)), without subtracting what is nearly equal."""
        above = self.boundaries(parameters, theta)
        reached = np.where(self.lowest[:, None], 0.0, log_expit(above))
        stayed = np.where(self.lowest[:, None], 0.0, log_expit(-above))
        logs: Floats = reached + np.roll(stayed, -1, axis=0) + np.log(-np.expm1(-self.gaps(parameters)))[:, None]
        return logs

    def slopes(self, parameters: Floats, theta: Floats) -> Slopes:
        """Derivatives of ln P_c; ln P_c is concave in (u, v)."""
        above, gap = self.boundaries(parameters, theta), np.where(self.inner, self.gaps(parameters), 1.0)
        once = np.where(self.inner, 1 / np.expm1(gap), 0.0)
        twice = np.where(self.inner, 0.25 / np.sinh(gap / 2) ** 2, 0.0)
        here = ~self.lowest[:, None]
        bend = np.where(here, -expit(above) * expit(-above), 0.0)
        by_u = np.where(here, expit(-above) + once[:, None], 0.0)
        lower = np.roll(np.where(here, -expit(above), 0.0), -1, axis=0)
        return Slopes(
            by_u=by_u,
            by_v=lower - once[:, None],
            by_uu=bend - twice[:, None],
            by_vv=np.roll(bend, -1, axis=0) - twice[:, None],
            by_uv=twice,
        )

    def by_parameter(self, table: Floats, slopes: Slopes, theta: Floats) -> Floats:
        """Σ_c table float64[q, …, c] · ∂ ln P_c / ∂ parameter: float64[q, …, p]."""
        over = (len(theta), *[1] * (table.ndim - 2), -1)
        upper, lower = slopes.by_u.T.reshape(over), slopes.by_v.T.reshape(over)
        found: Floats = table * upper + np.roll(table * lower, 1, axis=-1)
        found[..., self.starts] += np.add.reduceat(table * (theta.reshape(over) * (upper + lower)), self.starts, axis=-1)
        return found

    def scores_by_parameter(self, slopes: Slopes, theta: Floats) -> Floats:
        """∂ ln P_c / ∂ parameter float64[q, c, p]."""
        each = np.broadcast_to(np.eye(self.total), (len(theta), self.total, self.total))
        return self.by_parameter(each, slopes, theta)

    def bends_by_parameter(self, slopes: Slopes, theta: Floats, weights: Floats) -> Floats:
        """Σ weights float64[c, q] · ∂² ln P_c / ∂ parameter ∂ parameter': float64[p, p]."""
        upper = np.eye(self.total)
        lower, slope = np.roll(upper, -1, axis=0), upper[self.slope_of]
        mixed = self._bend(upper, lower, slope, weights * slopes.by_uv[:, None], theta)
        own = self._bend(upper, upper, slope, weights * slopes.by_uu, theta)
        other = self._bend(lower, lower, slope, weights * slopes.by_vv, theta)
        return own + other + mixed + mixed.T

    def _bend(self, left: Floats, right: Floats, slope: Floats, weights: Floats, theta: Floats) -> Floats:
        flat, tilted, curved = (weights @ theta**power for power in (0, 1, 2))
        bend: Floats = (left.T * flat) @ right + (left.T * tilted) @ slope + (slope.T * tilted) @ right + (slope.T * curved) @ slope
        return bend


def places_of(sizes: Sequence[int]) -> Places:
    """Places for items with these numbers of categories."""
    return Places(tuple(sizes))
