"""Differential item functioning against R 4.2.2 (proportional odds by mirt/ordinal regression, Mantel's test), methods.md B.16 and G28."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.dif import Dif, differential_item_functioning

DATA = Path(__file__).parent / "data/d09_dif1400.csv"
LIKELIHOODS = (  # total; + group; + group × total
    (-1551.94735265544, -1551.63243009807, -1551.51398859986),
    (-1541.15081926606, -1540.44197394605, -1539.03921446362),
    (-1446.87981810596, -1421.12593991979, -1421.11643573615),
    (-1417.87300500787, -1417.86935382213, -1416.29432133264),
    (-1557.47146065236, -1557.03698780904, -1556.07935808433),
    (-1548.65410255166, -1544.81427605410, -1544.65119295521),
    (-1469.96709514944, -1469.55473719562, -1468.04642661036),
    (-1294.63063868627, -1291.84681792650, -1291.54391100434),
)
GAIN = (0.00038270316, 0.00186623501, 0.02254039035, 0.00127217576, 0.00139494577, 0.00400093747, 0.00178993958, 0.00249033416)
P_TOTAL = (0.6483244227, 0.1210435595, 6.472993958e-12, 0.2062464069, 0.2485521570, 0.01826242522, 0.1465089824, 0.04565109516)
P_UNIFORM = (0.4274121325, 0.2337838867, 7.131479064e-13, 0.9319005324, 0.3512473526, 0.005584690590, 0.3638049434, 0.01829538749)
P_NON_UNIFORM = (0.6264664990, 0.0939404422, 0.8903425001, 0.0759239395, 0.1663801990, 0.5679253381, 0.0824150106, 0.4363683395)
MANTEL = (
    0.7366124599523,
    0.384037632893,
    51.03580118744,
    0.2764261724412,
    2.046986191469,
    14.015516387854,
    0.07548779825137,
    8.138404284405,
)
MANTEL_P = (0.3907481935541, 0.5354502456, 9.0696583563e-13, 0.5990532550, 0.1525078263, 0.000181308281, 0.7835079847, 0.004333740523)
SMD = (
    -0.02341589420642,
    -0.03704791025526,
    -0.2971989806297,
    0.01496490220032,
    0.06426846965602,
    0.1873656634584,
    -0.01243778308568,
    0.1035015328623,
)


def fourteen_hundred() -> tuple[np.ndarray, np.ndarray]:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = np.array([[float(row[f"i{item}"]) for item in range(1, 9)] for row in rows])
    return answers, np.array([float(row["group"] == "B") for row in rows])


def test_every_item_before_purification() -> None:
    found = differential_item_functioning(*fourteen_hundred(), most_rounds=0)
    assert (found.n, found.n_valid, found.n_reference, found.n_focal) == (1400, 1400, 700, 700)
    assert [each.log_likelihoods for each in found.items] == [pytest.approx(row, abs=1e-5) for row in LIKELIHOODS]
    assert [each.delta_r2 for each in found.items] == pytest.approx(GAIN, abs=1e-8)
    assert found.items[2].delta_r2 == pytest.approx(0.0225403903, abs=1e-9)
    assert [each.p for each in found.items] == pytest.approx(P_TOTAL, rel=1e-5)
    assert [each.p_uniform for each in found.items] == pytest.approx(P_UNIFORM, rel=1e-5)
    assert [each.p_non_uniform for each in found.items] == pytest.approx(P_NON_UNIFORM, rel=1e-5)


def test_mantel_and_the_mean_difference() -> None:
    found = differential_item_functioning(*fourteen_hundred(), most_rounds=0)
    assert [each.mantel for each in found.items] == pytest.approx(MANTEL, abs=1e-9)
    assert [each.mantel_p for each in found.items] == pytest.approx(MANTEL_P, rel=1e-8)
    assert [each.smd for each in found.items] == pytest.approx(SMD, abs=1e-12)


@pytest.mark.parametrize("rounds", [0, 1, 10])
def test_only_the_item_with_uniform_dif_is_flagged(rounds: int) -> None:
    """Item 3 was made to differ uniformly; item 6 differs non-uniformly, and that goes undetected (p .57)."""
    found = differential_item_functioning(*fourteen_hundred(), most_rounds=rounds)
    assert [each.dif for each in found.items] == [Dif.MODERATE if item == 2 else Dif.NONE for item in range(8)]
    assert (found.flagged, found.rounds, found.stable) == ((2,), min(rounds, 1), rounds > 0)
