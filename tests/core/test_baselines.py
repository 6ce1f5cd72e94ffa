"""The first filling of a team list stays, and later ones are counted beside it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import Missing
from kring.core.baselines import BaselineLocked, CountsShown, Filling, becomes_baseline, compared, refuse_baseline, refuse_shown
from kring.core.disclosure import K_STAFF
from kring.core.instruments import AnswerKind, Item, Option

ITEM = Item("k1", "Wij kiezen bewust.", (Option(1, "–"), Option(2, "±"), Option(3, "+")))
OPEN = Item("o1", "Wat gaat goed?", (), AnswerKind.TEXT)


def filling(*codes: int | Missing | None, version: int = 1) -> Filling:
    return Filling(version, [{} if code is None else {"k1": code} for code in codes])


def test_the_first_that_may_be_shown_is_the_baseline() -> None:
    assert becomes_baseline(lists=K_STAFF, has_baseline=False)
    assert not becomes_baseline(lists=K_STAFF - 1, has_baseline=False)
    assert not becomes_baseline(lists=9, has_baseline=True)


def test_a_baseline_is_locked() -> None:
    refuse_baseline(is_baseline=False)
    with pytest.raises(BaselineLocked):
        refuse_baseline(is_baseline=True)


def test_counts_stand_beside_each_other_and_what_was_not_answered_is_no_answer() -> None:
    [one] = compared([ITEM, OPEN], filling(1, 1, 2, 3, None), filling(3, 3, 3, 2, 1, Missing.DONT_KNOW)).items
    assert [(count.before, count.after, count.difference) for count in one.counts] == [(2, 1, -1), (1, 1, 0), (1, 3, 2)]
    assert (one.open_before, one.open_after) == (1, 1)


def test_fewer_than_five_are_not_told() -> None:
    few = compared([ITEM], filling(1, 1, 1, 1), filling(3, 3, 3, 3, 3))
    assert few.too_few_before
    assert not few.too_few_after
    assert [(count.before, count.after, count.difference) for count in few.items[0].counts] == [
        (None, 0, None),
        (None, 0, None),
        (None, 5, None),
    ]
    few = compared([ITEM], filling(1, 1, 1, 1, 1), filling(3, 3, 3, 3))
    assert {(count.before, count.after) for count in few.items[0].counts} == {(5, None), (0, None)}


def test_another_version_is_not_laid_beside_it() -> None:
    other = compared([ITEM], filling(1, 1, 1, 1, 1), filling(3, 3, 3, 3, 3, version=2))
    assert other.other_version
    assert all(count.before is None and count.difference is None for count in other.items[0].counts)
    assert other.items[0].counts[2].after == 5


def test_of_a_list_without_names_nobody_reads_what_all_said() -> None:
    [one] = compared([ITEM], filling(1, 1, 1, 2, 3), filling(3, 3, 3, 3, 3), anonymous=True).items
    assert one.hidden
    assert [(count.before, count.after) for count in one.counts] == [(3, None), (1, None), (1, None)]
    [named] = compared([ITEM], filling(1, 1, 1, 2, 3), filling(3, 3, 3, 3, 3)).items
    assert (named.hidden, named.counts[2].after) == (False, 5)


@given(*[st.lists(st.sampled_from([1, 2, 3, None, Missing.NOT_ANSWERED]), min_size=5, max_size=12)] * 2)
def test_nobody_is_counted_twice_or_lost(before: list[int | None], after: list[int | None]) -> None:
    [one] = compared([ITEM], filling(*before), filling(*after)).items
    assert sum(count.before or 0 for count in one.counts) + (one.open_before or 0) == len(before)
    assert sum(count.after or 0 for count in one.counts) + (one.open_after or 0) == len(after)
    codes = Counter(code for code in after if not isinstance(code, Missing))  # a reason is an int as well, and no answer
    assert [count.after for count in one.counts] == [codes[code] for code in (1, 2, 3)]


def test_a_filling_of_which_the_counts_are_shown_takes_no_more_lists() -> None:
    refuse_shown(K_STAFF - 1)
    with pytest.raises(CountsShown):
        refuse_shown(K_STAFF)
