"""methods.md A.4: the worked classes and the table of expected shares (400 000 draws, `expected/07_operating.json`)."""

from fractions import Fraction

import numpy as np
import pytest

from kring.core.care import care_score, expected_care


def test_worked_classes() -> None:
    zone = np.repeat(np.array([1, 0, 1, 0, 1, 0], dtype=np.int8), [5, 20, 4, 12, 6, 23])
    found = care_score(zone, ["a"] * 25 + ["b"] * 16 + ["c"] * 29)
    assert [float(each.share or 0) * 100 for each in found.classes] == pytest.approx([20.0, 25.0, 20.689655172413794], abs=1e-9)
    assert found.mean_of_classes == (Fraction(5, 25) + Fraction(4, 16) + Fraction(6, 29)) / 3
    assert 100 * float(found.mean_of_classes) == pytest.approx(21.896551724137932, abs=1e-9)
    assert found.of_pupils == Fraction(15, 70)
    assert found.interval is not None
    assert (100 * found.interval.low, 100 * found.interval.high) == pytest.approx((13.43870301710779, 32.391186263478886), abs=1e-9)


@pytest.mark.parametrize(
    ("needed", "k", "red", "rho", "expected"),
    [
        (1, 5, 0.10, 0.3, 0.3403),
        (1, 5, 0.10, 0.5, 0.2923),
        (2, 5, 0.10, 0.3, 0.1141),
        (2, 5, 0.10, 0.5, 0.1249),
        (1, 8, 0.10, 0.3, 0.4446),
        (1, 8, 0.10, 0.5, 0.3671),
        (2, 8, 0.10, 0.3, 0.2025),
        (2, 8, 0.10, 0.5, 0.1942),
        (3, 8, 0.10, 0.3, 0.0917),
        (3, 8, 0.10, 0.5, 0.1108),
        (1, 8, 0.05, 0.3, 0.2678),
        (1, 8, 0.05, 0.5, 0.2191),
        (2, 8, 0.16, 0.3, 0.3381),
        (2, 8, 0.16, 0.5, 0.3088),
    ],
)
def test_expected_share_by_chance(needed: int, k: int, red: float, rho: float, expected: float) -> None:
    found = expected_care([red] * k, rho=rho, red_needed=needed)
    assert float(found.share) == pytest.approx(expected, abs=0.005)
    assert found.too_high == (expected > 0.15)
