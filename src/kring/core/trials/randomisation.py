"""Why no p-value is shown for one pupil: a test on a randomly chosen start, and the smallest value that it could have had."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method
from kring.core.trials.series import NOTHING, Better, Floats, known, towards_better

__all__ = ["NotAStart", "RandomisationTest", "randomisation_test"]


@dataclass(eq=False, kw_only=True)
class NotAStart(CallerMistake):
    """The start is one of the allowed ones, which are different places in the series."""

    start: int
    allowed: tuple[int, ...]
    moments: int


@dataclass(frozen=True, slots=True)
class RandomisationTest(Result):
    """p: share of allowed starts whose difference is at least the one seen, None when its own phases are not both measured; smallest_p: one
    over the number of starts that take part, the least that p could have been.

    differences: mean during minus mean before, towards better, for each allowed start in their order. n: moments; n_valid: measurements.
    """

    p: float | None
    smallest_p: float | None
    differences: tuple[float | None, ...]
    n: int
    n_valid: int


@method("randomisation-test", 1, data=("values",))
def randomisation_test(values: Floats, *, start: int, allowed: Sequence[int], better: Better = Better.HIGHER) -> RandomisationTest:
    """Compare the start that was drawn by lot with the others that could have been drawn (Edgington 1975). Not for schools.

    `start`: the first place of the support, counted from 0. A start with an empty phase takes no part. Raises NotNumbers,
    NotAColumn, BeyondMeasure, NotAStart.

    >>> rise = np.array([3.0, 4, 3, 5, 4, 4, 5, 6, 6, 7, 7, 6, 8, 8])
    >>> found = randomisation_test(rise, start=6, allowed=range(4, 10))
    >>> round(found.p, 6), round(found.smallest_p, 6)
    (0.333333, 0.166667)
    """
    series = towards_better(values, better)
    if start not in allowed or len(set(allowed)) < len(allowed) or not all(0 < each < len(series) for each in allowed):
        raise NotAStart(start=start, allowed=tuple(allowed), moments=len(series))
    differences = tuple(_difference(known(series[:each]), known(series[each:])) for each in allowed)
    seen, others = differences[list(allowed).index(start)], [each for each in differences if each is not None]
    p = None if seen is None else sum(each >= seen - NOTHING * max(1.0, abs(seen)) for each in others) / len(others)
    return RandomisationTest(p, 1 / len(others) if others else None, differences, len(series), known(series).size)


def _difference(a: Floats, b: Floats) -> float | None:
    return float(np.mean(b) - np.mean(a)) if a.size and b.size else None
