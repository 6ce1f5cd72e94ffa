"""Norm samples drawn from a model, for tests."""

import numpy as np


def growing(n: int, *, seed: int = 1, highest: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """Ages from 6 to 12 by halves, and beta-binomial scores that rise with them."""
    draw = np.random.default_rng(seed)
    ages = draw.integers(12, 25, n) / 2
    chance = draw.beta(np.exp(0.7 + 0.1 * (ages - 9)), np.exp(1.2 - 0.1 * (ages - 9)))
    return ages, draw.binomial(highest, chance).astype(float)
