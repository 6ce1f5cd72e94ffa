"""Shares as others computed them: R 4.2.2 (prop.test, binom.test, qbeta), methods.md A.4 and B.12, G14 and G37."""

from math import comb

import pytest

from kring.core.shares import chance_above, chance_of_showing_more, mcnemar, newcombe, wilson


@pytest.mark.parametrize(
    ("x", "n", "low", "high", "above"),
    [
        (0, 5, 0.0, 0.434482, 0.125467),
        (2, 10, 0.056682, 0.509838, 0.533496),
        (4, 24, 0.066787, 0.358531, 0.358702),
        (5, 24, 0.092448, 0.404705, 0.560931),
        (6, 24, 0.119994, 0.448994, 0.740179),
        (24, 24, 0.862024, 1.0, 1.0),
        (60, 300, 0.158657, 0.248929, 0.505772),
        (120, 600, 0.169947, 0.233870, 0.504076),
    ],
)
def test_table_of_b12(x: int, n: int, low: float, high: float, above: float) -> None:
    found = wilson(x, n)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=6e-7)
    assert chance_above(x, n, percent=20).value == pytest.approx(above, abs=6e-7)


@pytest.mark.parametrize(
    ("x", "n", "low", "high", "tolerance"),
    [
        (4, 24, 0.06678676329, 0.35853070650, 1e-9),
        (60, 300, 0.15865685897, 0.24892892377, 1e-9),
        (5, 25, 0.08860584686802571, 0.3913095036954033, 1e-12),
        (4, 16, 0.10182067491213049, 0.4949831653550877, 1e-12),
        (6, 29, 0.09846070197841039, 0.383900904038679, 1e-12),
        (15, 70, 0.1343870301710779, 0.32391186263478886, 1e-12),
    ],
)
def test_wilson_to_many_digits(x: int, n: int, low: float, high: float, tolerance: float) -> None:
    found = wilson(x, n).interval
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=tolerance)


@pytest.mark.parametrize(
    ("x", "n", "above"),
    [(5, 25, 0.5204854359613857), (4, 16, 0.7075294330248365), (6, 29, 0.5554596091520103), (15, 70, 0.6277018523052157)],
)
def test_jeffreys_to_many_digits(x: int, n: int, above: float) -> None:
    assert chance_above(x, n, percent=20).value == pytest.approx(above, abs=1e-9)


def test_differences() -> None:
    found = newcombe(7, 24, 3, 25)
    assert found.interval is not None
    assert found.value is not None
    assert (float(found.value), found.interval.low, found.interval.high) == pytest.approx((0.1716667, -0.0575779, 0.3864689), abs=6e-8)
    assert mcnemar(8, 2, n=24).p == 0.109375


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.10, (0.1109, 0.0982, 0.0851, 0.0550, 0.0057, 0.0000, 0.0000)),
        (0.15, (0.2642, 0.2798, 0.2866, 0.2354, 0.1062, 0.0220, 0.0028)),
        (0.20, (0.4417, 0.4990, 0.5401, 0.4995, 0.4236, 0.4578, 0.4701)),
        (0.25, (0.6093, 0.6943, 0.7534, 0.7362, 0.7684, 0.9422, 0.9892)),
        (0.30, (0.7472, 0.8354, 0.8889, 0.8872, 0.9432, 0.9991, 1.0000)),
    ],
)
def test_chance_that_a_class_shows_more_than_a_fifth(share: float, expected: tuple[float, ...]) -> None:
    found = [chance_of_showing_more(n, share=share, percent=20).value for n in (12, 18, 24, 28, 60, 200, 400)]
    assert found == pytest.approx(expected, abs=6e-5)


def test_wilson_95_holds_about_95_of_100_times() -> None:
    """Coverage at n 24, p .2 by adding up every outcome."""
    covered = 0.0
    for x in range(25):
        interval = wilson(x, 24).interval
        assert interval is not None
        if interval.low <= 0.2 <= interval.high:
            covered += comb(24, x) * 0.2**x * 0.8 ** (24 - x)
    assert 0.93 <= covered <= 0.97
