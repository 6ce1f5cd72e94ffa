"""Change of pupils and classes as others computed it: base R 4.2.2 and lme4 1.1.31 on the generated sample d02 (240 pupils, 10 classes).

And the tables and worked examples of methods B.5, B.6 and B.14.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.change import Change, minimal_detectable_changes, reliable_changes
from kring.core.group_change import GroupChange, group_changes, paired_change
from kring.core.multiple_tests import adjusted_p
from kring.core.random_intercept import random_intercept
from kring.core.reference_change import reference_change, regression_changes
from kring.core.regression_to_mean import expected_second_scores, still_below_cut

DATA = Path(__file__).parent / "data" / "d02_twowave.csv"
with DATA.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
FIRST, SECOND = (np.array([float(row[moment]) for row in ROWS]) for moment in ("t1", "t2"))
CLASSES = np.array([row["class"] for row in ROWS])
NAMES = tuple(f"c{number:02}" for number in range(1, 11))
SEM = 4.0632054388  # sd 9.8547207075 of the first scores, reliability .83


def numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


P = numbers("""
    0.20314409026 0.14426564358 0.00010253468778 0.64864692472 0.77496867159 0.43251228461 0.073795875225 0.030220469033
    0.26209760034 0.29536910426
""")
P_BH = numbers("""
    0.40628818052 0.36066410895 0.0010253468778 0.72071880524 0.77496867159 0.54064035577 0.24598625075 0.15110234516
    0.42195586323 0.42195586323
""")
P_HOLM = numbers("""
    1 1 0.0010253468778 1 1 1 0.5903670018 0.2719842213 1 1
""")
BLUPS = numbers("""
    0.54729892966 0.92851686662 3.8836946726 0.12470850341 -0.13239196571 0.39362968375 -2.047347184 -2.7004414791
    -1.772515648 0.77484762072
""")


def test_g10_reliable_change() -> None:
    assert FIRST.std(ddof=1) * np.sqrt(1 - 0.83) == pytest.approx(SEM, abs=1e-9)
    found = reliable_changes(FIRST, SECOND, sem=float(FIRST.std(ddof=1)) * float(np.sqrt(1 - 0.83)))
    assert found.sd_of_difference == pytest.approx(5.7462402383, abs=1e-8)
    expected = [0.97455027423, 1.3574093105, -1.7228656634, -0.92234222383, 1.0441610081]
    assert found.index[:5].tolist() == pytest.approx(expected, abs=1e-8)
    assert int((found.decision == Change.CLEARLY_BETTER).sum()) == 18
    assert int((found.decision == Change.CLEARLY_WORSE).sum()) == 15


def test_reliable_change_with_practice() -> None:
    practice = reference_change(FIRST, SECOND).mean
    assert practice == pytest.approx(0.61583333333, abs=1e-9)
    assert practice is not None
    found = reliable_changes(FIRST, SECOND, sem=SEM, practice=practice)
    expected = [0.86737874854, 1.2502377848, -1.8300371891, -1.0295137495, 0.93698948241]
    assert found.index[:5].tolist() == pytest.approx(expected, abs=1e-8)


def test_g10_change_by_regression() -> None:
    by = reference_change(FIRST, SECOND).regression
    assert by is not None
    assert (by.intercept, by.slope, by.error_sd) == pytest.approx((18.1057253681, 0.64492335315, 6.4194359394), abs=1e-8)
    found = regression_changes(FIRST, SECOND, regression=by)
    expected = [0.83965907345, 1.0883366388, -1.4476639641, -0.22774408949, 0.4760616791]
    assert found.index[:5].tolist() == pytest.approx(expected, abs=1e-8)
    intervals = np.column_stack([found.expected, found.low, found.high])[:3].ravel().tolist()
    of_r = [50.6098623671, 37.9370179668, 63.2827067675, 49.5134926667, 36.8409193932, 62.1860659403, 52.0931860794, 39.4174741799]
    assert intervals == pytest.approx([*of_r, 64.7688979788], abs=1e-8)


def test_expected_second_scores() -> None:
    r = float(np.corrcoef(FIRST, SECOND)[0, 1])
    assert r == pytest.approx(0.70430573916, abs=1e-9)
    found = expected_second_scores(FIRST, mean=float(FIRST.mean()), retest=r)
    expected = [50.0619228951, 48.8646031385, 51.6818260952, 58.0910083216, 44.6387687036]
    assert found.expected[:5].tolist() == pytest.approx(expected, abs=1e-8)


def test_g37_worked_change() -> None:
    """B.5: sd 10, reliability .83, from 42 to 49."""
    sem = 10 * float(np.sqrt(0.17))
    before, after = np.array([42.0]), np.array([49.0])
    plain, practised = reliable_changes(before, after, sem=sem), reliable_changes(before, after, sem=sem, practice=1.0)
    assert plain.sd_of_difference == pytest.approx(5.8309518948453025, abs=1e-9)
    assert [plain.index[0], practised.index[0]] == pytest.approx([1.2004900959975615, 1.0289915108550527], abs=1e-9)
    assert plain.decision.tolist() == [Change.NOT_SHOWN]
    least = minimal_detectable_changes(np.array([0.83]), sd=10.0)
    assert [least.at_80[0], least.at_95[0]] == pytest.approx([7.472665529454251, 11.428455709482378], abs=1e-9)
    assert expected_second_scores(before, mean=50.0, retest=0.83).expected.tolist() == pytest.approx([43.36], abs=1e-9)


def test_table_of_smallest_changes_that_can_be_shown() -> None:
    found = minimal_detectable_changes(np.array([0.60, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95]))
    assert np.round(found.at_80, 4).tolist() == [1.1463, 0.9927, 0.9062, 0.8105, 0.7019, 0.5731, 0.4053]
    assert np.round(found.at_95, 4).tolist() == [1.7530, 1.5182, 1.3859, 1.2396, 1.0735, 0.8765, 0.6198]


@pytest.mark.parametrize(
    ("share", "still"),
    [
        (0.10, [0.3902, 0.4678, 0.5124, 0.5624, 0.6198, 0.6886]),
        (0.16, [0.4585, 0.5305, 0.5713, 0.6164, 0.6678, 0.7287]),
        (0.25, [0.5380, 0.6018, 0.6373, 0.6763, 0.7203, 0.7722]),
    ],
)
def test_table_of_who_stays_below_without_change(share: float, still: list[float]) -> None:
    """Operating characteristics of methods B.6, bivariate normal."""
    found = still_below_cut(np.array([0.60, 0.70, 0.75, 0.80, 0.85, 0.90]), share_below=share)
    assert found.still.tolist() == pytest.approx(still, abs=6e-5)


@pytest.mark.parametrize(("share", "means"), [(0.10, [-1.053, -1.2285, -1.404, -1.5795]), (0.25, [-0.7627, -0.8898, -1.0169, -1.144])])
def test_table_of_second_means_without_change(share: float, means: list[float]) -> None:
    found = still_below_cut(np.array([0.60, 0.70, 0.80, 0.90]), share_below=share)
    assert found.mean_second.tolist() == pytest.approx(means, abs=6e-5)


def test_g11_one_class() -> None:
    mine = CLASSES == "c03"
    found = paired_change(FIRST[mine], SECOND[mine], sd_reference=float(FIRST.std(ddof=1)))
    assert (found.n, found.n_valid, found.df) == (24, 24, 23)
    assert found.interval is not None
    values = (found.mean, found.sd, found.t, found.effect_size, found.interval.low, found.interval.high)
    assert values == pytest.approx((6.0916666667, 6.3724213313, 4.6831413809, 0.61814706347, 3.4008291315, 8.7825042018), abs=1e-8)
    assert found.p == pytest.approx(0.00010253468778, abs=1e-12)


def test_g11_all_classes_together() -> None:
    each = [paired_change(FIRST[name == CLASSES], SECOND[name == CLASSES]) for name in NAMES]
    p, means = np.array([found.p for found in each], dtype=float), np.array([found.mean for found in each], dtype=float)
    assert p.tolist() == pytest.approx(P, abs=1e-9)
    adjusted = adjusted_p(p)
    assert adjusted.benjamini_hochberg.tolist() == pytest.approx(P_BH, abs=1e-8)
    assert adjusted.holm.tolist() == pytest.approx(P_HOLM, abs=1e-8)
    decided = group_changes(p, means, sd_reference=np.full(10, float(FIRST.std(ddof=1))))
    assert decided.decision.tolist() == [GroupChange.BETTER if name == "c03" else GroupChange.NOT_SHOWN for name in NAMES]


def test_class_effects_of_lme4_are_for_display_only() -> None:
    """Shrunken, c08 lies 2.25 standard deviations from the mean and would be called changed; corrected for ten classes it is not."""
    found = random_intercept(SECOND - FIRST, CLASSES)
    assert (found.mean, found.between, found.within) == pytest.approx((0.61583333333, 4.9597509972, 48.7985507181), abs=2e-5)
    assert found.mean is not None
    assert found.labels.tolist() == list(NAMES)
    assert (found.shrunken - found.mean).tolist() == pytest.approx(BLUPS, abs=1e-5)
    assert found.shrunken_sd.tolist() == pytest.approx([1.2008679946] * 10, abs=1e-5)
