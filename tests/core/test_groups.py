"""The results of one group, with the bad days: nobody, one pupil, all equal, all missing."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import Missing, answers_from
from kring.core.bands import Band
from kring.core.groups import AnswersOfOtherPupils, GroupResults, PupilNotInGroup, PupilTwice, coloured_mean, group_results
from kring.core.instruments import CutKind, Cuts, Level, Scale
from kring.core.intervals import mean_interval
from kring.core.provenance import Provenance
from kring.core.reliability import MeasurementError, Origin
from tests.cast_instruments import DATED, GROUP_CUTS, PUPIL_CUTS, instrument, scale

ERROR = MeasurementError(0.29, 0.76, 0.592, 400, Origin.OMEGA)
SCALE = scale("a", "q1 q2 q3 q4")


def results(rows: Sequence[int | None], *, part: Scale = SCALE, error: MeasurementError | None = None) -> GroupResults:
    """A group in which pupil i gives the same answer to all four items; None answers nothing."""
    meant = instrument(part)
    given_rows: list[dict[str, int | Missing]] = [{} if value is None else {item.key: value for item in meant.items} for value in rows]
    pupils = [f"p{number}" for number in range(len(rows))]
    return group_results(meant, pupils, answers_from(meant, given_rows), errors={part.key: error})


def test_a_group_is_scored_coloured_and_summarised() -> None:
    found = results([1, 2, 3, 3, 4, None], error=ERROR)
    (one,) = found.scales
    np.testing.assert_array_equal(one.scores.mean, [1, 2, 3, 3, 4, np.nan])
    assert one.bands.band.tolist() == [Band.RED, Band.RED, Band.GREEN, Band.GREEN, Band.GREEN, Band.NO_SCORE]
    assert one.group.counts == {Band.NO_SCORE: 1, Band.RED: 2, Band.ORANGE: 0, Band.GREEN: 3}
    assert (one.group.n, one.group.n_pupils) == (5, 6)
    assert one.group.mean == pytest.approx(2.6)
    assert one.group.sd == pytest.approx(1.140175425)
    assert one.group.band is Band.RED
    assert not one.group.certain
    assert one.error is ERROR
    assert (found.answered, found.response) == (5, 5 / 6)


def test_intervals_of_the_group() -> None:
    group = results([1, 2, 3, 3, 4, None], error=ERROR).scales[0].group
    assert group.interval is not None
    assert group.interval_now is not None
    assert (group.interval.low + group.interval.high) / 2 == pytest.approx(2.6)
    assert group.interval.low < group.interval_now.low < group.interval_now.high < group.interval.high
    assert results([1, 2, 3, 3, 4]).scales[0].group.interval_now is None


def test_a_pupil_is_read_without_nan() -> None:
    found = results([2, None], error=ERROR)
    (known,), (unknown,) = found.pupil("p0"), found.pupil("p1")
    assert (known.mean, known.sum, known.n_valid, known.n_shown) == (2, 8, 4, 4)
    assert known.pomp == pytest.approx(100 / 3)
    assert (known.band, known.certain) == (Band.RED, False)
    assert known.p_red == pytest.approx(0.8056752159708426)
    assert known.p_green == pytest.approx(0.004851933144615073)
    assert known.interval is not None
    assert known.interval.low == pytest.approx(2 - 1.2815515655446004 * 0.29)
    assert known.interval.level == 0.80
    assert (unknown.mean, unknown.sum, unknown.pomp, unknown.p_red, unknown.p_green, unknown.interval) == (None,) * 6
    assert (unknown.band, unknown.certain, unknown.n_valid, unknown.n_shown) == (Band.NO_SCORE, False, 0, 4)


def test_without_an_error_a_pupil_has_no_band_of_uncertainty() -> None:
    (known,) = results([2]).pupil("p0")
    assert (known.p_red, known.p_green, known.interval, known.certain) == (None, None, None, False)


def test_a_pupil_of_another_group_is_refused() -> None:
    with pytest.raises(PupilNotInGroup) as caught:
        results([2]).pupil("p9")
    assert caught.value.facts() == {"pupil": "p9"}


def test_nobody() -> None:
    found = results([])
    group = found.scales[0].group
    assert (found.response, found.enough_response) == (0.0, False)
    assert (group.n, group.n_pupils, group.mean, group.sd, group.interval, group.band, group.certain) == (0, 0, None, None, None, -1, False)


def test_one_pupil() -> None:
    group = results([3], error=ERROR).scales[0].group
    assert (group.mean, group.sd, group.interval, group.interval_now, group.band, group.certain) == (3, None, None, None, Band.GREEN, False)


def test_all_missing() -> None:
    found = results([None] * 6, error=ERROR)
    group = found.scales[0].group
    assert (found.response, found.enough_response) == (0.0, False)
    assert (group.n, group.mean, group.interval, group.interval_now, group.band) == (0, None, None, None, Band.NO_SCORE)
    assert group.counts[Band.NO_SCORE] == 6


def test_all_equal_says_nothing_about_chance() -> None:
    group = results([3] * 8).scales[0].group
    assert (group.mean, group.sd, group.interval, group.band, group.certain) == (3, 0.0, None, Band.GREEN, False)


def test_the_colour_of_a_group_is_certain_when_its_interval_has_one_colour() -> None:
    assert results([4, 4, 4, 4, 4, 3, 4]).scales[0].group.certain
    assert results([1, 1, 1, 1, 1, 2, 1]).scales[0].group.certain
    assert not results([4, 1, 4, 4, 4, 1, 4]).scales[0].group.certain
    assert not results([3, 3, 3, 3, 3, 2, 3]).scales[0].group.certain


def test_more_problems_is_worse_for_a_group_too() -> None:
    turned = {
        Level.PUPIL: Cuts(PUPIL_CUTS.green, PUPIL_CUTS.red, "gekozen grens", DATED),
        Level.GROUP: Cuts(GROUP_CUTS.green, GROUP_CUTS.red, "gekozen grens", DATED),
    }
    group = results([1, 1, 1, 2, 4], part=scale("a", "q1 q2 q3 q4", direction=-1, cuts=turned)).scales[0].group
    assert group.counts == {Band.NO_SCORE: 0, Band.RED: 1, Band.ORANGE: 0, Band.GREEN: 4}
    assert group.band is Band.GREEN
    assert not group.certain


def test_without_cut_offs_there_are_scores_and_no_colours() -> None:
    (one,) = results([1, 2, 3, 4, 4], part=replace(SCALE, cuts={})).scales
    assert one.group.mean == pytest.approx(2.8)
    assert (one.group.band, one.group.certain) == (Band.NO_SCORE, False)
    assert one.group.counts[Band.NO_SCORE] == 5


def test_response_is_compared_in_whole_numbers() -> None:
    assert results([3] * 15 + [None] * 10).enough_response  # exactly 60 %
    assert not results([3] * 14 + [None] * 10).enough_response


def test_one_answered_item_is_a_response_without_a_score() -> None:
    meant = instrument(SCALE)
    found = group_results(meant, ["p0"], answers_from(meant, [{"q1": 3}]), errors={})
    assert (found.answered, found.response, found.scales[0].group.n, found.scales[0].error) == (1, 1.0, 0, None)


def test_answers_and_pupils_belong_together() -> None:
    meant = instrument(SCALE)
    with pytest.raises(AnswersOfOtherPupils) as caught:
        group_results(meant, ["p0", "p1"], answers_from(meant, [{}]), errors={})
    assert caught.value.facts() == {"pupils": 2, "rows": 1}
    with pytest.raises(PupilTwice) as twice:
        group_results(meant, ["p0", "p0"], answers_from(meant, [{}, {}]), errors={})
    assert twice.value.facts() == {"pupil": "p0"}


def test_one_question_has_no_uncertainty() -> None:
    (known,) = results([2, 4], part=scale("a", "q1"), error=ERROR).pupil("p0")
    assert (known.band, known.certain, known.p_red, known.interval) == (Band.RED, False, None, None)


def test_percentile_cut_offs_count_only_beside_a_norm_sample() -> None:
    cuts = {level: Cuts(25, 50, "norm", DATED, CutKind.PERCENTILE) for level in (Level.PUPIL, Level.GROUP)}
    part = scale("a", "q1 q2 q3 q4", cuts=cuts)
    meant = instrument(part)
    answers = answers_from(meant, [{item.key: value for item in meant.items} for value in (1, 2, 4)])
    pupils, norm = ["p0", "p1", "p2"], np.array([1.0, 2, 2, 3, 4])
    without = group_results(meant, pupils, answers, errors={}).scales[0]
    beside = group_results(meant, pupils, answers, errors={}, norms={"a": {Level.PUPIL: norm, Level.GROUP: norm - 1}}).scales[0]
    assert without.bands.band.tolist() == [Band.NO_SCORE] * 3
    assert (without.group.band, without.scale.cuts) == (Band.NO_SCORE, {})
    assert beside.bands.band.tolist() == [Band.RED, Band.ORANGE, Band.GREEN]
    assert beside.group.band is Band.GREEN
    pupil, group = beside.scale.cuts[Level.PUPIL], beside.scale.cuts[Level.GROUP]
    assert [(cuts.red, cuts.kind, cuts.source) for cuts in (pupil, group)] == [(2.0, CutKind.RAW, "norm"), (1.0, CutKind.RAW, "norm")]
    assert pupil.green > 2.0


def test_a_norm_sample_that_cannot_hold_two_percentiles_apart_gives_no_colour() -> None:
    part = scale("a", "q1 q2 q3 q4", cuts={Level.PUPIL: Cuts(25, 50, "norm", DATED, CutKind.PERCENTILE)})
    meant = instrument(part)
    answers = answers_from(meant, [{item.key: 2 for item in meant.items}])
    for norm in (np.array([2.0]), np.array([2.0, 2.0, 2.0])):
        (found,) = group_results(meant, ["p0"], answers, errors={}, norms={"a": {Level.PUPIL: norm}}).scales
        assert (found.bands.band.tolist(), found.scale.cuts) == ([Band.NO_SCORE], {})


def test_cut_offs_in_percent_of_the_maximum() -> None:
    cuts = {level: Cuts(40, 60, "gekozen grens", DATED, CutKind.POMP) for level in (Level.PUPIL, Level.GROUP)}
    (one,) = results([1, 2, 3, 4], part=scale("a", "q1 q2 q3 q4", cuts=cuts)).scales
    assert one.bands.band.tolist() == [Band.RED, Band.RED, Band.GREEN, Band.GREEN]
    assert one.group.band is Band.ORANGE


def test_a_mean_that_only_rounding_keeps_from_a_cut_off_lies_on_it() -> None:
    third = Cuts(2.2, 2.3, "gekozen grens", DATED)
    found = coloured_mean(mean_interval(np.array([2.3 - 1e-12, 2.3, 2.3])), (third.red, third.green), direction=1)
    assert found == (Band.GREEN, False)


def test_the_results_say_how_many_counted() -> None:
    found = results([1, None, 3])
    assert (found.n, found.n_valid, found.provenance.method) == (3, 2, "group-results/1")


@given(st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=30))
def test_a_group_is_the_same_in_any_order_and_counts_everybody(rows: list[int | None]) -> None:
    one, other = results(rows, error=ERROR).scales[0].group, results(rows[::-1], error=ERROR).scales[0].group
    assert one == other
    assert sum(one.counts.values()) == len(rows)
    assert one.interval is None or (one.mean is not None and one.interval.low < one.mean < one.interval.high)


def test_whose_answers_they_are_is_part_of_the_data_and_the_order_of_the_pupils_is_not() -> None:
    asked = instrument(scale("thuis", "a b"))
    rows = [{"a": 1, "b": 2}, {"a": 3, "b": 4}]

    def origin(pupils: list[str], rows: list[dict[str, int]]) -> Provenance:
        return group_results(asked, pupils, answers_from(asked, rows), errors={}).provenance

    assert origin(["els", "pim"], rows) == origin(["pim", "els"], rows[::-1])
    assert origin(["els", "pim"], rows).input != origin(["els", "pim"], rows[::-1]).input
