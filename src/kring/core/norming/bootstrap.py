"""How sure a norm table is: whole schools are drawn again and again, because pupils of one school resemble each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isnan

import numpy as np
from numpy.typing import ArrayLike

from kring.core.columns import Bools, Floats, Ints, columns, same_length
from kring.core.instruments import NumberOutsideBounds
from kring.core.norming.beta_binomial import BetaBinomialNorms, checked, standardised
from kring.core.norming.likelihood import LEAST_CURVATURE, Sample, fitted, log_parameters, person_bends, person_slopes, ranks
from kring.core.norming.polynomial import Located, counted, inverted, locations, regressed
from kring.core.norming.taylor import TaylorNorms, ages_within, percentile_ranks
from kring.core.provenance import Result, method

__all__ = ["NoBand", "NormTableBand", "norm_table_band", "taylor_table_band"]

DRAWS, LEVEL = 1000, 0.90  # methods.md B.17
MOST_DRAWS = 1_000_000
FEWEST_SCHOOLS = 10  # fewer schools cannot show how schools differ (design decision)
MOST_STEPS = 12
FURTHEST = 3.0  # by one coefficient in ln α or ln β: further off, the curvature at the start says too little
CLOSE_ENOUGH = 1e-6  # of log-likelihood still to be gained

Tables = Callable[[float], Floats]  # of an age: percentile ranks float64[draws, raws]


class NoBand(StrEnum):
    """Why there is no band."""

    TOO_FEW_SCHOOLS = "too few schools"


@dataclass(frozen=True, slots=True, eq=False)
class NormTableBand(Result):
    """Between `low` and `high` lie the percentile ranks of the norm table in `level` of the draws; float64[ages, highest + 1].

    NaN outside the ages of the norms; both None where `missing` says why. n: persons; n_valid: those drawn; `draws` of `schools`.
    """

    low: Floats | None
    high: Floats | None
    missing: NoBand | None
    level: float
    draws: int
    schools: int
    n: int
    n_valid: int


@method("norm-table-band", 1, rows=("ages", "raws", "schools", "weights"))
def norm_table_band(
    norms: BetaBinomialNorms,
    ages: ArrayLike,
    raws: ArrayLike,
    schools: Sequence[int | str | None],
    *,
    at_ages: ArrayLike,
    weights: ArrayLike | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int,
) -> NormTableBand:
    """Draw whole schools with replacement, fit the norms again with the same degrees, and give the band of each percentile rank.

    ages, raws, weights float64[n] and schools of the norm sample as it was fitted; who has no school (None or "") or an age beyond the
    norms is left out. At least ten schools. Source: Efron & Tibshirani 1993. Raises NumberOutsideBounds (no draws, a level outside 0 to 1)
    and as norm_fit.

    >>> from kring.core.norming.beta_binomial import beta_binomial_norms
    >>> ages, raws = np.tile([8.0, 9.0], 60), np.repeat(np.arange(10), 12)
    >>> even = beta_binomial_norms(ages, raws, highest=9, degrees=(0, 0))
    >>> band = norm_table_band(even, ages, raws, [pupil % 11 for pupil in range(120)], at_ages=[8.5], draws=50, seed=1)
    >>> bool(band.low[0, 4] < 45 < band.high[0, 4]), band.schools
    (True, 11)
    """
    known, age, raw, weight = checked(ages, raws, weights, norms.highest)
    at, x = standardised(columns(at_ages=at_ages)[0], norms), standardised(age, norms)
    inside = ~np.isnan(x)
    known[known], x, raw, weight = inside, x[inside], raw[inside], weight[inside]
    drawn = _drawn(schools, known, draws, level, seed)
    if drawn.schools < FEWEST_SCHOOLS:
        return _no_band(drawn, level)
    order = np.lexsort((weight, raw, x, drawn.school))
    order = order[drawn.school[order] >= 0]
    sample = Sample(x[order], raw[order], weight[order] / weight.mean(), norms.highest, 0.0, 1.0, len(order))
    points = _points(norms, sample, drawn.school[order], drawn.times)

    def tables(age: float) -> Floats:
        logs = [log_parameters(point, norms.degrees, np.array([age])) for point in points]
        return 100 * ranks(np.array([log_a[0] for log_a, _ in logs]), np.array([log_b[0] for _, log_b in logs]), norms.highest)

    return _band(drawn, tables, at, norms.highest + 1, level)


@method("taylor-table-band", 1, rows=("grade_ages", "raws", "schools", "weights"))
def taylor_table_band(
    norms: TaylorNorms,
    grade_ages: ArrayLike,
    raws: ArrayLike,
    schools: Sequence[int | str | None],
    *,
    at_ages: ArrayLike,
    at_raws: ArrayLike,
    weights: ArrayLike | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int,
) -> NormTableBand:
    """Draw whole schools with replacement, rank and regress again with the same terms, and give the band of each percentile rank.

    As norm_table_band, for Taylor norms and the raw scores `at_raws`. Raises NormsThatAreMissing, NumberOutsideBounds, NotNumbers,
    NotAColumn, UnequalColumns, BeyondMeasure.

    >>> from kring.core.norming.taylor import taylor_norms
    >>> grades, places = np.repeat([7.0, 8.0, 9.0], 50), np.tile(np.arange(50.0), 3)
    >>> norms = taylor_norms(grades, places - 100 * grades)
    >>> schools = [pupil % 11 for pupil in range(150)]
    >>> band = taylor_table_band(norms, grades, places - 100 * grades, schools, at_ages=[8.0], at_raws=[-775.0], draws=50, seed=1)
    >>> bool(band.low[0, 0] < 50 < band.high[0, 0]), band.schools
    (True, 11)
    """
    at, (at_raw,) = ages_within(columns(at_ages=at_ages)[0], norms), columns(at_raws=at_raws)
    known, age, raw, weight = counted(grade_ages, raws, weights)
    drawn = _drawn(schools, known, draws, level, seed)
    if drawn.schools < FEWEST_SCHOOLS:
        return _no_band(drawn, level)
    order = np.lexsort((drawn.school, weight, raw, age))
    order = order[drawn.school[order] >= 0]
    age, raw, weight, school = age[order], raw[order], weight[order], drawn.school[order]
    points = np.array([_regressed_again(norms, age, raw, weight * times[school]) for times in drawn.times])

    def tables(age: float) -> Floats:
        return percentile_ranks(inverted(norms.terms, points.T[:, :, None], np.array([[age]]), at_raw[None, :]))

    return _band(drawn, tables, at, len(at_raw), level)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Who was drawn how often: the place of each person's school, -1 without; times each school is drawn, float64[draws, schools]."""

    school: Ints
    times: Floats
    schools: int
    n: int

    @property
    def counted(self) -> tuple[int, int, int]:
        """Schools, persons, persons who may be drawn."""
        return self.schools, self.n, int((self.school >= 0).sum())


def _drawn(schools: Sequence[int | str | None], known: Bools, draws: int, level: float, seed: int) -> Drawn:
    """Draw the schools of those who are known; nothing is drawn of too few."""
    same_length(persons=known, schools=schools)
    if not 1 <= draws <= MOST_DRAWS:
        raise NumberOutsideBounds(of="band", field="draws", value=draws, low=1, high=MOST_DRAWS)
    if not 0 < level < 1:
        raise NumberOutsideBounds(of="band", field="level", value=level, low=0, high=1)
    names = [None if _unknown(school) else str(school) for school, here in zip(schools, known) if here]
    different = {name: place for place, name in enumerate(sorted({name for name in names if name is not None}))}
    school = np.array([-1 if name is None else different[name] for name in names], dtype=np.int64)
    n = len(different)
    if n < FEWEST_SCHOOLS:
        return Drawn(school, np.empty((0, n)), n, len(known))
    generator = np.random.Generator(np.random.PCG64(seed))
    return Drawn(school, generator.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64), n, len(known))


def _unknown(school: int | str | float | None) -> bool:
    return school is None or school == "" or (isinstance(school, float) and isnan(school))


def _band(drawn: Drawn, tables: Tables, at: Floats, raws: int, level: float) -> NormTableBand:
    """Age by age, so that a thousand tables need not stand side by side; at is NaN where there are no norms."""
    edges = np.full((2, len(at), raws), np.nan)
    for place in np.flatnonzero(~np.isnan(at)):
        edges[:, place] = np.quantile(tables(float(at[place])), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return NormTableBand(edges[0], edges[1], None, level, len(drawn.times), *drawn.counted)


def _no_band(drawn: Drawn, level: float) -> NormTableBand:
    return NormTableBand(None, None, NoBand.TOO_FEW_SCHOOLS, level, 0, *drawn.counted)


def _regressed_again(norms: TaylorNorms, age: Floats, raw: Floats, weight: Floats) -> Floats:
    here = weight > 0
    age, raw, weight = age[here], raw[here], weight[here]
    return regressed(Located(age, raw, weight, locations(age, raw, weight)), norms.terms)


def _points(norms: BetaBinomialNorms, sample: Sample, school: Ints, drawn: Floats) -> Floats:
    """The coefficients of each draw.

    Slopes and bends at the norms are those of the schools, added up as often as these are drawn; so the first step costs nothing, and as
    it ends close to the maximum the bends need no renewal after it.
    """
    start, degrees = np.array(norms.log_alpha + norms.log_beta), norms.degrees
    powers = np.vander(sample.x, max(degrees) + 1, increasing=True)
    own = np.hstack([powers[:, : degrees[0] + 1], powers[:, : degrees[1] + 1]])
    alpha = np.arange(own.shape[1]) <= degrees[0]
    slopes = person_slopes(sample, start, degrees)
    aa, ab, bb = person_bends(sample, start, degrees, slopes)
    schools = drawn.shape[1]
    bends = np.zeros((schools, own.shape[1], own.shape[1]))
    for i, j in np.ndindex(bends.shape[1:]):
        bend = aa if alpha[i] and alpha[j] else ab if alpha[i] != alpha[j] else bb
        bends[:, i, j] = np.bincount(school, sample.weights * bend * own[:, i] * own[:, j], minlength=schools)
    points = np.empty((len(drawn), own.shape[1]))
    for draw, times in enumerate(drawn):
        again = replace(sample, weights=sample.weights * times[school])
        points[draw] = _climbed(again, start, degrees, own, -np.tensordot(times, bends, axes=1))
    return points


def _climbed(sample: Sample, start: Floats, degrees: tuple[int, int], own: Floats, curvature: Floats) -> Floats:
    """Steps with this curvature until nothing is to be gained; a draw that does not come to rest is climbed with care from the start."""
    drawn = sample.weights > 0
    sample = replace(sample, x=sample.x[drawn], raw=sample.raw[drawn], weights=sample.weights[drawn])
    own, cut, point = own[drawn], degrees[0] + 1, start
    sizes = np.linalg.eigvalsh(curvature)
    if sizes[0] > LEAST_CURVATURE * sizes[-1]:
        for _ in range(MOST_STEPS):
            by_alpha, by_beta = person_slopes(sample, point, degrees)
            gradient = np.concatenate([own[:, :cut].T @ (sample.weights * by_alpha), own[:, cut:].T @ (sample.weights * by_beta)])
            step = np.linalg.solve(curvature, gradient)
            point = point + step
            if np.abs(own * (point - start)).max() > FURTHEST:
                break
            if gradient @ step < CLOSE_ENOUGH:
                return point
    return fitted(sample, start, degrees)[0]
