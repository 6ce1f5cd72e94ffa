"""Differential item functioning: does an item mean the same in two groups of pupils with the same total?

Two methods: ordinal logistic regression on the total (Swaminathan & Rogers 1990; Zumbo 1999), and Mantel's test (1963) with the
standardised mean difference (Dorans & Schmitt 1991). A flag asks people of the group concerned to read the item; it changes no score.
Non-uniform differences in a single item may go undetected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from kring.core.columns import MOST, Floats, UnequalColumns, table, total
from kring.core.errors import CallerMistake
from kring.core.multiple_tests import holm
from kring.core.proportional_odds import ProportionalOdds, null_log_likelihood, proportional_odds
from kring.core.provenance import Result, method

__all__ = [
    "Dif",
    "DifNotTested",
    "DifferentialItemFunctioning",
    "ItemDif",
    "MoreThanTwoGroups",
    "NoDif",
    "differential_item_functioning",
]

FEWEST_PER_GROUP = 200  # methods.md B.16
SIGNIFICANT = 0.01  # after Holm
MODERATE_FROM = 0.02  # ΔR² (Nagelkerke); methods.md B.16
LARGE_FROM = 0.035  # Jodoin & Gierl 2001
MOST_ROUNDS = 10
MOST_CATEGORIES = 20  # more kinds of answer are not the steps of an item
FEWEST_ITEMS = 3  # a total of fewer says hardly more than the item itself
SAME_TOTAL = 12  # decimals, as a share of the largest total, to which totals are equal: 1/3 + 2/3 in any order

Ints = NDArray[np.int64]


class Dif(IntEnum):
    """How much an item differs between the groups."""

    NONE = 0
    MODERATE = 1
    LARGE = 2


class DifNotTested(StrEnum):
    """Why nothing at all is said about these items."""

    TOO_FEW_PERSONS = "too few persons"
    TOO_FEW_ITEMS = "too few items"


class NoDif(StrEnum):
    """Why nothing is said about one item."""

    NO_VARIANCE = "no variance"  # of the item or of the total
    TOO_MANY_CATEGORIES = "too many categories"
    SEPARATION = "separation"  # no finite slope is the best one


@dataclass(eq=False, kw_only=True)
class MoreThanTwoGroups(CallerMistake):
    """The groups are given as 0 (reference) and 1 (focal), NaN for unknown; more groups are compared two by two."""

    value: float


@dataclass(frozen=True, slots=True)
class ItemDif:
    """What was found for column `item`; all numbers are None where `missing` says why, except Mantel's at a separation.

    `delta_r2` Nagelkerke's R² that group and group × total add; `p` for both together, `p_holm` over all items, `p_uniform` for group
    alone, `p_non_uniform` for what group × total adds. `log_likelihoods` of total; + group; + group × total. `mantel` χ² with 1 df,
    `mantel_p` (not corrected for many items), `smd` mean difference focal less reference at equal total, in points. `dif` is the verdict.
    """

    item: int
    dif: Dif | None
    missing: NoDif | None
    delta_r2: float | None = None
    p: float | None = None
    p_holm: float | None = None
    p_uniform: float | None = None
    p_non_uniform: float | None = None
    log_likelihoods: tuple[float, float, float] | None = None
    mantel: float | None = None
    mantel_p: float | None = None
    smd: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DifferentialItemFunctioning(Result):
    """One ItemDif per column, or none with `missing` saying why.

    n: persons; n_valid: those who answered every item and whose group is known, `n_reference` + `n_focal`. `flagged` columns have a verdict
    above NONE. `rounds` of purification; `stable` is False when the flags would still have moved the total. `difference` is the mean of
    the focal group less that of the reference, in points of one item; `difference_without` the same without the flagged items. None
    where nothing was tested, and when every item is flagged.
    """

    items: tuple[ItemDif, ...]
    missing: DifNotTested | None
    flagged: tuple[int, ...]
    rounds: int
    stable: bool
    difference: float | None
    difference_without: float | None
    n_reference: int
    n_focal: int
    n: int
    n_valid: int


@method("dif", 1, rows=("answers", "focal"))
def differential_item_functioning(answers: Floats, focal: ArrayLike, *, most_rounds: int = MOST_ROUNDS) -> DifferentialItemFunctioning:
    """Test every item for a difference between two groups at equal total; `most_rounds=0` tests once, without purification.

    answers float64[n, k] after reversal, NaN missing (such persons are left out); focal float64[n]: 1 focal, 0 reference, NaN unknown.
    Per item, proportional odds on z(total), + group, + group × total; ΔR² against the model without anything. Flagged only if p < .01
    (Holm over the items) and ΔR² ≥ .02, large from .035. Purification: the total leaves out what was flagged, but always holds the item
    under test (Holland & Thayer 1988). At least 200 persons per group and three items that vary. Source: Zumbo 1999; Mantel 1963.
    Raises NotAColumn, BeyondMeasure, UnequalColumns, MoreThanTwoGroups.

    >>> tested = differential_item_functioning(np.tile([[1.0, 2, 1], [2, 1, 2]], (100, 1)), np.repeat([0, 1], 100))
    >>> tested.missing, tested.items, tested.n_focal
    (<DifNotTested.TOO_FEW_PERSONS: 'too few persons'>, (), 100)
    """
    values, groups = _taken(answers, focal)
    usable = ~np.isnan(values).any(axis=1) & ~np.isnan(groups)
    used, is_focal = values[usable], groups[usable].astype(np.int64)
    sizes = (int(len(used) - is_focal.sum()), int(is_focal.sum()))
    missing = _hindrance(used, sizes)
    found, flagged, rounds, stable = _purified(used, is_focal, most_rounds) if missing is None else ((), (), 0, True)
    kept = [column for column in range(used.shape[1]) if column not in flagged]
    differences = (None, None) if missing else (_difference(used, is_focal), _difference(used[:, kept], is_focal))
    return DifferentialItemFunctioning(found, missing, flagged, rounds, stable, *differences, *sizes, len(values), len(used))


def _taken(answers: Floats, focal: ArrayLike) -> tuple[Floats, Floats]:
    values, groups = table(answers, "answers", axes=2), table(focal, "focal", axes=1)
    if len(values) != len(groups):
        raise UnequalColumns(lengths={"answers": len(values), "focal": len(groups)})
    for other in groups[~np.isin(groups, (0, 1)) & ~np.isnan(groups)]:
        raise MoreThanTwoGroups(value=float(other))
    return values, groups


def _hindrance(used: Floats, sizes: tuple[int, int]) -> DifNotTested | None:
    if min(sizes) < FEWEST_PER_GROUP:
        return DifNotTested.TOO_FEW_PERSONS
    varying = int((used.min(axis=0) < used.max(axis=0)).sum())
    return DifNotTested.TOO_FEW_ITEMS if varying < FEWEST_ITEMS else None


def _difference(used: Floats, focal: Ints) -> float | None:
    """Mean of the focal group less that of the reference, in points of one item."""
    reference, other = (total(used[focal == group].ravel()) / max(1, used[focal == group].size) for group in (0, 1))
    return other - reference if used.shape[1] else None


def _purified(used: Floats, focal: Ints, most_rounds: int) -> tuple[tuple[ItemDif, ...], tuple[int, ...], int, bool]:
    found, flagged = _round(used, focal, ())
    left_out: tuple[int, ...] = ()
    rounds = 0
    while flagged != left_out and rounds < most_rounds:
        left_out, rounds = flagged, rounds + 1
        found, flagged = _round(used, focal, left_out)
    return found, flagged, rounds, flagged == left_out


def _round(used: Floats, focal: Ints, left_out: Sequence[int]) -> tuple[tuple[ItemDif, ...], tuple[int, ...]]:
    kept = [column for column in range(used.shape[1]) if column not in left_out]
    tested = [_Tested.of(used, focal, item, _totals(used[:, sorted({*kept, item})])) for item in range(used.shape[1])]
    adjusted = holm(np.array([each.p for each in tested]))
    found = tuple(each.verdict(item, float(p)) for item, (each, p) in enumerate(zip(tested, adjusted)))
    return found, tuple(each.item for each in found if each.dif)


def _totals(items: Floats) -> Floats:
    """Totals as a share of the largest, so that what is equal but for rounding is equal."""
    sums = items.sum(axis=1)
    shares: Floats = np.round(sums / max(float(np.abs(sums).max()), 1 / MOST), SAME_TOTAL)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class _Tested:
    """One item in one round; `p` is NaN where the regression gave nothing."""

    missing: NoDif | None
    likelihoods: tuple[float, float, float] | None = None
    null: float = 0.0
    n: int = 0
    mantel: tuple[float | None, float | None] = (None, None)

    @classmethod
    def of(cls, used: Floats, focal: Ints, item: int, matching: Floats) -> "_Tested":
        """Count the persons by total, group and answer, and test on the counts."""
        totals, at = np.unique(matching, return_inverse=True)
        levels, answer = np.unique(used[:, item], return_inverse=True)
        if min(len(levels), len(totals)) < 2:
            return cls(NoDif.NO_VARIANCE)
        if len(levels) > MOST_CATEGORIES:
            return cls(NoDif.TOO_MANY_CATEGORIES)
        shape = (len(totals), 2, len(levels))
        cells = np.bincount((at * 2 + focal) * len(levels) + answer, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)
        total, uniform, both = _models(totals, cells)
        if total.separated or uniform.separated or both.separated:
            return cls(NoDif.SEPARATION, mantel=_mantel(cells, levels))
        likelihoods = (total.log_likelihood, uniform.log_likelihood, both.log_likelihood)
        return cls(None, likelihoods, null_log_likelihood(cells.sum(axis=(0, 1))[None]), len(used), _mantel(cells, levels))

    @property
    def p(self) -> float:
        """Chance of so large a difference when total alone decides, with 2 df."""
        return _p(self.likelihoods, 0, 2) if self.likelihoods else float("nan")

    def verdict(self, item: int, p_holm: float) -> ItemDif:
        """Write the test down, with Holm's p-value over all items."""
        chi2, smd = self.mantel
        mantel_p = None if chi2 is None else float(chdtrc(1, chi2))
        if self.likelihoods is None:
            return ItemDif(item, None, self.missing, mantel=chi2, mantel_p=mantel_p, smd=smd)
        smallest, _, largest = (_nagelkerke(value, self.null, self.n) for value in self.likelihoods)
        gain = largest - smallest
        size = Dif.LARGE if gain >= LARGE_FROM else Dif.MODERATE if gain >= MODERATE_FROM else Dif.NONE
        dif = size if p_holm < SIGNIFICANT else Dif.NONE
        p_uniform, p_non_uniform = _p(self.likelihoods, 0, 1), _p(self.likelihoods, 1, 2)
        return ItemDif(item, dif, None, gain, self.p, p_holm, p_uniform, p_non_uniform, self.likelihoods, chi2, mantel_p, smd)


def _p(likelihoods: tuple[float, float, float], smaller: int, larger: int) -> float:
    return float(chdtrc(larger - smaller, max(0.0, 2 * (likelihoods[larger] - likelihoods[smaller]))))


def _nagelkerke(log_likelihood: float, null: float, n: int) -> float:
    return float(np.expm1(2 * (null - log_likelihood) / n) / np.expm1(2 * null / n))


def _models(totals: Floats, cells: Floats) -> tuple[ProportionalOdds, ...]:
    n = cells.sum(axis=(1, 2))
    mean = (n * totals).sum() / n.sum()
    z = (totals - mean) / np.sqrt((n * (totals - mean) ** 2).sum() / (n.sum() - 1))
    group = np.tile([0.0, 1.0], len(totals))
    z = np.repeat(z, 2)
    x, counts = np.column_stack([z, group, group * z]), cells.reshape(-1, cells.shape[2])
    seen = counts.any(axis=1)
    return tuple(proportional_odds(x[seen, :columns], counts[seen]) for columns in (1, 2, 3))


def _mantel(cells: Floats, levels: Floats) -> tuple[float | None, float | None]:
    """Mantel's χ² without continuity correction and the standardised mean difference, over totals where both groups are."""
    n_group = cells.sum(axis=2)
    both = (n_group > 0).all(axis=1)
    if not both.any():
        return None, None
    cells, n_group = cells[both], n_group[both]
    reference, focal = n_group.T
    n, margin = reference + focal, cells.sum(axis=1)
    first, second = margin @ levels, margin @ levels**2
    excess = (cells[:, 1] @ levels - focal * first / n).sum()
    variance = (reference * focal * (n * second - first**2) / (n**2 * (n - 1))).sum()
    means = cells @ levels / n_group
    smd = (focal * (means[:, 1] - means[:, 0])).sum() / focal.sum()
    return (float(excess**2 / variance) if variance > 0 else None), float(smd)
