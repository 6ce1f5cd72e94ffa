"""One scale for a whole school: every class, every year and the school side by side. By name, never by rank.

A pupil of a combination class counts once in the class and once in the own year. Classes that stand side by side are for their teachers
and those who coordinate care; whether they may be compared at all is said by the reliability of class means.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kring.core.bands import Band
from kring.core.columns import table
from kring.core.disclosure.grid import Place
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
    """Why nothing is said about a group.

    GIVES_AWAY: it would let the mean of a few be worked out, or all its scores are equal and the mean would tell each of them. Which of
    the two is not said, for that would tell it after all.
    """

    TOO_FEW = "too_few"
    TOO_LITTLE_RESPONSE = "too_little_response"
    GIVES_AWAY = "gives_away"


@dataclass(frozen=True, slots=True)
class Summary:
    """A class, a year or the school: `n` of `n_pupils` have a score, `response` is that share, exact (None without pupils).

    `mean`, `sd` and the 95 % `interval` in points of the scale; None, and no colour, when `withheld` says why. `certain`: the whole
    interval has the colour. `counts` pupils per colour, those without included.

    `counts` and `sd` are only there where k is 1 (the own team): n, mean and standard deviation together often give the very scores. For
    the same reason outsiders get an `interval` only where it is worked out from the means of whole classes that are all shown.
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
    for the own team). With a k of 2 or more nothing is said where all scores are equal, and other classes or years are withheld too where
    the mean of fewer than k pupils, or of pupils who are all equal, could be worked out by subtraction (shown-totals). How many pupils
    have a score is always told. Outsiders may not lay beside it: another splitting of the same pupils, a mean of class means, an older
    version of the page, how many pupils have which colour. Means near the end of the scale tell about everybody in them. Source: methods
    A.5 and A.6. Raises RowsOfOthers, NotNumbers, NotAColumn, BeyondMeasure, TableTooLarge.

    >>> values, band = np.array([3.0, 2.0, 4.0, 3.0, 3.5, np.nan]), np.array([2, 0, 2, 2, 2, -1], dtype=np.int8)
    >>> found = averages(values, band, ["3/4"] * 3 + ["4"] * 3, [3, 4, 4, 4, 4, 4], direction=1, group_cuts=(2.75, 3.0),
    ...     school_cuts=(2.75, 3.0), k=1)
    >>> [(each.name, each.n, each.n_pupils, each.mean) for each in (*found.groups, *found.year_levels, found.school)]
    [('3/4', 3, 3, 3.0), ('4', 2, 3, 3.25), ('3', 1, 1, 3.0), ('4', 4, 5, 3.125), ('', 5, 6, 3.1)]
    """
    values, band = table(values, "values", axes=1), np.asarray(band)
    lengths = (len(values), band.size, len(groups), len(year_levels))
    if len(set(lengths)) > 1:
        raise RowsOfOthers(**dict(zip(("values", "band", "groups", "year_levels"), lengths)))
    by_group, by_year, everybody = _rows_by(groups), _rows_by(year_levels), list(range(len(values)))
    open_to = _open_to(values, by_group, by_year, k)

    def summary(name: str, rows: list[int], cuts: Cutoffs, *, shown: bool) -> Summary:
        said = _summary(name, values[rows], band[rows], [groups[row] for row in rows], direction, cuts, k, shown)
        return said if k < 2 else replace(said, sd=None, interval=said.interval if open_to.interval_of(rows) else None)

    return Averages(
        tuple(summary(name, by_group[name], group_cuts, shown=name in open_to.groups) for name in sorted(by_group, key=in_natural_order)),
        tuple(summary(str(year), by_year[year], group_cuts, shown=year in open_to.years) for year in sorted(by_year)),
        summary("", everybody, school_cuts, shown=open_to.school),
        len(values),
        int(np.count_nonzero(~np.isnan(values))),
    )


def _rows_by(names: Sequence[Name]) -> dict[Name, list[int]]:
    rows: dict[Name, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    return rows


@dataclass(frozen=True, slots=True)
class _OpenTo:
    """What the reader may see: `groups`, `years` and the `school`; `whole` are the rows of each class whose mean may be known."""

    groups: Collection[str]
    years: Collection[int]
    school: bool
    whole: tuple[frozenset[int], ...]

    def interval_of(self, rows: list[int]) -> bool:
        """Whether an interval from classes tells nothing new: these pupils are several whole classes that may be known."""
        inside = [each for each in self.whole if each <= set(rows)]
        return len(inside) > 1 and sum(map(len, inside)) == len(rows)


def _open_to(values: Floats, by_group: dict[str, list[int]], by_year: dict[int, list[int]], k: int) -> _OpenTo:
    if k < 2 or not by_group:
        return _OpenTo(by_group, by_year, school=True, whole=())
    years = {str(year): set(rows) for year, rows in by_year.items()}
    cells = {
        (name, year): values[[row for row in rows if row in members]] for name, rows in by_group.items() for year, members in years.items()
    }
    scored = {place: found[~np.isnan(found)] for place, found in cells.items()}
    counts = np.array([[len(scored[name, year]) for year in years] for name in by_group], dtype=np.int64)
    found = shown_totals(list(by_group), list(years), counts, k=k, secret=_all_equal(scored))
    whole = tuple(frozenset(by_group[name]) for name in by_group if name in found.rows)
    return _OpenTo(found.rows, [year for year in by_year if str(year) in found.columns], found.all, whole)


def _all_equal(scored: Mapping[tuple[str, str], Floats]) -> list[Place]:
    """The classes, years, parts of classes and perhaps the school in which everybody with a score has the same."""
    together: dict[Place, list[Floats]] = {}
    for (name, year), found in scored.items():
        for place in ((name, year), (name, None), (None, year), (None, None)):
            together.setdefault(place, []).append(found)
    return [place for place, parts in together.items() if len(np.unique(np.concatenate(parts))) == 1]


def in_natural_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key by which 10a comes after 9a."""
    parts = [part for part in DIGITS.split(name.casefold()) if part]
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts], name


def _summary(name: str, values: Floats, band: Codes, groups: list[str], direction: int, cuts: Cutoffs, k: int, shown: bool) -> Summary:
    found = interval_of_a_school(values, groups, LEVEL) if len(set(groups)) > 1 else interval_of_a_group(values, LEVEL)
    response = Fraction(found.n_valid, found.n) if found.n else None
    counts = tuple((colour, int(np.count_nonzero(band == colour))) for colour in Band) if k == 1 else None
    withheld = _withheld(found.n_valid, found.n, k) or (None if shown else Withheld.GIVES_AWAY)
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
