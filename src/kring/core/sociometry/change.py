"""What changed between two rounds: whose choices stayed, which ties held, whether the groups are the same.

Only pupils on both lists count, and of choices only those of pupils who took part both times. Order of pupils: by id.
"""

from dataclasses import dataclass
from math import comb, fsum

import numpy as np
from numpy.typing import NDArray

from kring.core.provenance import Result, method
from kring.core.sociometry.communities import adjusted_rand, communities_of
from kring.core.sociometry.nominations import Nominations
from kring.core.sociometry.order import by_id
from kring.core.sociometry.rates import NOTHING, Bools, Floats, counted, mutual, shares

__all__ = ["RoundChange", "change_between"]

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class RoundChange(Result):
    """Two rounds compared. n: pupils on either list; n_valid: pupils on both who took part in both.

    entered, left: ids on the second list alone and on the first alone; pupils: ids on both, in the order of ids, as all arrays here.
    jaccard_of: choices made both times of those made once or twice, float[m]; jaccard_by_chance_of: what blind choosing of as many gives;
    both NaN for who took no part twice or chose nobody twice. jaccard: the same for all choices together; jaccard_by_chance: the
    expected common choices of all over the expected different ones. choices_kept: share of the first choices that was made again.
    hamming: choices made once; gcor: correlation of the two tables; rates_r: of the rates of choices received. mutual_before, _after,
    _kept: pairs, and the share kept. groups_ari: adjusted Rand index of the groups. None is "cannot be worked out".
    """

    n: int
    n_valid: int
    entered: tuple[str, ...]
    left: tuple[str, ...]
    pupils: tuple[str, ...]
    jaccard_of: Floats
    jaccard_by_chance_of: Floats
    jaccard: float | None
    jaccard_by_chance: float | None
    choices_kept: float | None
    hamming: int | None
    gcor: float | None
    rates_r: float | None
    mutual_before: int | None
    mutual_after: int | None
    mutual_kept: int | None
    mutual_kept_share: float | None
    groups_ari: float | None


@method("change-between-rounds", 1, data=("before", "after"))
def change_between(before: Nominations, after: Nominations, *, absent_could_choose: bool = False) -> RoundChange:
    """Compare the choices of two rounds of one class.

    Jaccard |S1 ∩ S2| / |S1 ∪ S2|, undefined when both are empty. By chance a pupil with k1 and k2 choices from the same m - 1 names has a
    hypergeometric number in common. Ties are mutual between pupils who took part twice. Costs some .04 s, for the groups of both rounds.
    `absent_could_choose` counts absent pupils as nominators who chose nobody, as R does with whole tables; pages leave it off.
    Sources: Jaccard 1912; Snijders e.a. 2010 (stability); Hubert & Arabie 1985; Butts & Carley 2005 (gcor).

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> before = nominations_from("ABC", [Edge(*pair) for pair in ("AB", "BA", "CA")], {})
    >>> after = nominations_from("ABCD", [Edge(*pair) for pair in ("AB", "AC", "BC", "CA", "DA")], {})
    >>> found = change_between(before, after)
    >>> found.jaccard, found.jaccard_of.tolist(), found.entered, found.mutual_kept
    (0.4, [0.5, 0.0, 1.0], ('D',), 0)
    """
    first, second = set(before.pupils), set(after.pupils)
    pupils = by_id(first & second)
    one, two = (_Round(nominations, pupils, absent_could_choose=absent_could_choose) for nominations in (before, after))
    twice = one.nominators & two.nominators
    both, either = one.positive & two.positive & twice[:, None], (one.positive | two.positive) & twice[:, None]
    ties = [mutual(each.positive & twice[:, None]) for each in (one, two)]
    was, stays = int(ties[0].sum()) // 2, int((ties[0] & ties[1]).sum()) // 2
    enough = int(twice.sum()) > 0 and len(pupils) > 1
    by_chance, in_common = _by_chance(one.given[twice], two.given[twice], len(pupils) - 1)
    return RoundChange(
        n=len(first | second),
        n_valid=int(twice.sum()),
        entered=by_id(second - first),
        left=by_id(first - second),
        pupils=pupils,
        jaccard_of=shares(both.sum(axis=1), np.where(twice, either.sum(axis=1), 0)),
        jaccard_by_chance_of=_spread(by_chance, twice),
        jaccard=_share(int(both.sum()), int(either.sum())),
        jaccard_by_chance=_share(in_common, float((one.given + two.given)[twice].sum()) - in_common),
        choices_kept=_share(int(both.sum()), int(one.given[twice].sum())),
        hamming=int((both ^ either).sum()) if enough else None,
        gcor=_table_correlation(one.positive, two.positive, twice),
        rates_r=correlation(one.rate, two.rate),
        mutual_before=was if enough else None,
        mutual_after=int(ties[1].sum()) // 2 if enough else None,
        mutual_kept=stays if enough else None,
        mutual_kept_share=_share(stays, was),
        groups_ari=_groups(one, two),
    )


class _Round:
    """One round as far as the pupils on both lists are concerned, in the order given."""

    def __init__(self, nominations: Nominations, pupils: tuple[str, ...], *, absent_could_choose: bool) -> None:
        place = {pupil: i for i, pupil in enumerate(nominations.pupils)}
        at = np.array([place[pupil] for pupil in pupils], dtype=np.intp)
        nominators = np.ones(len(place), dtype=np.bool_) if absent_could_choose else nominations.nominators
        self.positive: Bools = nominations.positive[np.ix_(at, at)]
        self.nominators: Bools = nominators[at]
        self.given = self.positive.sum(axis=1, dtype=np.int64)
        self.rate: Floats = counted(nominations.positive, nominators).rate[at]
        found = communities_of(nominations)
        self.group = None if found.modularity is None else found.member_of[at]


def jaccard_by_chance(before: int, after: int, names: int) -> float | None:
    """Give the expected Jaccard of one pupil who blindly chooses so many of so many names, twice; None when both are 0."""
    if before + after == 0:
        return None
    # In whole numbers, and without scipy.stats, which takes .3 s to load.
    ways = [(common, comb(before, common) * comb(names - before, after - common)) for common in range(min(before, after) + 1)]
    return fsum(count * common / (before + after - common) for common, count in ways) / comb(names, after)


def correlation(one: Floats, two: Floats) -> float | None:
    """Correlate what is known of both; None when either does not vary. Source: Pearson 1896."""
    known = ~np.isnan(one) & ~np.isnan(two)
    if not known.any():
        return None
    x, y = one[known] - one[known].mean(), two[known] - two[known].mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > NOTHING else None


def _by_chance(before: NDArray[np.int64], after: NDArray[np.int64], names: int) -> tuple[Floats, float]:
    """Give the chance level of each pupil, and how many choices all together would have in common."""
    known = [jaccard_by_chance(int(k1), int(k2), names) for k1, k2 in zip(before, after)]
    in_common = int(before @ after) / names if names > 0 else 0.0
    return np.array([np.nan if level is None else level for level in known], dtype=np.float64), in_common


def _table_correlation(one: Bools, two: Bools, rows: Bools) -> float | None:
    """Correlate who could have been chosen with whom was, over all cells but the diagonal."""
    cells = rows[:, None] & ~np.eye(len(rows), dtype=np.bool_)
    return correlation(one[cells].astype(np.float64), two[cells].astype(np.float64))


def _groups(one: _Round, two: _Round) -> float | None:
    if one.group is None or two.group is None or len(one.group) < 2:
        return None
    return float(adjusted_rand(one.group, two.group[None])[0])


def _spread(values: Floats, where: Bools) -> Floats:
    whole = np.full(len(where), np.nan)
    whole[where] = values
    return whole


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
