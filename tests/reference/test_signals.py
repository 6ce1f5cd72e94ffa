"""Signals: the generated pupils of d13 (seed 20260113, no real pupils), with numbers from a second implementation in R 4.2.2."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kring.core.attention import DEFAULT_TABLE, Channel, Finding, Level, PupilPoints, Sign, Source, pupil_points
from kring.core.rule_quality import RuleQuality, fairness, rule_quality

DATA = Path(__file__).parent / "data" / "d13_signals.csv"
DAY = date(2026, 3, 2)
INWARD = Channel.INTERNALISING


def columns() -> dict[str, np.ndarray]:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = {name: np.array([float(row[name]) for row in rows]) for name in ("internalising", "externalising", "absence_pct", "outcome")}
    return numbers | {"gender": np.array([row["gender"] for row in rows])}


def flagged(pupils: dict[str, np.ndarray]) -> np.ndarray:
    any_of: np.ndarray = (pupils["internalising"] >= 60) | (pupils["externalising"] >= 60) | (pupils["absence_pct"] >= 10)
    return any_of


def evaluated() -> RuleQuality:
    pupils = columns()
    return rule_quality(flagged(pupils), pupils["outcome"], pupils["internalising"] + pupils["externalising"])


def test_hits_and_misses_of_the_rule() -> None:
    found = evaluated()
    assert (found.true_positive, found.false_positive, found.false_negative, found.true_negative) == (58, 184, 15, 343)
    assert (found.n, found.n_valid) == (600, 600)
    assert found.precision.share == pytest.approx(0.2396694215, abs=1e-9)
    assert found.recall.share == pytest.approx(0.7945205479, abs=1e-9)
    assert found.specificity.share == pytest.approx(0.6508539, abs=5e-8)
    assert found.alert_rate.share == pytest.approx(0.4033333, abs=5e-8)
    assert 24 * found.alert_rate.count / found.alert_rate.of == pytest.approx(9.68, abs=1e-9)
    assert found.f1 == pytest.approx(0.3682540, abs=5e-8)


def test_the_intervals_of_precision_and_recall() -> None:
    found = evaluated()
    assert found.precision.interval is not None
    assert found.recall.interval is not None
    assert (found.precision.interval.low, found.precision.interval.high) == pytest.approx((0.1902210, 0.2972536), abs=1e-7)
    assert (found.recall.interval.low, found.recall.interval.high) == pytest.approx((0.6882635, 0.8713303), abs=1e-7)


def test_the_ranking_of_the_sum() -> None:
    assert evaluated().auc == pytest.approx(0.8013568661, abs=1e-9)


def test_average_precision_as_published_ranks_equal_scores_by_their_row() -> None:
    """The published .4144960 takes equal sums in the order of the file; ours takes them together, so that no order of rows matters."""
    pupils = columns()
    total = pupils["internalising"] + pupils["externalising"]
    by_row = np.empty(600)
    by_row[np.argsort(-total, kind="stable")] = np.arange(600, 0, -1)
    assert rule_quality(flagged(pupils), pupils["outcome"], by_row).average_precision == pytest.approx(0.4144960084385, abs=1e-9)
    assert evaluated().average_precision == pytest.approx(0.4148666624, abs=1e-9)


def test_girls_and_boys() -> None:
    pupils = columns()
    found = fairness(flagged(pupils), pupils["outcome"], pupils["gender"].tolist())
    girls, boys = found.groups
    assert (girls.group, boys.group) == ("f", "m")
    assert (girls.true_positive_rate.share, girls.false_positive_rate.share) == pytest.approx((0.7692308, 0.3735409), abs=5e-8)
    assert (boys.true_positive_rate.share, boys.false_positive_rate.share) == pytest.approx((0.8235294, 0.3259259), abs=5e-8)
    assert found.flags == ()


def worked(sociogram: Sign, *, table_points: int | None = None) -> PupilPoints:
    table = DEFAULT_TABLE
    if table_points is not None:
        table = table.with_points("internalising/sociogram/never-chosen", table_points, version="2")
    findings = [
        Finding(Source.OWN_LIST, INWARD, Sign.RED, DAY, about="wellbeing"),
        Finding(Source.SOCIOGRAM, INWARD, sociogram, DAY),
        Finding(Source.ABSENCE, INWARD, Sign.ABSENT_PERCENT, DAY, value=12.0),
    ]
    return pupil_points(findings, on=DAY, table=table)


@pytest.mark.parametrize("found", [worked(Sign.NO_MUTUAL), worked(Sign.NEVER_CHOSEN, table_points=1)])
def test_the_worked_example_comes_to_five_points_from_three_sources(found: PupilPoints) -> None:
    """The methods give "never chosen" 1 in their example and 2 in their table; with the table it is a 6."""
    inward = found.internalising
    assert (inward.points, inward.level, len(inward.sources)) == (5, Level.DISCUSS, 3)


def test_with_the_table_as_it_is_never_chosen_makes_it_six() -> None:
    inward = worked(Sign.NEVER_CHOSEN).internalising
    assert (inward.points, inward.level) == (6, Level.PRIORITY)
