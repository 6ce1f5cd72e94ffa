"""Calibration of graded items: graded response, two-parameter and Rasch model by marginal maximum likelihood.

For an office that calibrates and norms an instrument over many schools, not for one school.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import logit

from kring.core.columns import MOST, Floats
from kring.core.errors import CallerMistake
from kring.core.irt.coding import Codes, Patterns, checked, coded, offered, patterns
from kring.core.irt.curves import Places, places_of
from kring.core.irt.designs import Bools, Design, designed
from kring.core.irt.items import Calibration, GradedItem, ImpossibleItem, ImpossiblePopulation, ItemTwice, Reason, refuse_twice
from kring.core.irt.marginal import Likelihood, Optimum, maximised
from kring.core.provenance import method

__all__ = [
    "Calibration",
    "GradedItem",
    "ImpossibleItem",
    "ImpossiblePopulation",
    "ItemNotDichotomous",
    "ItemTwice",
    "Reason",
    "graded_response_model",
    "rasch_by_mml",
    "stored_items",
    "two_parameter_model",
]

LEAST_PERSONS_GRADED = 500  # methods.md B.15: per form
LEAST_PERSONS_RASCH = 200
LEAST_ITEMS = 3  # with two items other slopes explain the answers just as well
LEAST_ITEMS_RASCH = 2
WIDENING = 1 / 1.702**2  # logistic against normal: start values (Lord & Novick 1968)


@dataclass(eq=False, kw_only=True)
class ItemNotDichotomous(CallerMistake):
    """The Rasch and the two-parameter model are for items with two answers."""

    column: int
    categories: int


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The items that say something, and the patterns of the persons with an answer to one of them."""

    columns: tuple[int, ...]
    codes: tuple[Codes, ...]
    dropped: tuple[int, ...]
    patterns: Patterns
    n: int

    @property
    def places(self) -> Places:
        return places_of([len(groups) for groups in self.codes])

    @property
    def n_valid(self) -> int:
        return int(self.patterns.counts.sum())


@method("graded-response-model", 1, rows=("answers",))
def graded_response_model(answers: Floats, *, categories: tuple[int, int] | None = None) -> Calibration:
    """Graded response model: slope and difficulties of ordinal items, θ ~ N(0, 1).

    P(X ≥ c | θ) = 1/(1 + exp(-a(θ - b_c))), by marginal maximum likelihood over 61 nodes on [-6, 6]; standard errors from the observed
    information. `answers` whole codes float64[n, k] after reversal, NaN for missing (skipped: missing at random); `categories` the lowest
    and highest code on the form. A code that nobody gave is joined with its neighbour, a column without variance dropped. Below 500
    persons, or when the search does not converge, `for_use` is False and `reason` says why.
    Source: Samejima 1969; Bock & Aitkin 1981; Oakes 1999. Raises CodeNotWhole, CodeNotOffered, TooManyCategories,
    NotNumbers, NotAColumn, BeyondMeasure.

    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> theta, noise = rng.normal(size=(1000, 1)), rng.logistic(size=(1000, 4))
    >>> found = graded_response_model(np.digitize(1.5 * theta + noise, [-2, 0, 2]) + 1.0)
    >>> [round(item.slope, 1) for item in found.items], found.for_use
    ([1.7, 1.5, 1.5, 1.3], True)
    """
    return freely_calibrated(form_of(answers, categories))


@method("two-parameter-model", 1, rows=("answers",))
def two_parameter_model(answers: Floats) -> Calibration:
    """Two-parameter logistic model for items with two answers: the graded response model with one difficulty per item.

    As graded_response_model. Source: Birnbaum 1968. Raises ItemNotDichotomous and what graded_response_model raises.

    >>> two_parameter_model(np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0]])).reason
    <Reason.TOO_FEW_ITEMS: 'too_few_items'>
    """
    return freely_calibrated(dichotomous(form_of(answers, None)))


@method("rasch-mml", 1, rows=("answers",))
def rasch_by_mml(answers: Floats) -> Calibration:
    """Rasch model for items with two answers by marginal maximum likelihood: all slopes 1, θ ~ N(0, sd²) with its sd estimated.

    logit P(X = 1 | θ) = θ + d. `answers` and results as in graded_response_model; 200 persons are enough. Source: Thissen 1982. Raises
    ItemNotDichotomous and what graded_response_model raises.

    >>> found = rasch_by_mml(np.repeat([[0.0, 0], [0, 1], [1, 0], [1, 1]], [60, 40, 40, 60], axis=0))
    >>> round(found.sd, 2), found.for_use
    (1.11, True)
    """
    form = dichotomous(form_of(answers, None))
    return calibrated(form, designed(form.places, start_of(form), form.places.lowest), LEAST_ITEMS_RASCH, LEAST_PERSONS_RASCH)


@method("stored-items", 1, data=("items",))
def stored_items(items: Sequence[GradedItem], *, mean: float = 0.0, sd: float = 1.0) -> Calibration:
    """Items that were calibrated earlier or published, to score with, for a population θ ~ N(mean, sd²).

    Nothing is estimated, so `n` is 0 and `loglik` None. Raises ImpossiblePopulation, ItemTwice.

    >>> item = GradedItem(column=0, codes=((1,), (2,), (3,)), slope=2.0, intercepts=(3.0, -1.0))
    >>> stored_items([item]).items[0].difficulties
    (-1.5, 0.5)
    """
    if not (abs(mean) < MOST and 1 / MOST < sd < MOST):
        raise ImpossiblePopulation(mean=mean, sd=sd)
    refuse_twice([item.column for item in items])
    return Calibration(
        n=0,
        n_valid=0,
        items=tuple(items),
        dropped=(),
        mean=mean,
        sd=sd,
        mean_se=None,
        sd_se=None,
        loglik=None,
        steps=0,
        converged=bool(items),
        reason=None if items else Reason.TOO_FEW_ITEMS,
        fixed=tuple(item.column for item in items),
    )


def form_of(answers: Floats, categories: tuple[int, int] | None, known: Mapping[int, Codes] | None = None) -> Form:
    """Sort out which columns can be calibrated; `known` codes of a column stand as they are."""
    answers = checked(answers)
    codes = {j: offered(answers, j, categories) for j in range(answers.shape[1])} | dict(known or {})
    kept = tuple(j for j, groups in codes.items() if len(groups) > 1)
    numbered = coded(answers, kept, [codes[j] for j in kept])
    answered = (numbered >= 0).any(axis=1)
    dropped = tuple(j for j in codes if j not in kept)
    return Form(kept, tuple(codes[j] for j in kept), dropped, patterns(numbered[answered]), len(answers))


def dichotomous(form: Form) -> Form:
    """The form itself when all its items have two categories."""
    for column, groups in zip(form.columns, form.codes):
        if len(groups) > 2:
            raise ItemNotDichotomous(column=column, categories=len(groups))
    return form


def freely_calibrated(form: Form) -> Calibration:
    """Every slope and intercept free, θ ~ N(0, 1)."""
    nothing_held = np.zeros(form.places.total, dtype=bool)
    return calibrated(form, designed(form.places, start_of(form), nothing_held), LEAST_ITEMS, LEAST_PERSONS_GRADED)


def calibrated(form: Form, design: Design, least_items: int, least_persons: int) -> Calibration:
    """Find the optimum and say whether it may be used."""
    if not form.n_valid or len(form.columns) < least_items:
        reason = Reason.TOO_FEW_ITEMS if form.n_valid else Reason.NOBODY
        return Calibration(form.n, form.n_valid, (), form.dropped, 0.0, 1.0, None, None, None, 0, converged=False, reason=reason)
    likelihood = Likelihood(form.places, design, form.patterns.indicators(form.places.sizes), form.patterns.counts.astype(np.float64))
    found = maximised(likelihood)
    enough = None if form.n_valid >= least_persons else Reason.TOO_FEW_PERSONS
    return described(form, design, found, found.reason or enough)


def described(form: Form, design: Design, found: Optimum, reason: Reason | None) -> Calibration:
    """Write the optimum as items on the scale θ ~ N(mean, sd²)."""
    places, (mean, sd) = form.places, design.population(found.free)
    parameters, covariance = on_scale(design, found, places)
    parts = [slice(at, at + size) for at, size in zip(places.starts, places.sizes)]
    items = tuple(
        graded_item(column, codes, parameters[part], None if covariance is None else covariance[part, part], design.held[part])
        for column, codes, part in zip(form.columns, form.codes, parts)
    )
    return Calibration(
        n=form.n,
        n_valid=form.n_valid,
        items=items,
        dropped=form.dropped,
        mean=mean,
        sd=sd,
        mean_se=error_of(found, design.mean_at),
        sd_se=error_of(found, design.sd_at),
        loglik=found.loglik,
        steps=found.steps,
        converged=found.reason is None,
        reason=reason,
        fixed=tuple(column for column, part in zip(form.columns, parts) if design.held[part].all()),
        common_slope=bool(design.held[places.lowest].all() and not design.held.all()),
    )


def error_of(found: Optimum, place: int | None) -> float | None:
    """Standard error of one free parameter."""
    return None if place is None or found.covariance is None else float(np.sqrt(found.covariance[place, place]))


def on_scale(design: Design, found: Optimum, places: Places) -> tuple[Floats, Floats | None]:
    """From α, δ with θ ~ N(0, 1) to a = α/sd, d = δ - a·mean, with their covariances by the delta method."""
    mean, sd = design.population(found.free)
    alpha = found.parameters[places.slope_of]
    moved = np.where(places.lowest, 0.0, mean / sd)
    parameters = np.where(places.lowest, alpha / sd, found.parameters - moved * alpha)
    if found.covariance is None:
        return parameters, None
    jacobian = np.where(places.lowest[:, None], design.matrix / sd, design.matrix - moved[:, None] * design.matrix[places.slope_of])
    if design.sd_at is not None:
        jacobian[:, design.sd_at] += np.where(places.lowest, -alpha / sd**2, moved * alpha / sd)
    if design.mean_at is not None:
        jacobian[:, design.mean_at] -= np.where(places.lowest, 0.0, alpha / sd)
    covariance: Floats = jacobian @ found.covariance @ jacobian.T
    return parameters, covariance


def graded_item(column: int, codes: Codes, parameters: Floats, covariance: Floats | None, held: Bools) -> GradedItem:
    """One item with the standard errors of what was not held; var(b) = (var d + b²·var a + 2b·cov(a, d))/a²."""
    item = GradedItem(column, codes, float(parameters[0]), tuple(float(each) for each in parameters[1:]))
    if covariance is None or held.all() or not item.slope:
        return item
    b, of_slope, of_intercepts = -parameters[1:] / parameters[0], covariance[0, 0], np.diag(covariance)[1:]
    of_difficulties = (of_intercepts + b**2 * of_slope + 2 * b * covariance[0, 1:]) / parameters[0] ** 2
    return replace(
        item,
        slope_se=None if held[0] else float(np.sqrt(of_slope)),
        intercept_ses=tuple(float(each) for each in np.sqrt(of_intercepts)),
        difficulty_ses=tuple(float(each) for each in np.sqrt(of_difficulties)),
    )


def start_of(form: Form) -> Floats:
    """Slope 1 and d_c = logit(share ≥ c)·√(1 + 1/1.702²)."""
    start = []
    for j, size in enumerate(form.places.sizes):
        chosen = form.patterns.categories[:, j]
        counts = np.array([form.patterns.counts[chosen == c].sum() for c in range(size)], dtype=np.float64) + 0.5
        above = counts[::-1].cumsum()[::-1][1:] / counts.sum()
        start += [1.0, *(logit(above) * np.sqrt(1 + WIDENING))]
    return np.array(start)
