"""One scale for a whole school: every class, every year and the school side by side. By name, never by rank.

A pupil of a combination class counts once in the class and once in the own year. Classes that stand side by side are for their teachers
and those who coordinate care; whether they may be compared at all is said by the reliability of class means.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kring.core.bands import Band
from kring.core.disclosure.totals import shown_totals
from kring.core.errors import CallerMistake
from kring.core.groups import coloured_mean, enough_response
from kring.core.intervals import Interval, interval_of_a_group, interval_of_a_school
from kring.core.provenance import Result, method

__all__ = ["Averages", "RowsOfOthers", "Summary", "Withheld", "averages"]

LEVEL = 0.95  # of the intervals that are drawn (methods B.11)
DIGITS = re.compile(r"(\d+)")

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Cutoffs = tuple[float, float] | None
Name = TypeVar("Name", str, int)


@dataclass(eq=False, kw_only=True)
class RowsOfOthers(CallerMistake):
    """There must be one score, colour, class and year per pupil."""

    values: int
    band: int
    groups: int
    year_levels: int


class Withheld(StrEnum):
    """Why nothing is said about a group."""

    TOO_FEW = "too_few"
    TOO_LITTLE_RESPONSE = "too_little_response"
    PROTECTS_OTHERS = "protects_others"


@dataclass(frozen=True, slots=True)
class Summary:
    """A class, a year or the school: `n` of `n_pupils` have a score, `response` is that share, exact (None without pupils).

    `mean`, `sd` and the 95 % `interval` in points of the scale; None, and no colour, when `withheld` says why. `certain`: the whole
    interval has the colour. `counts` pupils per colour, those without included, only where k is 1 (the own team): elsewhere such counts go
    through suppressed-table.
    """

    name: str
    n: int
    n_pupils: int
    response: Fraction | None
    mean: float | None
    sd: float | None
    interval: Interval | None
    band: Band
    certain: bool
    counts: tuple[tuple[Band, int], ...] | None
    withheld: Withheld | None


@dataclass(frozen=True, slots=True)
class Averages(Result):
    """Classes by name, years from low to high, and the school. `n` pupils, `n_valid` with a score."""

    groups: tuple[Summary, ...]
    year_levels: tuple[Summary, ...]
    school: Summary
    n: int
    n_valid: int


@method("averages", 1, rows=("values", "band", "groups", "year_levels"))
def averages(
    values: Floats,
    band: Codes,
    groups: Sequence[str],
    year_levels: Sequence[int],
    *,
    direction: int,
    group_cuts: Cutoffs,
    school_cuts: Cutoffs,
    k: int,
) -> Averages:
    """Scores float64[n] (NaN is none) and colours int8[n] of the pupils of a school on one scale, summed up by class, year and school.

    The interval of a class is that of a group like it; of a year or school of two classes or more that of a school like it, by classes.
    Cut-offs as `favourable_cuts` gives them, those for groups hold for years too. Nothing is said below 60 % response or below k scores (1
    for the own team). With a k of 2 or more, other classes or years are withheld too where the mean of fewer than k pupils could be
    worked out by subtraction (shown-totals). Source: methods A.5 and A.6. Raises RowsOfOthers, NotAList, InfiniteValue.

    >>> values, band = np.array([3.0, 2.0, 4.0, 3.0, 3.5, np.nan]), np.array([2, 0, 2, 2, 2, -1], dtype=np.int8)
    >>> found = averages(values, band, ["3/4"] * 3 + ["4"] * 3, [3, 4, 4, 4, 4, 4], direction=1, group_cuts=(2.75, 3.0),
    ...     school_cuts=(2.75, 3.0), k=1)
    >>> [(each.name, each.n, each.n_pupils, each.mean) for each in (*found.groups, *found.year_levels, found.school)]
    [('3/4', 3, 3, 3.0), ('4', 2, 3, 3.25), ('3', 1, 1, 3.0), ('4', 4, 5, 3.125), ('', 5, 6, 3.1)]
    """
    lengths = (len(values), len(band), len(groups), len(year_levels))
    if len(set(lengths)) > 1:
        raise RowsOfOthers(**dict(zip(("values", "band", "groups", "year_levels"), lengths)))

    def summary(name: str, rows: list[int], cuts: Cutoffs, *, shown: bool = True) -> Summary:
        withheld = None if shown else Withheld.PROTECTS_OTHERS
        return _summary(name, values[rows], band[rows], [groups[row] for row in rows], direction, cuts, k, withheld)

    by_group, by_year = _rows_by(groups), _rows_by(year_levels)
    shown_groups, shown_years = _shown(~np.isnan(values), by_group, by_year, k)
    return Averages(
        tuple(summary(name, by_group[name], group_cuts, shown=name in shown_groups) for name in sorted(by_group, key=in_natural_order)),
        tuple(summary(str(year), by_year[year], group_cuts, shown=year in shown_years) for year in sorted(by_year)),
        summary("", list(range(len(values))), school_cuts),
        len(values),
        int(np.count_nonzero(~np.isnan(values))),
    )


def _rows_by(names: Sequence[Name]) -> dict[Name, list[int]]:
    rows: dict[Name, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    return rows


def _shown(
    scored: NDArray[np.bool_], by_group: dict[str, list[int]], by_year: dict[int, list[int]], k: int
) -> tuple[Collection[str], Collection[int]]:
    """The classes and years whose mean does not help to work out that of fewer than k pupils."""
    if k < 2 or not by_group:
        return by_group, by_year
    years = {year: set(rows) for year, rows in by_year.items()}
    counts = [[sum(bool(scored[row]) for row in rows if row in members) for members in years.values()] for rows in by_group.values()]
    found = shown_totals(list(by_group), [str(year) for year in years], np.array(counts, dtype=np.int64), k=k)
    return found.rows, [year for year in years if str(year) in found.columns]


def in_natural_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key by which 10a comes after 9a."""
    parts = [part for part in DIGITS.split(name.casefold()) if part]
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts], name


def _summary(
    name: str, values: Floats, band: Codes, groups: list[str], direction: int, cuts: Cutoffs, k: int, withheld: Withheld | None
) -> Summary:
    found = interval_of_a_school(values, groups, LEVEL) if len(set(groups)) > 1 else interval_of_a_group(values, LEVEL)
    response = Fraction(found.n_valid, found.n) if found.n else None
    counts = tuple((colour, int(np.count_nonzero(band == colour))) for colour in Band) if k == 1 else None
    withheld = _withheld(found.n_valid, found.n, k) or withheld
    if withheld:
        return Summary(
            name, found.n_valid, found.n, response, None, None, None, Band.NO_SCORE, certain=False, counts=counts, withheld=withheld
        )
    colour, certain = coloured_mean(found, cuts, direction=direction)
    return Summary(name, found.n_valid, found.n, response, found.mean, found.sd, found.interval, colour, certain, counts, None)


def _withheld(n: int, n_pupils: int, k: int) -> Withheld | None:
    if n < max(k, 1):
        return Withheld.TOO_FEW
    return None if enough_response(n, n_pupils) else Withheld.TOO_LITTLE_RESPONSE
