"""A number over the years: moments are joined only where the same was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from kring.core.errors import CallerMistake
from kring.core.instruments import Informant
from kring.core.provenance import Result, method

__all__ = ["Line", "Moment", "MomentTwice", "YearTrend", "year_trend"]


@dataclass(eq=False, kw_only=True)
class MomentTwice(CallerMistake):
    """One scale of one informant has one number on one day."""

    scale: str
    on: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A scale with the `items` that it counted on a day; `value` is None where too little is known. `n` people gave it."""

    informant: Informant
    scale: str
    items: frozenset[str]
    on: date
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """Moments that may be joined, from the first day to the last. A moment without a value stays in it, as a gap."""

    informant: Informant
    scale: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class YearTrend(Result):
    """Lines by informant, scale and first day. `n` moments, `n_valid` with a value."""

    lines: tuple[Line, ...]
    n: int
    n_valid: int


@method("year-trend", 1, rows=("moments",))
def year_trend(moments: Sequence[Moment]) -> YearTrend:
    """Join the moments of one informant and one scale, in order of their days, as long as the items stay the same.

    A changed set of items starts a new line, and so does going back to the old one: what is in between cannot be compared (methods A.5).
    Raises MomentTwice.

    >>> from datetime import date
    >>> from kring.core.instruments import Informant
    >>> old, new = frozenset({"q1", "q2"}), frozenset({"q1", "q3"})
    >>> asked = [(old, 2023, 3.1), (old, 2024, 3.2), (new, 2025, 2.9)]
    >>> found = year_trend([Moment(Informant.PUPIL, "rust", items, date(year, 11, 1), value, 80) for items, year, value in asked])
    >>> [[moment.value for moment in line.moments] for line in found.lines]
    [[3.1, 3.2], [2.9]]
    """
    ordered = sorted(moments, key=lambda each: (each.informant, each.scale, each.on))
    for one, next_one in pairwise(ordered):
        if (one.informant, one.scale, one.on) == (next_one.informant, next_one.scale, next_one.on):
            raise MomentTwice(scale=one.scale, on=one.on)
    joined = groupby(ordered, key=lambda each: (each.informant, each.scale, each.items))
    lines = tuple(Line(informant, scale, tuple(same)) for (informant, scale, _), same in joined)
    return YearTrend(lines, len(moments), sum(each.value is not None for each in moments))
