"""Classes as others computed them: lme4 1.1.31 on the generated sample d03 (909 pupils, 50 classes), and tables of methods B.8 and B.13.

The beta-binomial of twelve classes was computed in base R 4.2.2.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.nesting import Comparison, class_mean_reliability, design_effect, intraclass_correlation
from kring.core.random_intercept import random_intercept, random_intercept_of_classes, shrunken_means
from kring.core.shrunken_shares import shrunken_shares

DATA = Path(__file__).parent / "data" / "d03_multilevel.csv"
with DATA.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
SCORES, CLASSES = np.array([float(row["score"]) for row in ROWS]), np.array([row["class"] for row in ROWS])

# class: pupils, mean, reliability, shrunken mean, conditional standard deviation
OF_LME4 = {
    "s01c1": (17, 2.821588235294, 0.7899388477898, 2.864949930597, 0.1230100519199),
    "s01c2": (13, 2.71, 0.7419814686445, 2.792053089233, 0.1363305477407),
    "s01c4": (27, 3.100444444444, 0.8565812332803, 3.090056328198, 0.1016414195661),
    "s02c5": (11, 2.495363636364, 0.70873305727, 2.650506609721, 0.1448482754126),
    "s05c1": (8, 3.03525, 0.6389442999608, 3.032636818833, 0.1612704630693),
    "s05c4": (19, 3.652736842105, 0.8078006945964, 3.532665235904, 0.1176640078222),
    "s08c2": (29, 2.770965517241, 0.8651382721795, 2.805631302325, 0.09856258606116),
    "s10c5": (23, 3.443739130435, 0.8357359770827, 3.375450183243, 0.1087774709907),
}


def numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


X, N = [1, 10, 4, 2, 13, 0, 3, 9, 1, 12, 1, 6], [24, 26, 22, 18, 28, 12, 25, 27, 20, 29, 15, 23]
SHRUNKEN = numbers("""
    0.08870405153514 0.3484796327687 0.1947507069789 0.1477211936304 0.4125199436048 0.09193255845164 0.1466882471101
    0.309910164926 0.1013931164727 0.3743048531539 0.1234712293016 0.2530553476232
""")
LOW = numbers("""
    0.01811039583223 0.2001847625056 0.076390273003 0.04193085328604 0.2594589938178 0.01035935709165 0.04977879592147
    0.1702653848938 0.02086515627371 0.2278258399279 0.02576482719236 0.1190096547288
""")
HIGH = numbers("""
    0.2069885136093 0.5136775663621 0.351494054795 0.3042976861603 0.5748031812836 0.2480631104346 0.2838389655063
    0.4701418354948 0.2347991518339 0.5336723975101 0.282092485349 0.4172452140783
""")
ABOVE = numbers("""
    0.03060656203735 0.9751672318994 0.4341575312694 0.2082890985795 0.9979116737636 0.06650429069329 0.1833727294053
    0.9302930653017 0.05982184018277 0.9917900251746 0.1323863947875 0.7393677793191
""")


def test_analysis_of_variance() -> None:
    found = intraclass_correlation(SCORES, CLASSES)
    assert (found.between, found.within) == pytest.approx((1.654600097297, 0.3257739600122), abs=1e-10)
    assert (found.icc1, found.icc2, found.typical_size) == pytest.approx((0.1836306391711, 0.8031101529945, 18.133988909095), abs=1e-10)
    assert (found.n, found.n_valid, found.classes) == (909, 909, 50)


def test_g12_variances() -> None:
    found = random_intercept(SCORES, CLASSES)
    values = (found.mean, found.standard_error, found.between, found.within, found.icc)
    assert values == pytest.approx((3.028012387722, 0.04287625103365, 0.07203365645733, 0.3256391802562, 0.1811379853163), abs=1e-7)
    assert found.comparison is Comparison.ALLOWED


def test_g13_shrunken_class_means() -> None:
    found = random_intercept(SCORES, CLASSES)
    columns = (found.sizes, found.means, found.reliability, found.shrunken, found.shrunken_sd)
    place = {label: number for number, label in enumerate(found.labels.tolist())}
    for label, expected in OF_LME4.items():
        assert [column[place[label]] for column in columns] == pytest.approx(expected, abs=1e-6)


def test_what_schools_hand_over_gives_the_same_as_lme4() -> None:
    whole = random_intercept(SCORES, CLASSES)
    found = random_intercept_of_classes(whole.sizes, whole.means, squares_within=0.3257739600122 * 859)
    assert (found.mean, found.between, found.within) == pytest.approx((3.028012387722, 0.07203365645733, 0.3256391802562), abs=1e-7)
    assert found.shrunken.tolist() == pytest.approx(whole.shrunken.tolist(), abs=1e-9)


def test_g37_worked_shrinkage() -> None:
    """B.13: μ 3.03, τ² .072, σ² .326, a class of 13 with mean 2.71."""
    found = shrunken_means([13], np.array([2.71]), mean=3.03, between=0.072, within=0.326)
    values = [found.reliability[0], found.shrunken[0], found.shrunken_sd[0]]
    assert values == pytest.approx([0.7416798732171157, 2.7926624405705227, 0.13637833086076273], abs=1e-9)


@pytest.mark.parametrize(
    ("icc", "reliabilities"),
    [
        (0.03, [0.2362, 0.3169, 0.3822, 0.4260, 0.4813]),
        (0.05, [0.3448, 0.4412, 0.5128, 0.5581, 0.6122]),
        (0.10, [0.5263, 0.6250, 0.6897, 0.7273, 0.7692]),
        (0.15, [0.6383, 0.7258, 0.7792, 0.8090, 0.8411]),
        (0.20, [0.7143, 0.7895, 0.8333, 0.8571, 0.8824]),
    ],
)
def test_table_of_reliabilities_of_class_means(icc: float, reliabilities: list[float]) -> None:
    assert np.round(class_mean_reliability([10, 15, 20, 24, 30], icc=icc).reliability, 4).tolist() == reliabilities


@pytest.mark.parametrize(
    ("icc", "effect", "worth_400"), [(0.03, 1.69, 676), (0.05, 2.15, 860), (0.10, 3.3, 1320), (0.15, 4.45, 1780), (0.20, 5.6, 2240)]
)
def test_table_of_design_effects(icc: float, effect: float, worth_400: int) -> None:
    found = design_effect([24] * 50, icc=icc)
    assert found.effect == pytest.approx(effect, abs=1e-12)
    assert found.effective_n == pytest.approx(1200 / effect)
    assert effect * 400 == pytest.approx(worth_400)


def test_g15_beta_binomial() -> None:
    found = shrunken_shares(X, N)
    assert (found.share, found.rho, found.strength) == pytest.approx((0.2304832713755, 0.1115777498627, 7.962360338241), abs=1e-8)
    for column, expected in ((found.shrunken, SHRUNKEN), (found.low, LOW), (found.high, HIGH), (found.p_above, ABOVE)):
        assert column.tolist() == pytest.approx(expected, abs=1e-8)
    assert (found.classes, found.n, found.shown, found.hindrance) == (12, 269, True, None)


def test_beta_binomial_by_likelihood() -> None:
    """R's optimiser stopped at μ .2096276, M 8.30711: equal to its own precision."""
    found = shrunken_shares(X, N)
    assert (found.share_ml, found.strength_ml) == pytest.approx((0.2096275765844, 8.307109382189), abs=1e-5)
