"""How far chance reaches for a share: of a group, of two groups, of the same pupils twice. Counts are whole numbers and stay so."""

from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt

from scipy.special import bdtr, bdtrc, betaincc, ndtri

from kring.core.errors import CallerMistake
from kring.core.intervals import ImpossibleCount, Interval
from kring.core.provenance import Result, method

__all__ = [
    "Chance",
    "NotAPercentage",
    "PairedShares",
    "Share",
    "ShareDifference",
    "chance_above",
    "chance_of_showing_more",
    "mcnemar",
    "newcombe",
    "wilson",
]


EXACT_UP_TO = 1000  # pupils that changed; beyond it whole numbers take seconds, and the difference is past the tenth digit


@dataclass(eq=False, kw_only=True)
class NotAPercentage(CallerMistake):
    """A percentage lies within 0 and 100."""

    percent: float


@dataclass(frozen=True, slots=True)
class Share(Result):
    """The share `value` = x/n, exact, with its interval; both None when nobody was counted."""

    value: Fraction | None
    interval: Interval | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class ShareDifference(Result):
    """The first share minus the second, exact, with its interval; both None when one of the two groups is empty. `n` persons together."""

    value: Fraction | None
    interval: Interval | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class PairedShares(Result):
    """The chance `p` of so uneven a change if leaving and entering were equally likely. `n` pupils seen twice, `n_valid` that changed."""

    p: float
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class Chance(Result):
    """A chance within 0 and 1, None when nobody was counted."""

    value: float | None
    n: int
    n_valid: int


@method("wilson", 1, data=("x", "n"))
def wilson(x: int, n: int, *, level: float = 0.95) -> Share:
    """The share x of n with Wilson's interval (1927), always within 0 and 1.

    c = (p + z²/2n)/(1 + z²/n), half-width z/(1 + z²/n)·√(p(1-p)/n + z²/4n²). Raises ImpossibleCount, NotAnInterval.

    >>> found = wilson(4, 24)
    >>> found.value, round(found.interval.low, 6), round(found.interval.high, 6)
    (Fraction(1, 6), 0.066787, 0.358531)
    """
    _needs_count(x, n)
    if n == 0:
        return Share(None, None, 0, 0)
    return Share(Fraction(x, n), wilson_interval(x, n, level), n, n)


def wilson_interval(x: int, n: int, level: float) -> Interval:
    """Wilson's interval for x of n ≥ 1."""
    p, z = x / n, float(ndtri((1 + level) / 2))
    shrink = 1 + z * z / n
    centre, half = (p + z * z / (2 * n)) / shrink, z / shrink * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(0.0 if x == 0 else centre - half, 1.0 if x == n else centre + half, level)


@method("newcombe", 1, data=("x1", "n1", "x2", "n2"))
def newcombe(x1: int, n1: int, x2: int, n2: int, *, level: float = 0.95) -> ShareDifference:
    """The difference of the shares of two groups of different pupils, x1/n1 - x2/n2.

    With Wilson's l and u: from d - √((p1-l1)² + (u2-p2)²) to d + √((u1-p1)² + (p2-l2)²). Source: Newcombe 1998, method 10. For the same
    pupils twice it is wrong: see mcnemar. Raises ImpossibleCount, NotAnInterval.

    >>> found = newcombe(7, 24, 3, 25)
    >>> round(float(found.value), 7), round(found.interval.low, 7), round(found.interval.high, 7)
    (0.1716667, -0.0575779, 0.3864689)
    """
    _needs_count(x1, n1)
    _needs_count(x2, n2)
    if n1 == 0 or n2 == 0:
        return ShareDifference(None, None, n1 + n2, 0)
    value = Fraction(x1, n1) - Fraction(x2, n2)
    one, other, p1, p2, d = wilson_interval(x1, n1, level), wilson_interval(x2, n2, level), x1 / n1, x2 / n2, float(value)
    low = d - sqrt((p1 - one.low) ** 2 + (other.high - p2) ** 2)
    high = d + sqrt((one.high - p1) ** 2 + (p2 - other.low) ** 2)
    return ShareDifference(value, Interval(low, high, level), n1 + n2, n1 + n2)


@method("mcnemar", 1, data=("left", "entered", "n"))
def mcnemar(left: int, entered: int, *, n: int) -> PairedShares:
    """The same n pupils twice: `left` were in the zone only the first time, `entered` only the second.

    Exact two-sided binomial(left, left + entered, ½); 1 when nobody changed. Source: McNemar 1947. Raises ImpossibleCount.

    >>> mcnemar(8, 2, n=24).p
    0.109375
    """
    for count in (left, entered, left + entered):
        _needs_count(count, n)
    changed = left + entered
    fewest = min(left, entered)
    if changed > EXACT_UP_TO:
        return PairedShares(min(1.0, 2 * float(bdtr(fewest, changed, 0.5))), n, changed)
    ways = sum(comb(changed, count) for count in range(fewest + 1))
    return PairedShares(float(min(Fraction(1), Fraction(2 * ways, 2**changed))), n, changed)


@method("share-above", 1, data=("x", "n"))
def chance_above(x: int, n: int, *, percent: float) -> Chance:
    """The chance that the true share behind x of n is above `percent`.

    One minus the distribution function of Beta(x + ½, n - x + ½) at percent/100: Jeffreys' prior (1946). For messages, not for judging an
    ambition. Raises ImpossibleCount, NotAPercentage.

    >>> round(chance_above(5, 24, percent=20).value, 6)
    0.560931
    """
    _needs_count(x, n)
    _needs_percentage(percent)
    return Chance(float(betaincc(x + 0.5, n - x + 0.5, percent / 100)) if n else None, n, n)


@method("share-showing-more", 1)
def chance_of_showing_more(n: int, *, share: float, percent: int) -> Chance:
    """The chance that a group of n shows more than `percent`, when its true share is `share` (0-1).

    P(X > percent·n/100) for X binomial(n, share), the limit compared in whole numbers. Raises ImpossibleCount, NotAPercentage.

    >>> round(chance_of_showing_more(24, share=0.15, percent=20).value, 4)
    0.2866
    """
    _needs_count(0, n)
    _needs_percentage(percent)
    _needs_percentage(100 * share)
    return Chance(float(bdtrc(percent * n // 100, n, share)) if n else None, n, n)


def _needs_count(x: int, n: int) -> None:
    if not 0 <= x <= n or x % 1 or n % 1:
        raise ImpossibleCount(count=x, of=n)


def _needs_percentage(percent: float) -> None:
    if not 0 <= percent <= 100:
        raise NotAPercentage(percent=percent)
