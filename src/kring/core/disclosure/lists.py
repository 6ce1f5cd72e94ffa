"""Numbers of people that add up to a total, and those to another: a school, its years, their classes. Hide so that no subtraction helps."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kring.core.disclosure.grid import MOST_PEOPLE, ThresholdTooLow
from kring.core.disclosure.search import smallest
from kring.core.errors import CallerMistake
from kring.core.intervals import ImpossibleCount
from kring.core.provenance import Result, method, written

__all__ = ["Branch", "BranchTwice", "PartsDoNotAddUp", "ShownBranch", "SuppressedTree", "suppressed_tree"]


@dataclass(eq=False, kw_only=True)
class PartsDoNotAddUp(CallerMistake):
    """The parts of a whole together are the whole; somebody who is in none of them needs a part of their own."""

    whole: str
    n: int
    parts: int


@dataclass(eq=False, kw_only=True)
class BranchTwice(CallerMistake):
    """Two parts of one whole have the same name."""

    whole: str
    part: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A number of people by name, with the parts that it is the sum of."""

    key: str
    n: int
    parts: tuple["Branch", ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.n <= MOST_PEOPLE:
            raise ImpossibleCount(count=self.n, of=MOST_PEOPLE)
        names = [part.key for part in self.parts]
        for name in names:
            if names.count(name) > 1:
                raise BranchTwice(whole=self.key, part=name)
        together = sum(part.n for part in self.parts)
        if self.parts and together != self.n:
            raise PartsDoNotAddUp(whole=self.key, n=self.n, parts=together)

    def fingerprint(self) -> bytes:
        """Its written form for provenance; the order of the parts means nothing."""
        return written(self.key) + written(self.n) + b"".join(sorted(map(written, self.parts)))


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """One number by its path from the whole; None is hidden."""

    path: tuple[str, ...]
    n: int | None


@dataclass(frozen=True, slots=True)
class SuppressedTree(Result):
    """A whole and its parts as they may be published, each whole before its parts, parts by name.

    `n` people in the whole, `n_valid` in the smallest parts that are shown.
    """

    branches: tuple[ShownBranch, ...]
    n: int
    n_valid: int


@method("suppressed-tree", 1, data=("whole",))
def suppressed_tree(whole: Branch, *, k: int) -> SuppressedTree:
    """A total with its parts in which no number below k is shown or follows from the rest.

    Parts below k are hidden, one of 0 as well. If just one is hidden, or the hidden ones together are fewer than k, the smallest part that
    is left is hidden too (ties: the first name), and so on. What is hidden hides all that it consists of. Each hidden part then
    could be anything from 0 to a sum of at least k, as far as the numbers tell; where knowing this rule would narrow one of the few
    that are too small to fewer than k possibilities, all parts of that whole are hidden. Numbers that overlap in another way (years by
    gender) are a table: see suppressed-table; two lists of the same people side by side undo each other. Source: methods A.6. Raises
    ThresholdTooLow.

    >>> found = suppressed_tree(Branch("school", 61, (Branch("3", 4), Branch("4", 12), Branch("5", 22), Branch("6", 23))), k=10)
    >>> [each.n for each in found.branches]
    [61, None, None, 22, 23]
    """
    if k < 2:
        raise ThresholdTooLow(k=k)
    shown = tuple(_shown(whole, (), hidden=whole.n < k, k=k))
    wholes = {each.path[:-1] for each in shown}
    return SuppressedTree(shown, whole.n, sum(each.n or 0 for each in shown if each.path not in wholes))


def _shown(branch: Branch, above: tuple[str, ...], *, hidden: bool, k: int) -> Iterator[ShownBranch]:
    path = (*above, branch.key)
    yield ShownBranch(path, None if hidden else branch.n)
    parts = sorted(branch.parts, key=lambda part: part.key)
    with_it = [True] * len(parts) if hidden else smallest(np.array([part.n for part in parts], dtype=np.int64), k).tolist()
    for part, also in zip(parts, with_it):
        yield from _shown(part, path, hidden=also, k=k)
