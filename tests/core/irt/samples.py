"""Generated answers for the tests of item response theory."""

import numpy as np

from kring.core.irt import GradedItem

SLOPES = np.linspace(0.9, 2.0, 12)
DIFFICULTIES = np.linspace(-1, 1, 12)[:, None] + np.array([-1.2, 0.0, 1.2])


def graded_answers(
    n: int, slopes: np.ndarray = SLOPES, difficulties: np.ndarray = DIFFICULTIES, *, mean: float = 0.0, sd: float = 1.0, seed: int = 1
) -> np.ndarray:
    """Answers 1, 2, … of n persons under the graded response model."""
    draw = np.random.Generator(np.random.PCG64(seed))
    theta, noise = mean + sd * draw.normal(size=(n, 1)), draw.logistic(size=(n, len(slopes)))
    above = [slopes * (theta - difficulties[:, c]) + noise > 0 for c in range(difficulties.shape[1])]
    answers: np.ndarray = 1.0 + np.sum(above, axis=0)
    return answers


def yes_no(n: int, k: int, *, seed: int = 1) -> np.ndarray:
    """Answers 0 and 1 under the Rasch model."""
    return graded_answers(n, np.ones(k), np.linspace(-1, 1, k)[:, None], seed=seed) - 1


def dichotomous_item(column: int, slope: float = 1.0, difficulty: float = 0.0) -> GradedItem:
    return GradedItem(column, ((0,), (1,)), slope, (-slope * difficulty,))
