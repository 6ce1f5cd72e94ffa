"""Several classes in one table, the smaller ones padded."""

from dataclasses import dataclass

import numpy as np

from kring.core.sociometry import Nominations
from kring.core.sociometry.rates import Bools


@dataclass(frozen=True)
class Tables:
    """Choices (classes, n, n) with who took part and where there is a pupil (classes, n)."""

    positive: Bools
    negative: Bools
    nominators: Bools
    listed: Bools


def padded(several: list[Nominations]) -> Tables:
    """Put classes in one table."""
    size, many = max(len(one.pupils) for one in several), len(several)
    made = Tables(*(np.zeros((many, *shape), dtype=bool) for shape in ((size, size), (size, size), (size,), (size,))))
    for k, one in enumerate(several):
        n = len(one.pupils)
        made.positive[k, :n, :n], made.nominators[k, :n], made.listed[k, :n] = one.positive, one.nominators, True
        if one.negative is not None:
            made.negative[k, :n, :n] = one.negative
    return made


def random_choices(classes: int, n: int, each: int, *, seed: int) -> Bools:
    """Blind choosing: every pupil chooses `each` classmates, all equally likely."""
    order = np.argsort(np.random.Generator(np.random.PCG64(seed)).random((classes, n, n)) + 2 * np.eye(n), axis=-1)[..., :each]
    choices = np.zeros((classes, n, n), dtype=bool)
    np.put_along_axis(choices, order, np.bool_(1), axis=-1)
    return choices
