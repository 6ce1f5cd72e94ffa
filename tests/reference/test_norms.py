"""Norms against worked examples (08_worked.json), R's cNORM 3.5.2 and methods.md A.2, B.17, B.18, G29 and G30."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.norm_tiers import NormTier, pupils_needed
from kring.core.norms import SCHEMES, LevelScheme, NormSample, levels, norm_scores, percentile_errors
from kring.core.weighting import effective_sample_size

DATA = Path(__file__).parent / "data/d10_norm2000.csv"
TWELVE = NormSample([8, 9, 9, 10, 11, 11, 11, 12, 13, 14, 15, 16])
GROUP_9_5 = {  # raw: percentile, T; cNORM's conventional table
    4: (0.001824817518248, 20.930431208073),
    7: (0.007299270072993, 25.578119508747),
    8: (0.02007299270073, 29.477563097216),
    9: (0.04014598540146, 32.510055039114),
    10: (0.07299270072993, 35.461409983573),
    11: (0.1149635036496, 37.994530945127),
    12: (0.1642335766423, 40.227939496962),
    13: (0.2226277372263, 42.366513149588),
    14: (0.286496350365, 44.363505128525),
    15: (0.3485401459854, 46.107352264417),
    16: (0.4197080291971, 47.973595334511),
    17: (0.4908759124088, 49.771273098742),
    18: (0.5565693430657, 51.422768723411),
    19: (0.6259124087591, 53.210464605998),
    20: (0.6952554744526, 55.108029388577),
    21: (0.757299270073, 56.976414385195),
    22: (0.8138686131387, 58.922428601924),
    23: (0.8631386861314, 60.945299306514),
    24: (0.9014598540146, 62.89914654791),
    25: (0.9324817518248, 64.945324904951),
    26: (0.9507299270073, 66.519725540497),
    27: (0.9653284671533, 68.161780391522),
    28: (0.9726277372263, 69.208983364116),
    29: (0.9817518248175, 70.913539118795),
    30: (0.9908759124088, 73.605435580088),
    31: (0.9945255474453, 75.443253460144),
    32: (0.9981751824818, 79.069568791927),
}
LEVELS = {  # 08_worked.json, A3
    3.9: ("V", "E", "1"),
    4.0: ("V", "E", "2"),
    10.0: ("V", "D", "2"),
    20.0: ("IV", "D", "3"),
    25.0: ("IV", "C", "4"),
    40.0: ("III", "C", "5"),
    50.0: ("III", "B", "5"),
    60.0: ("II", "B", "6"),
    75.0: ("II", "A", "6"),
    79.9: ("II", "A", "7"),
    80.0: ("I", "A", "7"),
    96.0: ("I", "A", "9"),
}
PR_SE = (  # percentiles 5, 10, 20, 25, 50 by effective n 50, 100, 250, 400, 1000
    (0.03082207001484, 0.0217944947177, 0.01378404875209, 0.01089724735885, 0.006892024376045),
    (0.04242640687119, 0.03, 0.01897366596101, 0.015, 0.009486832980505),
    (0.05656854249492, 0.04, 0.02529822128135, 0.02, 0.01264911064067),
    (0.06123724356958, 0.04330127018922, 0.02738612787526, 0.02165063509461, 0.01369306393763),
    (0.07071067811865, 0.05, 0.03162277660168, 0.025, 0.01581138830084),
)


def two_thousand() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Age, grade and raw score."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [(float(row["age"]), float(row["group"]), float(row["raw"])) for row in csv.DictReader(file)]
    age, grade, raw = np.array(rows).T
    return age, grade, raw


def test_worked_percentile_ranks_and_t() -> None:
    found = norm_scores([7, 8, 9, 11, 12, 16, 17], TWELVE)
    expected = (0.0, 4.166666666666667, 16.666666666666668, 45.833333333333336, 62.5, 95.83333333333333, 100.0)
    assert found.percentile_rank == pytest.approx(expected, abs=1e-12)
    low, high = 32.683356038777546, 67.31664396122245
    assert found.t[[0, 1, 3, 5, 6]] == pytest.approx((low, low, 48.95366544385925, high, high), abs=1e-9)


def test_conventional_norms_of_one_grade() -> None:
    _, grade, raw = two_thousand()
    sample = raw[grade == 9.5]
    found = norm_scores(list(GROUP_9_5), NormSample(sample))
    assert found.norm_n_valid == 274
    assert found.percentile_rank / 100 == pytest.approx([share for share, _ in GROUP_9_5.values()], abs=1e-12)
    assert found.t == pytest.approx([t for _, t in GROUP_9_5.values()], abs=1e-9)


@pytest.mark.parametrize("place", range(3))
def test_levels_by_the_book(place: int) -> None:
    scheme = list(LevelScheme)[place]
    found = levels(list(LEVELS), scheme=scheme, tier=NormTier.NORM)
    assert found.level is not None
    assert [SCHEMES[scheme][0][code] for code in found.level] == [names[place] for names in LEVELS.values()]


def test_standard_error_of_a_percentile() -> None:
    for place, effective_n in enumerate((50, 100, 250, 400, 1000)):
        found = percentile_errors([5, 10, 20, 25, 50], effective_n=effective_n)
        assert found.se / 100 == pytest.approx([row[place] for row in PR_SE], abs=1e-13)


@pytest.mark.parametrize(("icc", "pupils"), [(0.03, 676), (0.05, 860), (0.10, 1320), (0.15, 1780), (0.20, 2240)])
def test_pupils_that_are_worth_four_hundred(icc: float, pupils: int) -> None:
    """methods.md says 861 at ICC .05, which is 860 rounded up after an error of 1e-13."""
    assert pupils_needed(400, class_size=24, icc=icc).n == pupils


def test_thirteen_hundred_and_twenty_pupils_are_worth_four_hundred() -> None:
    found = effective_sample_size(np.repeat(np.arange(55), 24).tolist(), icc=0.10)
    assert found.value == pytest.approx(400, abs=1e-9)
