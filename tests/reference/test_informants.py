"""G08, G09 and B.10: agreement of raters and informants by R 4.2.2 (psych 2.2.9, irr 0.84.1)."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.informants import agreement, discrepancies, informant_line
from kring.core.instruments import Informant
from kring.core.raters import IccForm, Measure, Weights, iccs, kappa, krippendorff

DATA = Path(__file__).parent / "data"
# Shrout & Fleiss (1979), Intraclass correlations: uses in assessing rater reliability, Psychological Bulletin 86, 420-428, table 2.
SIX_TARGETS_FOUR_JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# value, F, df, p, low, high
SHROUT_FLEISS = {
    IccForm.ICC1: (0.16574176841, 1.7946784922, (5, 18), 0.16476880834, -0.13293232487, 0.72256006233),
    IccForm.ICC2: (0.28976377953, 11.0272479564, (5, 15), 0.00013456651648, 0.018786513375, 0.76108436965),
    IccForm.ICC3: (0.71484071484, 11.0272479564, (5, 15), 0.00013456651648, 0.34246476503, 0.94585825996),
    IccForm.ICC1K: (0.44279713368, 1.7946784922, (5, 18), 0.16476880834, -0.88444215524, 0.91241542034),
    IccForm.ICC2K: (0.6200505476, 11.0272479564, (5, 15), 0.00013456651648, 0.071136815303, 0.92723204017),
    IccForm.ICC3K: (0.90931554238, 11.0272479564, (5, 15), 0.00013456651648, 0.67567471382, 0.98589167817),
}


def columns(path: Path, *names: str) -> list[np.ndarray]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[name] or "nan") for row in rows]) for name in names]


def test_the_six_intraclass_correlations_of_shrout_and_fleiss() -> None:
    forms = iccs(SIX_TARGETS_FOUR_JUDGES).forms
    assert list(forms) == list(SHROUT_FLEISS)
    assert [round(one.value or 0, 2) for one in forms.values()] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]  # as published
    for form, (value, f, df, p, low, high) in SHROUT_FLEISS.items():
        one = forms[form]
        assert one.interval is not None
        assert one.df == df
        assert [one.value, one.f, one.p, one.interval.low, one.interval.high] == pytest.approx([value, f, p, low, high], abs=1e-8)


def test_two_raters() -> None:
    first, second = columns(DATA / "d04_tworaters.csv", "teacherA", "teacherB")
    expected = {Weights.NONE: 0.4116336082, Weights.LINEAR: 0.5964254829, Weights.QUADRATIC: 0.7531645570}
    for weights, value in expected.items():
        assert kappa(first, second, weights=weights).value == pytest.approx(value, abs=1e-9)
    assert kappa(first, second).agree == 0.5875
    both = np.column_stack([first, second])
    assert krippendorff(both).value == pytest.approx(0.7455916181, abs=1e-9)
    assert krippendorff(both, measure=Measure.INTERVAL).value == pytest.approx(0.75423090642, abs=1e-9)
    one = iccs(both).forms[IccForm.ICC2]
    assert one.interval is not None
    assert [one.value, one.interval.low, one.interval.high] == pytest.approx([0.75549559559, 0.64372303982, 0.83581425401], abs=1e-9)


def test_three_informants() -> None:
    teacher, pupil, parent = columns(DATA / "d05_informants.csv", "teacher", "self", "parent")
    found = agreement(teacher, pupil)
    assert found.limits is not None
    assert found.correlation == pytest.approx(0.3992491185, abs=1e-9)
    assert found.icc == pytest.approx(0.40017273806, abs=1e-9)
    assert [found.mean_difference, found.sd_difference] == pytest.approx([-0.0088888888889, 10.441838324], abs=1e-9)
    assert [found.limits.low, found.limits.high] == pytest.approx([-20.474892004, 20.4571142262], abs=1e-9)
    assert agreement(teacher, parent).correlation == pytest.approx(0.41711358496, abs=1e-9)
    assert agreement(pupil, parent).correlation == pytest.approx(0.53251453275, abs=1e-9)
    assert agreement(pupil, parent).n_valid == 112
    differing = discrepancies(teacher, pupil, reliability_first=0.85, reliability_second=0.80)
    assert (differing.n_clear, differing.n, differing.n_valid) == (50, 180, 180)


def test_worked_difference() -> None:
    found = discrepancies(np.array([58.0]), np.array([41.0]), reliability_first=0.85, reliability_second=0.80)
    assert found.standard_error == pytest.approx(5.916079783099615, abs=1e-9)
    assert found.limit == pytest.approx(11.595303304540781, abs=1e-9)
    (one,) = informant_line(
        {Informant.TEACHER: 58.0, Informant.PUPIL: 41.0}, reliabilities={Informant.TEACHER: 0.85, Informant.PUPIL: 0.80}
    ).differences
    assert one.z == found.z[0] == pytest.approx(2.8735244660769568, abs=1e-9)
