"""What may be told of answers without names: shares in bands of ten percent with coded ends, for cells that were fixed beforehand.

A page shows the school and its years. Whoever adds and subtracts what stands there must not come closer to the few than the bands do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from kring.core.disclosure import Branch, suppressed_tree
from kring.core.errors import CallerMistake

__all__ = ["CellsTooClose", "Counted", "ShareBand", "ShownShares", "refuse_close_cells", "share_band", "shown_shares"]

STEP = 10  # percent; also the coded ends: at most 10, at least 90 (security 3.5)


@dataclass(eq=False, kw_only=True)
class CellsTooClose(CallerMistake):
    """Two cells that are shown differ by a few people: the one less the other tells about those."""

    one: str
    other: str
    people: int


@dataclass(frozen=True, slots=True)
class Counted:
    """`x` of `n` people gave a favourable answer."""

    x: int
    n: int


@dataclass(frozen=True, slots=True)
class ShareBand:
    """From `low` to `high` percent."""

    low: int
    high: int

    @property
    def is_low_end(self) -> bool:
        return self.low == 0

    @property
    def is_high_end(self) -> bool:
        return self.high == 100


@dataclass(frozen=True, slots=True)
class ShownShares:
    """The band of the whole and of each part; None is hidden."""

    whole: ShareBand | None
    parts: Mapping[str, ShareBand | None]


Bounds = tuple[int, int]


def share_band(found: Counted) -> ShareBand:
    """The band of ten percent in which the share lies; both ends are wide enough to hold one person more than nobody.

    >>> share_band(Counted(1, 10)), share_band(Counted(5, 20)), share_band(Counted(19, 20))
    (ShareBand(low=0, high=10), ShareBand(low=20, high=30), ShareBand(low=90, high=100))
    """
    if 100 * found.x <= STEP * found.n:
        return ShareBand(0, STEP)
    if 100 * (found.n - found.x) <= STEP * found.n:
        return ShareBand(100 - STEP, 100)
    low = STEP * (100 * found.x // (STEP * found.n))
    return ShareBand(low, low + STEP)


def shown_shares(parts: Mapping[str, Counted], *, k: int) -> ShownShares:
    """The whole and its parts as they may be shown: not below k people, and none of which more can be told than its band.

    First everything that is large enough; where adding and subtracting the bands would say more of an end than its band does, the whole
    alone. Source: methods A.6, security 3.5.
    """
    whole = Counted(sum(one.x for one in parts.values()), sum(one.n for one in parts.values()))
    tree = suppressed_tree(Branch("", whole.n, tuple(Branch(key, one.n) for key, one in parts.items())), k=k)
    visible = {each.path[-1] for each in tree.branches if each.n is not None and len(each.path) > 1}
    nothing: dict[str, ShareBand | None] = dict.fromkeys(parts)
    if tree.branches[0].n is None:
        return ShownShares(None, nothing)
    shown = {key: one for key, one in parts.items() if key in visible}
    if not _keeps_its_ends(whole, shown):
        return ShownShares(share_band(whole), nothing)
    return ShownShares(share_band(whole), nothing | {key: share_band(one) for key, one in shown.items()})


def _keeps_its_ends(whole: Counted, shown: Mapping[str, Counted]) -> bool:
    """Whether nothing follows for an end but what its band says; those that are hidden count as one."""
    known = [(one.n, _bounds(share_band(one), one.n)) for one in shown.values()]
    rest = whole.n - sum(n for n, _known in known)
    hidden = [(rest, (0, rest))] if rest else []
    parts, (low, high) = known + hidden, _bounds(share_band(whole), whole.n)
    lows, highs = sum(bounds[0] for _n, bounds in parts), sum(bounds[1] for _n, bounds in parts)
    told = [(n, (max(a, low - (highs - b)), min(b, high - (lows - a)))) for n, (a, b) in parts]
    return all(_says_no_more(n, bounds) for n, bounds in [*told, (whole.n, (max(low, lows), min(high, highs)))])


def _says_no_more(n: int, told: Bounds) -> bool:
    (_zero, few), (many, _all) = _bounds(ShareBand(0, STEP), n), _bounds(ShareBand(100 - STEP, 100), n)
    low, high = told
    return (high > few or told == (0, few)) and (low < many or told == (many, n))


def _bounds(band: ShareBand, n: int) -> Bounds:
    """The least and the most people with whom a share lies in this band."""
    found = [x for x in range(n + 1) if share_band(Counted(x, n)) == band]
    return (found[0], found[-1]) if found else (n + 1, -1)


def refuse_close_cells(cells: Mapping[str, Iterable[int]], *, k: int) -> None:
    """The last look: `cells` are the people of each cell that is shown. None has fewer than k, and no two differ by fewer than k.

    Raises CellsTooClose.

    >>> refuse_close_cells({"6A": range(24), "6": range(48)}, k=10)
    """
    members = {key: frozenset(people) for key, people in cells.items()}
    for key, people in members.items():
        if len(people) < k:
            raise CellsTooClose(one=key, other="", people=len(people))
    for (one, ours), (other, theirs) in combinations(members.items(), 2):
        apart = max(len(ours - theirs), len(theirs - ours)) if ours <= theirs or theirs <= ours else k
        if 0 < apart < k:
            raise CellsTooClose(one=one, other=other, people=apart)
