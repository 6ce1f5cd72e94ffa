"""Answers that leave the school to become norms: nobody may be found in them again.

Age by half years, no cell of grade × gender × age with fewer than ten persons, no school but a random number per cluster.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.columns import Floats, NotAColumn, columns, same_length
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = ["AnonymousNormFile", "anonymous_norm_file"]

LEAST_CELL = 10  # persons (methods.md B.18)
LEFT_OUT = -1
MOST_SEED = 2**128  # of chance


@dataclass(frozen=True, slots=True, eq=False)
class AnonymousNormFile(Result):
    """Which of n persons may go into the file, and the two columns that replace age and school.

    `kept` bool[n]; `half_year` float64[n], the age rounded down to half years, NaN where left out; `cluster` int64[n] from 0, -1 where left
    out. `unknown` persons were left out for want of a grade, gender, age or school, `in_small_cells` because too few are like them.
    n: persons; n_valid: those kept; `cells` that remain.
    """

    kept: NDArray[np.bool_]
    half_year: Floats
    cluster: NDArray[np.int64]
    cells: int
    unknown: int
    in_small_cells: int
    n: int
    n_valid: int


@method("anonymous-norm-file", 1, rows=("grades", "genders", "ages", "schools"))
def anonymous_norm_file(
    grades: Sequence[int | str | None],
    genders: Sequence[str | None],
    ages: ArrayLike,
    schools: Sequence[int | str | None],
    *,
    seed: int,
) -> AnonymousNormFile:
    """Prepare persons for a norm file: half-year ages, cells of at least ten, random cluster numbers.

    ages float64[n] in years; None, NaN or "" is unknown. The cluster numbers are a permutation drawn with `seed`, which must be drawn by
    chance and forgotten: who knows it can count back to the schools. Raises UnequalColumns, NumberOutsideBounds (a seed below 0),
    NotNumbers, NotAColumn, BeyondMeasure.

    >>> found = anonymous_norm_file([3] * 12 + [4], ["v"] * 13, [6.7] * 13, ["a", "b"] * 6 + ["a"], seed=1)
    >>> found.n_valid, found.in_small_cells, float(found.half_year[0]), sorted(set(found.cluster.tolist()))
    (12, 1, 6.5, [-1, 0, 1])
    """
    if not (0 <= seed <= MOST_SEED and seed % 1 == 0):
        raise NumberOutsideBounds(of="norm file", field="seed", value=seed, low=0, high=MOST_SEED)
    (years,) = columns(ages=ages)
    for name, given in {"grades": grades, "genders": genders, "schools": schools}.items():
        shape = np.asarray(given, dtype=object).shape
        if len(shape) != 1:
            raise NotAColumn(name=name, shape=shape)
    same_length(grades=grades, genders=genders, ages=years, schools=schools)
    half_years = np.floor(2 * years) / 2
    rows = list(zip(grades, genders, half_years.tolist(), schools))
    known = np.array([not any(map(_unknown, row)) for row in rows], dtype=np.bool_)
    kept = known & _in_large_cells([row[:3] for row in rows], known)
    cluster = _numbered(schools, kept, seed)
    cells = len({row[:3] for row, keep in zip(rows, kept) if keep})
    half_years[~kept] = np.nan
    small = int(known.sum() - kept.sum())
    return AnonymousNormFile(kept, half_years, cluster, cells, int((~known).sum()), small, len(rows), int(kept.sum()))


def _unknown(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and isnan(value))


def _in_large_cells(cells: Sequence[object], known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    sizes: dict[object, int] = {}
    for cell, counts in zip(cells, known):
        sizes[cell] = sizes.get(cell, 0) + int(counts)
    return np.array([sizes[cell] >= LEAST_CELL for cell in cells], dtype=np.bool_)


def _numbered(schools: Sequence[int | str | None], kept: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    names = sorted({str(school) for school, keep in zip(schools, kept) if keep})
    numbers = np.random.Generator(np.random.PCG64(int(seed))).permutation(len(names)).tolist()
    number = dict(zip(names, numbers))
    return np.array([number[str(school)] if keep else LEFT_OUT for school, keep in zip(schools, kept)], dtype=np.int64)
