"""Does the list of whom to look at show pupils in time: who was seen before help began, who was not, and how long before (methods D.4).

What “was needed” is what people said of it. Help is partly begun because of what was seen, so this tells of the work of the school as well,
and never of one pupil.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from scipy.special import bdtr

from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method
from kring.core.rule_quality import LEAST, LEVEL, Fairness, Portion, fairness, portion

__all__ = ["FollowedPupil", "LeadTime", "ListQuality", "NegativeLeadTime", "lead_time", "list_quality"]

LOOKS_BACK: Final = timedelta(days=183)
"""What was seen longer before help began did not lead to it."""


@dataclass(eq=False, kw_only=True)
class NegativeLeadTime(CallerMistake):
    """Who was seen before help began waited no negative number of days."""

    days: int


@dataclass(frozen=True, slots=True)
class FollowedPupil:
    """One pupil in the period. shown_on: days on which something about the pupil was handed in, or the list put it on an agenda.

    helped_on: when help began, None for never. said: whether people found it right (True), found that nothing was needed (False), or
    neither (None). group: for who is compared with whom, None where it is not known.
    """

    shown_on: tuple[date, ...] = ()
    helped_on: date | None = None
    said: bool | None = None
    group: str | None = None

    @property
    def days_before(self) -> int | None:
        """From the first time within half a year up to the day on which help began; None for who was not seen before, or not helped."""
        if self.helped_on is None:
            return None
        before = [day for day in self.shown_on if timedelta(0) <= self.helped_on - day < LOOKS_BACK]
        return (self.helped_on - min(before)).days if before else None

    @property
    def was_shown(self) -> bool:
        """In time: before help began, or at all for who got none."""
        return bool(self.shown_on) if self.helped_on is None else self.days_before is not None

    @property
    def was_needed(self) -> bool | None:
        """Help is a yes, whatever else was said."""
        return True if self.helped_on is not None else self.said


@dataclass(frozen=True, slots=True)
class LeadTime(Result):
    """Days between seeing and helping. median, low and high (at least 95 %) are None below twenty. n: pupils; n_valid: the same."""

    median: float | None
    low: int | None
    high: int | None
    n: int
    n_valid: int


@method("lead-time", 1, rows=("days",))
def lead_time(days: Sequence[int]) -> LeadTime:
    """Median with its interval from order statistics: the days at places k and n + 1 - k, k = the 2.5 % quantile of Binomial(n, ½).

    Without any assumption about how the days are spread; it covers at least 95 %. Source: Conover 1999, section 3.2.
    Raises NegativeLeadTime.

    >>> found = lead_time(list(range(1, 26)))
    >>> found.median, found.low, found.high
    (13.0, 8, 18)
    """
    for one in days:
        if one < 0:
            raise NegativeLeadTime(days=one)
    n, ordered = len(days), sorted(days)
    if n < LEAST:
        return LeadTime(None, None, None, n, n)
    k = max(int(np.argmax(bdtr(np.arange(n + 1), n, 0.5) >= (1 - LEVEL) / 2)), 1)
    return LeadTime(float(np.median(ordered)), ordered[k - 1], ordered[n - k], n, n)


@dataclass(frozen=True, slots=True)
class ListQuality(Result):
    """found and missed: help that began with something seen before, and without; recall: found out of both, None below twenty.

    not_needed: shown, and people said that nothing was needed; lead: of who was found. n: pupils; n_valid: those whose help began.
    """

    found: int
    missed: int
    not_needed: int
    recall: Portion
    lead: LeadTime
    n: int
    n_valid: int


@method("list-quality", 1, rows=("pupils",))
def list_quality(pupils: Sequence[FollowedPupil]) -> ListQuality:
    """Of those whose help began, how many were seen before it. Interval: Wilson 1927.

    >>> from datetime import date
    >>> seen, helped = date(2026, 3, 2), date(2026, 3, 30)
    >>> found = list_quality([FollowedPupil((seen,), helped), FollowedPupil((), helped), FollowedPupil((seen,), said=False)])
    >>> found.found, found.missed, found.not_needed, found.recall.share
    (1, 1, 1, None)
    """
    helped = [one for one in pupils if one.helped_on is not None]
    days = [one.days_before for one in helped if one.days_before is not None]
    return ListQuality(
        found=len(days),
        missed=len(helped) - len(days),
        not_needed=sum(one.was_shown and one.was_needed is False for one in pupils),
        recall=portion(len(days), len(helped)),
        lead=lead_time(days),
        n=len(pupils),
        n_valid=len(helped),
    )


def list_fairness(pupils: Iterable[FollowedPupil]) -> Fairness:
    """Whether who needed it was shown as often in each group (core.rule_quality.fairness), by what people said."""
    rows = list(pupils)
    outcome = [np.nan if one.was_needed is None else float(one.was_needed) for one in rows]
    shown = np.array([one.was_shown for one in rows], dtype=np.bool_)
    return fairness(shown, np.array(outcome, dtype=np.float64), [one.group for one in rows])
