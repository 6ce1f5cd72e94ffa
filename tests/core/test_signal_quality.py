"""The evaluation of the signals: borders, small numbers, missing outcomes, fairness and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.attention import Channel
from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers, NotYesOrNo, UnequalColumns
from kring.core.rule_quality import NotAGroup, NotAnOutcome, Portion, UnfairPair, fairness, rule_quality
from kring.core.signal_quality import Alert, ImpossibleEvaluation, Independent, Judgement, signal_quality

IN, OUT = Channel.INTERNALISING, Channel.EXTERNALISING
NEW, KNOWN, WRONG, UNCLEAR = Judgement.NEW_RIGHT, Judgement.KNOWN_RIGHT, Judgement.WRONG, Judgement.UNCLEAR


def alerts(*parts: tuple[int, Judgement | None], channel: Channel = IN, days: int | None = None) -> list[Alert]:
    return [Alert(channel, judgement, days) for count, judgement in parts for _ in range(count)]


def test_no_alerts_at_all() -> None:
    found = signal_quality([], classes=0)
    nothing = Portion(0, 0, None, None)
    assert (found.precision, found.new, found.recall, found.internalising) == (nothing,) * 4
    assert found.independent_recall == tuple((source, nothing) for source in Independent)
    assert (found.per_class, found.median_days, found.flagged_per_25, found.n, found.n_valid) == (None, None, None, 0, 0)
    assert (found.precision_met, found.new_met, found.channels_met, found.amount_met) == (None, None, None, None)
    assert (found.missed, signal_quality([], classes=0, found=30).recall) == (None, nothing)
    assert nothing.too_few


def test_below_twenty_judged_there_are_counts_and_no_percentages() -> None:
    found = signal_quality(alerts((10, NEW), (9, WRONG), (30, None)), classes=4, periods=2)
    assert found.judgements == ((KNOWN, 0), (NEW, 10), (WRONG, 9), (UNCLEAR, 0))
    assert (found.precision.count, found.precision.of, found.precision.share, found.precision.interval) == (10, 19, None, None)
    assert (found.new.share, found.precision_met, found.new_met, found.n, found.n_valid) == (None, None, None, 49, 19)
    assert found.per_class == 49 / 8


def test_unclear_counts_as_judged_and_not_for_precision() -> None:
    found = signal_quality(alerts((4, NEW), (6, KNOWN), (10, WRONG), (5, UNCLEAR)), classes=1)
    assert (found.precision.share, found.precision_met) == (0.5, True)
    assert (found.new.share, found.new_met) == (0.16, False)
    assert found.precision.interval is not None
    assert (found.precision.interval.low, found.precision.interval.high) == pytest.approx((0.299298, 0.700702), abs=1e-6)


@pytest.mark.parametrize(("outward", "met"), [(12, True), (13, False)])
def test_neither_channel_below_two_fifths(outward: int, met: bool) -> None:
    mixed = alerts((8, NEW)) + alerts((outward, NEW), channel=OUT)
    assert signal_quality(mixed, classes=1).channels_met is met


def test_one_channel_is_evaluated_by_itself_and_its_share_among_all() -> None:
    mixed = alerts((12, NEW), (8, WRONG), days=2) + alerts((20, WRONG), channel=OUT, days=9)
    found = signal_quality(mixed, classes=2, channel=IN)
    assert (found.n, found.n_valid, found.per_class, found.precision.share, found.median_days) == (20, 20, 10.0, 0.6, 2.0)
    assert (found.internalising.share, found.channels_met, found.without_action) == (0.5, True, 0)
    assert found.provenance.parameters != signal_quality(mixed, classes=2).provenance.parameters


@pytest.mark.parametrize(("flagged", "met"), [(3, False), (4, True), (8, True), (9, False)])
def test_two_to_four_of_twenty_five(flagged: int, met: bool) -> None:
    found = signal_quality([], classes=2, pupils=50, flagged=flagged)
    assert (found.flagged_per_25, found.amount_met) == (flagged / 2, met)


@pytest.mark.parametrize(
    ("days", "median"),
    [([1, 5, 3], 3.0), ([1, 2, 4, 8], 3.0), ([1, None], None), ([2, 3, None], 3.0), ([1, None, None], None), ([None], None)],
)
def test_an_alert_without_action_is_later_than_any(days: list[int | None], median: float | None) -> None:
    found = signal_quality([Alert(IN, NEW, each) for each in days], classes=1)
    assert (found.median_days, found.without_action) == (median, days.count(None))


def test_recall_and_what_was_missed() -> None:
    found = signal_quality([], classes=1, found=15, missed=5, independent={Independent.BLIND_TEACHER: (10, 15)})
    assert (found.recall.share, found.missed) == (0.75, 5)
    assert [(source, part.share) for source, part in found.independent_recall] == [
        (Independent.NEXT_OWN_LIST, None),
        (Independent.BLIND_TEACHER, 0.4),
    ]


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"classes": -1}, "classes"),
        ({"missed": -1}, "missed"),
        ({"independent": {Independent.BLIND_TEACHER: (3, -1)}}, "blind-teacher"),
        ({"pupils": 3, "flagged": 4}, "pupils not flagged"),
    ],
)
def test_counts_that_cannot_be_are_refused(wrong: dict[str, object], part: str) -> None:
    with pytest.raises(ImpossibleEvaluation) as caught:
        signal_quality([], **({"classes": 1} | wrong))  # type: ignore[arg-type]
    assert caught.value.part == part


def test_an_action_is_not_before_the_alert() -> None:
    with pytest.raises(ImpossibleEvaluation):
        Alert(IN, NEW, -1)


# ---- a rule -------------------------------------------------------------------------------------------------------


def test_unknown_outcomes_do_not_count() -> None:
    found = rule_quality(np.array([True, True, False]), np.array([1.0, np.nan, 0.0]), np.array([3.0, 9.0, 1.0]))
    assert (found.true_positive, found.false_positive, found.false_negative, found.true_negative, found.n, found.n_valid) == (
        1,
        0,
        0,
        1,
        3,
        2,
    )
    assert (found.auc, found.average_precision, found.precision.share, found.f1) == (1.0, 1.0, None, None)


@pytest.mark.parametrize("outcome", [np.zeros(4), np.ones(4), np.full(4, np.nan)])
def test_without_two_kinds_of_outcome_there_is_no_ranking(outcome: np.ndarray) -> None:
    found = rule_quality(np.ones(4, dtype=bool), outcome, np.arange(4.0))
    assert (found.auc, found.average_precision) == (None, None)


def test_a_missing_score_is_left_out_of_the_ranking_alone() -> None:
    found = rule_quality(np.ones(3, dtype=bool), np.array([1.0, 0.0, 1.0]), np.array([2.0, 1.0, np.nan]))
    assert (found.auc, found.true_positive) == (1.0, 2)
    assert rule_quality(np.ones(1, dtype=bool), np.ones(1)).auc is None


def test_equal_scores_rank_nobody() -> None:
    found = rule_quality(np.ones(4, dtype=bool), np.array([1.0, 0.0, 1.0, 0.0]), np.zeros(4))
    assert (found.auc, found.average_precision) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("flagged", "outcome", "score", "refusal"),
    [
        (np.ones(2), np.ones(2), None, NotYesOrNo),
        (np.ones(2, dtype=bool), np.ones(3), None, UnequalColumns),
        (np.ones(2, dtype=bool), np.ones(2), np.ones(3), UnequalColumns),
        (np.ones(2, dtype=bool), np.array([1.0, 2.0]), None, NotAnOutcome),
        (np.ones((2, 2), dtype=bool), np.ones((2, 2)), None, NotAColumn),
        (np.ones(2, dtype=bool), np.array(["ja", "nee"]), None, NotNumbers),
        (np.ones(2, dtype=bool), np.ones(2), np.array([1.0, np.inf]), BeyondMeasure),
    ],
)
def test_columns_of_another_kind_are_refused(
    flagged: np.ndarray, outcome: np.ndarray, score: np.ndarray | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rule_quality(flagged, outcome, score)


def test_nobody_in_plain_lists_is_a_result() -> None:
    assert rule_quality([], [], []).n == 0  # type: ignore[arg-type]


rows = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 1.0, np.nan]), st.integers(0, 5)), min_size=1, max_size=40)


@given(rows)
def test_the_order_of_the_pupils_means_nothing_and_the_auc_mirrors(given_: list[tuple[bool, float, int]]) -> None:
    flagged, outcome, score = (np.array(column) for column in zip(*given_))
    one = rule_quality(flagged, outcome, score.astype(float))
    other = rule_quality(flagged[::-1], outcome[::-1], score[::-1].astype(float))
    assert (one, one.provenance) == (other, other.provenance)
    mirrored = rule_quality(flagged, outcome, -score.astype(float)).auc
    assert mirrored == (None if one.auc is None else pytest.approx(1 - one.auc, abs=1e-12))


@given(rows)
def test_the_four_counts_are_all_pupils_with_an_outcome(given_: list[tuple[bool, float, int]]) -> None:
    flagged, outcome, _ = (np.array(column) for column in zip(*given_))
    found = rule_quality(flagged, outcome)
    assert found.true_positive + found.false_positive + found.false_negative + found.true_negative == found.n_valid == found.alert_rate.of


# ---- groups -------------------------------------------------------------------------------------------------------


def test_groups_that_are_found_less_often_are_named() -> None:
    flagged = np.array([True] * 36 + [False] * 4 + [True] * 12 + [False] * 28)
    turned = fairness(flagged[::-1], np.ones(80), ["a"] * 40 + ["b"] * 40)
    assert turned.flags == (UnfairPair(lower="a", higher="b"),)
    assert fairness(flagged, np.ones(80), ["a"] * 40 + ["b"] * 40).flags == (UnfairPair(lower="b", higher="a"),)


def test_small_groups_are_named_and_not_compared() -> None:
    flagged = np.array([True] * 30 + [False] * 19)
    found = fairness(flagged, np.ones(49), ["a"] * 30 + ["b"] * 19)
    assert (found.flags, found.too_small) == ((), ("b",))
    assert (found.groups[1].true_positive_rate.share, found.groups[1].positives) == (None, 19)


def test_without_group_or_outcome_a_pupil_does_not_count() -> None:
    found = fairness(np.ones(4, dtype=bool), np.array([1.0, 0.0, np.nan, 1.0]), ["a", "a", "a", None])
    (group,) = found.groups
    assert (found.n, found.n_valid, group.pupils, group.positives) == (4, 2, 2, 1)
    assert (group.alert_rate.count, group.false_positive_rate.count, group.predictive_value.of) == (2, 1, 2)
    assert fairness(np.ones(0, dtype=bool), np.ones(0), []).groups == ()


def test_every_pupil_has_a_group_or_none() -> None:
    with pytest.raises(UnequalColumns):
        fairness(np.ones(2, dtype=bool), np.ones(2), ["a"])
    with pytest.raises(NotAGroup):
        fairness(np.ones(2, dtype=bool), np.ones(2), ["a", float("nan")])  # type: ignore[list-item]


def test_equal_groups_are_not_flagged() -> None:
    flagged = np.tile([True, False], 50)
    assert fairness(flagged, np.ones(100), ["a"] * 50 + ["b"] * 50).flags == ()
