"""Parts of a whole: nothing small is shown or follows by subtraction."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kring.core.disclosure.lists import Branch, BranchTwice, PartsDoNotAddUp, SuppressedTree, suppressed_tree
from kring.core.disclosure.search import smallest
from kring.core.disclosure.tables import ThresholdTooLow
from kring.core.intervals import ImpossibleCount


def whole(*counts: int) -> Branch:
    return Branch("school", sum(counts), tuple(Branch(f"{number}", count) for number, count in enumerate(counts)))


def shown(tree: SuppressedTree) -> list[int | None]:
    return [each.n for each in tree.branches]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 22, 23), [65, 20, 22, 23]),
        ((4, 22, 23), [49, None, None, 23]),
        ((4, 5, 23), [32, None, None, None]),
        ((4, 7, 23), [34, None, None, 23]),
        ((4, 12, 12), [28, None, None, None]),
        ((2, 14, 14), [30, None, None, 14]),
        ((10, 10, 9), [29, None, None, None]),
        ((0, 12, 13), [25, None, None, 13]),
        ((4, 5), [None, None, None]),
        ((12,), [12, 12]),
        ((), [None]),
    ],
)
def test_parts_of_a_whole(counts: tuple[int, ...], expected: list[int | None]) -> None:
    assert shown(suppressed_tree(whole(*counts), k=10)) == expected


def test_what_is_hidden_hides_what_it_consists_of() -> None:
    years = (
        Branch("3", 8, (Branch("3a", 8),)),
        Branch("4", 30, (Branch("4a", 15), Branch("4b", 15))),
        Branch("5", 31, (Branch("5a", 25), Branch("5b", 6))),
    )
    found = suppressed_tree(Branch("school", 69, years), k=10)
    assert {each.path[-1]: each.n for each in found.branches} == {
        "school": 69, "3": None, "3a": None, "4": None, "4a": None, "4b": None, "5": 31, "5a": None, "5b": None,
    }  # fmt: skip
    assert (found.n, found.n_valid) == (69, 0)
    assert suppressed_tree(whole(20, 22, 4, 9), k=10).n_valid == 42


def test_the_order_of_parts_changes_nothing() -> None:
    one = Branch("school", 49, (Branch("a", 4), Branch("b", 22), Branch("c", 23)))
    other = Branch("school", 49, (Branch("c", 23), Branch("b", 22), Branch("a", 4)))
    assert suppressed_tree(one, k=10) == suppressed_tree(other, k=10)
    assert suppressed_tree(one, k=10).provenance == suppressed_tree(other, k=10).provenance


def test_what_does_not_add_up_is_refused() -> None:
    with pytest.raises(PartsDoNotAddUp) as caught:
        Branch("school", 10, (Branch("a", 4), Branch("b", 5)))
    assert caught.value.facts() == {"whole": "school", "n": 10, "parts": 9}
    with pytest.raises(BranchTwice):
        Branch("school", 8, (Branch("a", 4), Branch("a", 4)))
    with pytest.raises(ImpossibleCount):
        Branch("a", -1)
    with pytest.raises(ImpossibleCount):
        Branch("a", 10**30)
    with pytest.raises(ThresholdTooLow):
        suppressed_tree(whole(20), k=1)


def test_who_knows_the_rule_learns_no_small_number() -> None:
    """Every list of three and four parts, against all lists of which the rule shows the same."""
    k = 4
    for length, most in ((3, 13), (4, 10)):
        alike: dict[tuple[int, tuple[int | None, ...]], list[tuple[int, ...]]] = {}
        for counts in product(range(most + 1), repeat=length):
            if sum(counts) >= k:
                hidden = smallest(np.array(counts), k)
                alike.setdefault((sum(counts), tuple(None if gone else n for n, gone in zip(counts, hidden))), []).append(counts)
        for (total, seen), lists in alike.items():
            if total - sum(n or 0 for n in seen) <= most:  # else some of the lists were not made
                for at in (at for at, n in enumerate(seen) if n is None):
                    found = {counts[at] for counts in lists}
                    assert min(found) >= k or max(found) - min(found) >= k


trees = st.recursive(
    st.integers(0, 20).map(lambda n: Branch("", n)),
    lambda parts: st.lists(parts, min_size=1, max_size=4).map(
        lambda found: Branch("", sum(part.n for part in found), tuple(Branch(str(at), part.n, part.parts) for at, part in enumerate(found)))
    ),
    max_leaves=12,
)


def attack(tree: SuppressedTree, whole: Branch) -> list[tuple[int, float, float]]:
    """The true number of every hidden branch, with the least and the greatest that it can be."""
    at = {each.path: number for number, each in enumerate(tree.branches)}
    sums, true = [], {}

    def walk(branch: Branch, above: tuple[str, ...]) -> None:
        path = (*above, branch.key)
        true[path] = branch.n
        if branch.parts:
            line = np.zeros(len(at))
            line[at[path]] = -1
            for part in branch.parts:
                line[at[(*path, part.key)]] = 1
                walk(part, path)
            sums.append(line)

    walk(whole, ())
    known = [(each.n, each.n) if each.n is not None else (0, None) for each in tree.branches]
    ends = []
    for each in tree.branches:
        if each.n is None:
            goal = np.zeros(len(at))
            goal[at[each.path]] = 1
            equal = {"A_eq": np.array(sums), "b_eq": np.zeros(len(sums))} if sums else {}
            low, high = (linprog(way * goal, bounds=known, **equal) for way in (1, -1))
            ends.append((true[each.path], low.fun, np.inf if high.fun is None else -high.fun))
    return ends


@settings(max_examples=60)
@given(trees, st.integers(2, 10))
def test_no_small_number_is_shown_or_follows_from_the_rest(tree: Branch, k: int) -> None:
    found = suppressed_tree(tree, k=k)
    assert all(each.n is None or each.n >= k for each in found.branches)
    for n, low, high in attack(found, tree):
        assert n >= k or (high - low >= k - 1e-6 and high >= k - 1e-6)
