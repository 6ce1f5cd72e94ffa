"""Statuses from ratings: every pupil gives every classmate points, on a scale with a neutral middle.

What chance gives is each rater's own way of rating: who gives everybody a four says nothing by giving a four. Source: Maassen & Landsheer
1998, who extended the probability method to ratings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result, method, written
from kring.core.sociometry.chance import RARE, refuse_level
from kring.core.sociometry.kinds import Status
from kring.core.sociometry.nominations import Sufficiency, refuse_listed_twice, sufficiency_of
from kring.core.sociometry.order import places_by_id
from kring.core.sociometry.rates import NOTHING, Bools, Floats, Ints, shares
from kring.core.sociometry.rules import (
    ChoosesOneself,
    ImpossibleChoices,
    NoNeutralMiddle,
    PupilNotOnList,
    RatingOutsideScale,
    RatingsOfOthers,
    UnevenNominations,
)

__all__ = ["RatingStatuses", "RatingTotals", "Ratings", "rating_statuses"]

POINTS = (3, 5, 7, 9)  # odd, so that there is a neutral middle


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """What the pupils of one class gave each other in one round.

    `given[i, j]` is what pupil i gave pupil j, a whole number from 1 to `points`, NaN when not rated; a row of NaN is a pupil who took no
    part, who can be rated all the same. The table cannot be written to. Raises `PupilListedTwice`, `ImpossibleChoices`,
    `UnevenNominations`, `NoNeutralMiddle`, `ChoosesOneself`, `RatingOutsideScale`.
    """

    pupils: tuple[str, ...]
    given: Floats
    points: int

    def __post_init__(self) -> None:
        """Check every rule of the model, then close the table."""
        refuse_listed_twice(self.pupils)
        n = len(self.pupils)
        if not (isinstance(self.given, np.ndarray) and self.given.dtype.kind in "fiu"):
            raise ImpossibleChoices(of="something else than an array of numbers")
        if self.given.shape != (n, n):
            raise UnevenNominations(part="ratings", pupils=n, shape=self.given.shape)
        if self.points not in POINTS:
            raise NoNeutralMiddle(points=self.points)
        for i in np.flatnonzero(~np.isnan(np.diagonal(self.given)))[:1]:
            raise ChoosesOneself(from_pupil=self.pupils[i], to_pupil=self.pupils[i])
        for i, j in np.argwhere(~np.isnan(self.given) & ~np.isin(self.given, np.arange(1, self.points + 1)))[:1]:
            raise RatingOutsideScale(from_pupil=self.pupils[i], to_pupil=self.pupils[j], value=float(self.given[i, j]), points=self.points)
        self.given.flags.writeable = False

    @classmethod
    def of(cls, pupils: Sequence[str], given: Mapping[tuple[str, str], int], *, points: int) -> "Ratings":
        """Put the ratings (rater, rated) → points in a table. Raises `PupilNotOnList` and what `Ratings` refuses."""
        place = {pupil: i for i, pupil in enumerate(pupils)}
        table = np.full((len(pupils), len(pupils)), np.nan)
        for (rater, rated), value in given.items():
            if rater not in place or rated not in place:
                raise PupilNotOnList(from_pupil=rater, to_pupil=rated)
            table[place[rater], place[rated]] = value
        return cls(tuple(pupils), table, points)

    @property
    def rated(self) -> Bools:
        """Who rated whom, bool[n, n]."""
        return ~np.isnan(self.given)

    @property
    def sufficiency(self) -> Sufficiency:
        """What the number of pupils who rated anybody allows."""
        return sufficiency_of(int(self.rated.any(axis=1).sum()), len(self.pupils))

    def fingerprint(self) -> bytes:
        """Write the ratings by id, so that the order of the list means nothing."""
        order = places_by_id(self.pupils)
        return repr((self.points, [self.pupils[i] for i in order])).encode() + written(self.given[np.ix_(order, order)])


@dataclass(frozen=True, slots=True, eq=False)
class RatingTotals:
    """A total of the ratings received beside what chance gives, all [n]; at_least: P(X ≥ observed), at_most: P(X ≤ observed)."""

    observed: Ints
    expected: Floats
    at_least: Floats
    at_most: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RatingStatuses(Result):
    """The status of each pupil by ratings, None for a pupil whom nobody rated.

    With M the middle: sympathy Σ max(0, r - M), antipathy Σ max(0, M - r), preference Σ r, impact Σ |r - M|; raters: how many rated the
    pupil; mean: preference / raters, NaN without raters. `n` pupils on the list, `n_valid` those who were rated.
    """

    status: tuple[Status | None, ...]
    raters: Ints
    mean: Floats
    sympathy: RatingTotals
    antipathy: RatingTotals
    preference: RatingTotals
    impact: RatingTotals
    n: int
    n_valid: int


@method("rating-status", 1, data=("ratings",))
def rating_statuses(ratings: Ratings, *, level: float = RARE) -> RatingStatuses:
    """Group by ratings, against chance at each rater's own distribution of ratings given; totals by convolution over the raters.

    In this order: popular when preference is rarely so high, sympathy above and antipathy below expectation; rejected when preference is
    rarely so low, sympathy below and antipathy above; controversial when impact is rarely so high and both are above; neglected when
    impact is rarely so low and both are below; else average. Source: Maassen & Landsheer 1998. Raises `ImpossibleLevel`.

    >>> points = {"A": 5, "B": 3, "C": 3, "D": 3, "E": 3, "F": 1}
    >>> given = {(rater, pupil): points[pupil] for rater in points for pupil in points if rater != pupil}
    >>> found = rating_statuses(Ratings.of("ABCDEF", given, points=5))
    >>> found.status[::5], found.preference.observed.tolist()
    ((<Status.POPULAR: 'popular'>, <Status.REJECTED: 'rejected'>), [25, 15, 15, 15, 15, 5])
    """
    return rated_status(ratings, level)


def rated_status(ratings: Ratings, level: float) -> RatingStatuses:
    """Group as `rating_statuses` does, without provenance: for what is built on it."""
    refuse_level(level)
    rated, middle = ratings.rated, (ratings.points + 1) // 2
    points = np.where(rated, ratings.given, middle).astype(np.int64)
    order = _raters_by_kind(points, rated, ratings.points)
    raters = rated.sum(axis=0, dtype=np.int64)
    scores = (np.maximum(points - middle, 0), np.maximum(middle - points, 0), points, np.abs(points - middle))
    sympathy, antipathy, preference, impact = (_totals(score[order], rated[order]) for score in scores)
    status = _status(sympathy, antipathy, preference, impact, raters > 0, level)
    mean = shares(preference.observed, raters)
    return RatingStatuses(status, raters, mean, sympathy, antipathy, preference, impact, len(status), int((raters > 0).sum()))


def rating_status_by_id(ratings: Ratings, pupils: Sequence[str]) -> tuple[Status | None, ...]:
    """Give the statuses in the order of another list of the same pupils. Raises `RatingsOfOthers`."""
    if set(ratings.pupils) != set(pupils):
        raise RatingsOfOthers(rated=ratings.pupils, listed=tuple(pupils))
    by_id = dict(zip(ratings.pupils, rated_status(ratings, RARE).status, strict=True))
    return tuple(by_id[pupil] for pupil in pupils)


def _raters_by_kind(points: Ints, rated: Bools, most: int) -> Ints:
    """Order the raters by how often they gave each rating, so that the order of the list changes no bit of a sum."""
    how_often = ((points[:, :, None] == np.arange(1, most + 1)) & rated[:, :, None]).sum(axis=1)
    return np.lexsort(how_often.T).astype(np.int64)


def _totals(score: Ints, rated: Bools) -> RatingTotals:
    """Compare each pupil's total with the sum of one draw from the own scores of each rater who rated the pupil."""
    observed = np.where(rated, score, 0).sum(axis=0)
    pmf = np.zeros((int(score.max(axis=1, initial=0).sum()) + 1, score.shape[1]))
    pmf[0] = 1.0
    expected = np.zeros(score.shape[1])
    for of_rater, rates in zip(score, rated, strict=True):
        if rates.any():
            own = np.bincount(of_rater[rates]) / rates.sum()
            pmf[:, rates] = np.sum([chance * _shifted(pmf[:, rates], value) for value, chance in enumerate(own)], axis=0)
            expected[rates] += of_rater[rates].sum() / rates.sum()
    cell = (observed, np.arange(len(observed)))
    at_least, at_most = np.cumsum(pmf[::-1], axis=0)[::-1][cell], np.cumsum(pmf, axis=0)[cell]
    return RatingTotals(observed, expected, np.minimum(at_least, 1.0), np.minimum(at_most, 1.0))


def _shifted(pmf: Floats, value: int) -> Floats:
    """Move every total up by `value`; what would pass the highest possible total has no probability."""
    moved = np.zeros_like(pmf)
    moved[value:] = pmf[: len(pmf) - value]
    return moved


def _status(
    sympathy: RatingTotals, antipathy: RatingTotals, preference: RatingTotals, impact: RatingTotals, known: Bools, level: float
) -> tuple[Status | None, ...]:
    rare = level + NOTHING
    liked, disliked = sympathy.observed - sympathy.expected, antipathy.observed - antipathy.expected
    holds = {
        Status.POPULAR: (preference.at_least <= rare) & (liked > NOTHING) & (disliked < -NOTHING),
        Status.REJECTED: (preference.at_most <= rare) & (liked < -NOTHING) & (disliked > NOTHING),
        Status.CONTROVERSIAL: (impact.at_least <= rare) & (liked > NOTHING) & (disliked > NOTHING),
        Status.NEGLECTED: (impact.at_most <= rare) & (liked < -NOTHING) & (disliked < -NOTHING),
    }
    first = (next((status for status, who in holds.items() if who[i]), Status.AVERAGE) for i in range(len(known)))
    return tuple(status if is_known else None for status, is_known in zip(first, known, strict=True))
