"""What a calibration says about persons and how precisely: abilities, sum scores, information."""

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import Floats, table
from kring.core.errors import CallerMistake
from kring.core.irt.coding import Patterns, coded, patterns
from kring.core.irt.curves import NODES, WEIGHTS, Places
from kring.core.irt.designs import places_and_parameters
from kring.core.irt.items import Calibration, NothingCalibrated
from kring.core.irt.marginal import posteriors
from kring.core.provenance import Result, method

__all__ = [
    "Abilities",
    "AbilityUnknown",
    "Information",
    "NothingCalibrated",
    "SumScoreAbilities",
    "abilities",
    "item_information",
    "sum_score_abilities",
]


@dataclass(eq=False, kw_only=True)
class AbilityUnknown(CallerMistake):
    """Information is asked for at abilities that are known: none of them NaN."""

    unknown: int


@dataclass(frozen=True, slots=True, eq=False)
class Abilities(Result):
    """Ability of each person: `theta` float64[n] with its standard error `sd` float64[n] (posterior sd), on the scale of the calibration.

    NaN for a person without any answer. `reliability` is the empirical one, var(θ̂)/(var(θ̂) + mean sd²), None when all are equal.
    `n` persons, `n_valid` those with an answer.
    """

    theta: Floats
    sd: Floats
    reliability: float | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class SumScoreAbilities(Result):
    """Ability by sum score, for who has only the sum of a complete form.

    `scores` int64[s] every sum from the lowest to the highest; `theta`, `sd` float64[s] posterior mean and sd, `share` float64[s] the
    share of persons expected with that sum. NaN for a sum that no answers give. `n`, `n_valid`: items.
    """

    scores: NDArray[np.int64]
    theta: Floats
    sd: Floats
    share: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class Information(Result):
    """How precisely the items measure at each of the abilities `theta` float64[t].

    `items` float64[k, t] and their sum `test` float64[t]; 1/√test is the standard error of measurement there. `reliability` is the
    marginal one, the mean of I/(I + 1/sd²) over the population. `n`, `n_valid`: items.
    """

    theta: Floats
    items: Floats
    test: Floats
    reliability: float
    n: int
    n_valid: int


@method("abilities", 1, rows=("answers",))
def abilities(answers: Floats, calibration: Calibration) -> Abilities:
    """Ability of each person as the mean of the posterior distribution (EAP), with its sd.

    θ̂ = Σ_q θ_q w_q Π_j P_j(x_j | θ_q) / Σ_q w_q Π_j P_j(x_j | θ_q), items without an answer skipped. `answers` whole codes float64[n, k]
    in the columns of the calibration, NaN for missing. Source: Bock & Mislevy 1982. Raises NothingCalibrated, CodeNotWhole,
    CodeNotOffered, ItemWithoutColumn, NotNumbers, NotAColumn, BeyondMeasure.

    >>> from kring.core.irt import GradedItem, stored_items
    >>> item = GradedItem(column=0, codes=((0,), (1,)), slope=1.0, intercepts=(0.0,))
    >>> found = abilities(np.array([[1.0], [0.0], [np.nan]]), stored_items([item]))
    >>> found.theta.round(3).tolist(), found.sd.round(3).tolist()
    ([0.413, -0.413, nan], [0.911, 0.911, nan])
    """
    different = answer_patterns(answers, calibration)
    theta, sd = estimates(different, calibration)
    answered = (different.categories >= 0).any(axis=1)
    theta, sd = np.where(answered, theta, np.nan), np.where(answered, sd, np.nan)
    counts = different.counts[answered]
    reliability = empirical_reliability(theta[answered], sd[answered], counts)
    return Abilities(theta[different.of_person], sd[different.of_person], reliability, len(different.of_person), int(counts.sum()))


@method("sum-score-abilities", 1, data=("calibration",))
def sum_score_abilities(calibration: Calibration) -> SumScoreAbilities:
    """Ability for each sum score (EAP), by the recursion of Lord & Wingersky.

    The sum adds the answer codes, of a joined category its lowest; it is for persons who answered every item of the calibration.
    Source: Lord & Wingersky 1984; Thissen, Pommerich, Billeaud & Williams 1995. Raises NothingCalibrated.

    >>> from kring.core.irt import GradedItem, stored_items
    >>> item = GradedItem(column=0, codes=((0,), (1,)), slope=1.0, intercepts=(0.0,))
    >>> found = sum_score_abilities(stored_items([item, GradedItem(column=1, codes=((0,), (1,)), slope=1.0, intercepts=(0.0,))]))
    >>> found.scores.tolist(), (found.theta + 0.0005).round(2).tolist(), found.share.round(3).tolist()
    ([0, 1, 2], [-0.7, 0.0, 0.7], [0.293, 0.413, 0.293])
    """
    places, parameters = places_and_parameters(calibration)
    points = [np.array([group[0] for group in item.codes]) for item in calibration.items]
    given = sum_probabilities(places, np.exp(places.log_probabilities(parameters, NODES)), points)
    share = given @ WEIGHTS
    with np.errstate(invalid="ignore"):
        posterior = given * WEIGHTS / share[:, None]
    lowest = sum(int(each[0]) for each in points)
    k = len(calibration.items)
    mean, sd = summarised(posterior, calibration)
    return SumScoreAbilities(np.arange(lowest, lowest + len(share)), mean, sd, np.where(share > 0, share, np.nan), k, k)


@method("item-information", 1, data=("calibration",))
def item_information(calibration: Calibration, theta: Floats) -> Information:
    """Information of the items and of all together at these abilities.

    I_j(θ) = Σ_c (∂P_c/∂θ)²/P_c. Source: Samejima 1969; marginal reliability: Green, Bock, Humphreys, Linn & Reckase 1984. Raises
    NothingCalibrated, AbilityUnknown, NotNumbers, NotAColumn, BeyondMeasure.

    >>> from kring.core.irt import GradedItem, stored_items
    >>> item = GradedItem(column=0, codes=((0,), (1,)), slope=2.0, intercepts=(0.0,))
    >>> item_information(stored_items([item]), np.array([0.0, 1.0])).test.round(6).tolist()
    [1.0, 0.419974]
    """
    theta = table(theta, "theta", axes=1)
    if np.isnan(theta).any():
        raise AbilityUnknown(unknown=int(np.isnan(theta).sum()))
    places, parameters = places_and_parameters(calibration)
    items = informations(places, parameters, (theta - calibration.mean) / calibration.sd) / calibration.sd**2
    everywhere = informations(places, parameters, NODES).sum(axis=0)
    reliability = float(WEIGHTS @ (everywhere / (everywhere + 1)))
    return Information(theta, items, items.sum(axis=0), reliability, len(items), len(items))


def answer_patterns(answers: Floats, calibration: Calibration) -> Patterns:
    """The different rows of answers to the items of a calibration. Raises NothingCalibrated."""
    if not calibration.items:
        raise NothingCalibrated(reason=calibration.reason)
    return patterns(coded(answers, [item.column for item in calibration.items], [item.codes for item in calibration.items]))


def estimates(different: Patterns, calibration: Calibration) -> tuple[Floats, Floats]:
    """Posterior mean and sd of each pattern."""
    places, parameters = places_and_parameters(calibration)
    posterior, _ = posteriors(different.indicators(places.sizes), places.log_probabilities(parameters, NODES))
    return summarised(posterior, calibration)


def summarised(posterior: Floats, calibration: Calibration) -> tuple[Floats, Floats]:
    """Mean and sd of weights over the nodes float64[r, q], on the scale of the calibration."""
    mean = posterior @ NODES
    variance = (posterior * (NODES - mean[:, None]) ** 2).sum(axis=1)
    return calibration.mean + calibration.sd * mean, calibration.sd * np.sqrt(variance)


def empirical_reliability(theta: Floats, sd: Floats, counts: NDArray[np.int64]) -> float | None:
    """var(θ̂)/(var(θ̂) + mean sd²) over the persons; None when nobody differs."""
    n = int(counts.sum())
    if n < 2 or theta.min() == theta.max():
        return None
    mean = fsum((counts * theta).tolist()) / n
    variance = fsum((counts * (theta - mean) ** 2).tolist()) / (n - 1)
    return variance / (variance + fsum((counts * sd**2).tolist()) / n)


def sum_probabilities(places: Places, probabilities: Floats, points: list[NDArray[np.int64]]) -> Floats:
    """P(sum | node) float64[s, q], from the lowest to the highest sum; `points` are the points of each category."""
    given = np.ones((1, probabilities.shape[1]))
    for start, each in zip(places.starts, points):
        longer = np.zeros((len(given) + int(each[-1] - each[0]), given.shape[1]))
        for category, more in enumerate(each - each[0]):
            longer[more : more + len(given)] += given * probabilities[start + category]
        given = longer
    return given


def informations(places: Places, parameters: Floats, theta: Floats) -> Floats:
    """Σ_c P_c·(∂ ln P_c/∂θ)² of each item float64[k, q], over the unit scale."""
    slopes = places.slopes(parameters, theta)
    steep = parameters[places.slope_of, None] * (slopes.by_u + slopes.by_v)
    each = np.exp(places.log_probabilities(parameters, theta)) * steep**2
    total: Floats = np.add.reduceat(each, places.starts, axis=0)
    return total
