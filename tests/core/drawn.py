"""Answers drawn from a model, for tests."""

import numpy as np


def one_factor(n: int, k: int, *, seed: int = 1, loading: float = 1.0) -> np.ndarray:
    """Answers 1-4 of n persons to k items that share one factor."""
    draw = np.random.default_rng(seed)
    raw = 2.5 + loading * draw.normal(size=(n, 1)) * 0.7 + draw.normal(size=(n, k)) * 0.6
    return np.clip(np.round(raw), 1, 4)
