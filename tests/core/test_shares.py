"""Shares: what cannot be counted, and laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from kring.core.intervals import ImpossibleCount, NotAnInterval
from kring.core.shares import NotAPercentage, chance_above, chance_of_showing_more, mcnemar, newcombe, wilson

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_a_share_of_what_cannot_be_is_refused(x: int, n: int) -> None:
    for method in (
        lambda: wilson(x, n),
        lambda: newcombe(1, 2, x, n),
        lambda: newcombe(x, n, 1, 2),
        lambda: chance_above(x, n, percent=20),
    ):
        with pytest.raises(ImpossibleCount) as caught:
            method()
        assert caught.value.facts() == {"count": x, "of": n}
    with pytest.raises(ImpossibleCount):
        mcnemar(4, 3, n=6)
    with pytest.raises(ImpossibleCount):
        chance_of_showing_more(-1, share=0.2, percent=20)
    with pytest.raises(NotAPercentage):
        chance_of_showing_more(24, share=1.2, percent=20)
    with pytest.raises(NotAPercentage):
        chance_above(1, 2, percent=float("nan"))
    with pytest.raises(NotAnInterval):
        wilson(1, 2, level=1.0)


def test_of_nobody_nothing_is_known() -> None:
    share, difference = wilson(0, 0), newcombe(0, 0, 3, 9)
    assert (share.value, share.interval, share.n) == (None, None, 0)
    assert (difference.value, difference.interval, difference.n, difference.n_valid) == (None, None, 9, 0)
    assert newcombe(3, 9, 0, 0).value is None
    assert (chance_above(0, 0, percent=20).value, chance_of_showing_more(0, share=0.2, percent=20).value) == (None, None)
    assert (mcnemar(0, 0, n=24).p, mcnemar(0, 0, n=0).p) == (1.0, 1.0)


@given(counts, st.floats(0.5, 0.999))
def test_wilson_lies_within_0_and_1_around_the_share(share: tuple[int, int], level: float) -> None:
    x, n = share
    found = wilson(x, n, level=level)
    assert found.value == Fraction(x, n)
    assert found.interval is not None
    assert 0 <= found.interval.low <= x / n <= found.interval.high <= 1


@given(counts, counts)
def test_a_difference_turns_with_its_groups_and_stays_within_1(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    assert there.value is not None
    assert back.value == -there.value
    assert there.interval is not None
    assert back.interval is not None
    assert -1 - 1e-12 <= there.interval.low <= there.value <= there.interval.high <= 1 + 1e-12
    assert (there.interval.low, there.interval.high) == pytest.approx((-back.interval.high, -back.interval.low), abs=1e-12)


@given(st.integers(0, 30), st.integers(0, 30))
def test_mcnemar_is_the_exact_binomial_test(left: int, entered: int) -> None:
    expected = binomtest(left, left + entered, 0.5).pvalue if left + entered else 1.0
    assert mcnemar(left, entered, n=80).p == pytest.approx(expected, abs=1e-12)


@given(counts)
def test_more_of_them_makes_a_higher_share_more_likely(share: tuple[int, int]) -> None:
    x, n = share
    one, other = chance_above(x - 1 if x else 0, n, percent=20).value, chance_above(x, n, percent=20).value
    assert one is not None
    assert other is not None
    assert 0 <= one <= other <= 1


def test_the_limit_is_compared_in_whole_numbers() -> None:
    exactly = chance_of_showing_more(25, share=0.2, percent=20).value  # 5 of 25 is exactly 20 % and not more
    assert exactly == pytest.approx(1 - 0.6166893, abs=1e-6)
    assert chance_of_showing_more(25, share=0.0, percent=0).value == 0.0


def test_so_many_that_whole_numbers_would_take_long() -> None:
    for left, entered in ((480, 521), (700, 701), (500, 900)):
        found = mcnemar(left, entered, n=10**6)
        assert found.p == pytest.approx(binomtest(left, left + entered, 0.5).pvalue, abs=1e-12)
        assert mcnemar(entered, left, n=10**6).p == found.p
    assert mcnemar(10**6, 10**6, n=10**7).p == 1


@pytest.mark.parametrize(("x", "n"), [(2.5, 5), (2, 5.5), (float("nan"), 5)])
def test_what_is_no_whole_count_is_refused(x: float, n: float) -> None:
    with pytest.raises(ImpossibleCount):
        wilson(x, n)  # type: ignore[arg-type]
