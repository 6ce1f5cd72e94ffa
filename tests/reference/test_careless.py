"""G33 and B.9: indices of R's careless 1.2.2 on 200 drawn lists of 20 items, of which the first 15 were filled in without reading."""

import csv
from pathlib import Path

import numpy as np

from kring.core.careless import Careless, careless_answering

DATA = Path(__file__).parent / "data" / "d12_careless.csv"
NAN = np.nan
LONGSTRING = [20, 20, 20, 20, 20, 3, 2, 2, 3, 4, 1, 1, 1, 1, 1, 3, 2, 3, 4, 2]
IRV = [
    0, 0, 0, 0, 0, 1.6375527312, 1.5078740699, 1.4104870379, 1.2258187382, 1.4464111667, 1.4509525002, 1.4509525002, 1.4509525002,
    1.4509525002, 1.4509525002, 0.94451324139, 0.94451324139, 1.4104870379, 1.1367080818, 1.2680278928,
]  # fmt: skip
DISTANCE = [
    1.0515923797, 38.6255072009, 10.1107368481, 41.3001810967, 11.448073796, 42.5528380872, 38.7937841282, 38.9056600543, 32.9958188739,
    36.7704782443, 21.4190502433, 21.4190502433, 21.4190502433, 21.4190502433, 21.4190502433, 13.1870111842, 16.1098760012, 34.5585040042,
    24.0440322932, 26.3153995153,
]  # fmt: skip
PERSON_TOTAL = [
    NAN, -0.11938126801, -0.10033849598, 0.042627441268, 0.061940795151, -0.18019011709, -0.36448329035, -0.10975768401, -0.17100695516,
    0.16939951426, 0.17305991755, 0.17305991755, 0.17305991755, 0.17305991755, 0.17305991755, 0.47480340424, 0.049448489001,
    0.26713385374, 0.046554198926, 0.20968025426,
]  # fmt: skip


def drawn() -> Careless:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = np.array([[float(row[f"q{j}"]) for j in range(1, 21)] for row in rows])
    seconds = np.array([float(row["seconds"]) for row in rows])
    signs = [-1 if j % 4 == 1 else 1 for j in range(20)]
    return careless_answering(values, signs=signs, ranges=[(1, 5)] * 20, seconds=seconds)


def test_indices() -> None:
    found = drawn()
    assert found.longstring[:20].tolist() == LONGSTRING
    np.testing.assert_allclose(found.irv[:20], IRV, atol=1e-8)
    np.testing.assert_allclose(found.distance[:20], DISTANCE, atol=1e-8)
    # R gives a correlation of a list that says 3 everywhere as NA too; after reversal 3 stays 3.
    np.testing.assert_allclose(found.person_total[:20], PERSON_TOTAL, atol=1e-8)


def test_the_strong_flag_finds_13_of_15_and_nobody_else() -> None:
    found = drawn()
    assert (int(found.strong[:15].sum()), int(found.strong[15:].sum())) == (13, 0)
    assert np.flatnonzero(~found.strong[:15]).tolist() == [8, 9]
    assert int(found.against[15:].sum()) == 34
