"""Ambitions: literally met or not, how sure that is, and what cannot be said."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.ambitions.judging import (
    CARE_SHARE,
    EVERY_AREA_GREEN,
    READY_AMBITIONS,
    SAFETY_GREEN,
    Ambition,
    AmbitionResult,
    Answer,
    Average,
    Certainty,
    Comparator,
    ComparatorWithoutThreshold,
    GroupCount,
    IndexPart,
    MeanPart,
    Measure,
    NoAnswer,
    PartOfAnotherMeasure,
    PartTwice,
    SharePart,
    Subject,
    Unit,
    judged,
)
from kring.core.columns import BeyondMeasure
from kring.core.instruments import Informant
from kring.core.intervals import ClustersOfOthers, ImpossibleCount

DAY = date(2025, 8, 1)
GREEN = [3.4, 3.6, 3.2, 3.8, 3.5, 3.3]
ORANGE = [2.8, 2.9, 2.7, 3.0, 2.85, 2.95]


def mean(scale: str, values: list[float], *, direction: int = 1, green: float | None = 3.0) -> MeanPart:
    groups = ["abc"[number % 3] for number in range(len(values))]
    return MeanPart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, scale, np.array(values), groups, direction, green)


def share(*counts: tuple[int, int, int], scale: str = "care") -> SharePart:
    named = tuple(GroupCount(f"{number}", *count) for number, count in enumerate(counts))
    return SharePart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, scale, named)


def green_of(*parts: MeanPart, ambition: Ambition = EVERY_AREA_GREEN, k: int = 6) -> AmbitionResult:
    return judged(replace(ambition, informants=frozenset({Informant.PUPIL})), parts, k=k)


def test_the_three_ambitions_of_the_source() -> None:
    assert READY_AMBITIONS == (EVERY_AREA_GREEN, SAFETY_GREEN, CARE_SHARE)
    assert EVERY_AREA_GREEN.informants == {Informant.TEACHER, Informant.PUPIL}
    assert [(each.comparator, each.threshold, each.unit) for each in READY_AMBITIONS] == [
        (Comparator.GREEN, None, Unit.SCHOOL),
        (Comparator.GREEN, None, Unit.SCHOOL),
        (Comparator.AT_MOST, Fraction(1, 5), Unit.SCHOOL),
    ]
    assert [each.average for each in READY_AMBITIONS] == [Average.PUPILS, Average.PUPILS, Average.GROUPS]


def test_so_many_areas_of_so_many() -> None:
    found = green_of(mean("rust", GREEN), mean("plezier", ORANGE), mean("thuis", GREEN))
    assert (found.n_met, found.n, found.n_valid, found.whole) == (2, 3, 3, Answer.NOT_MET)
    assert [(each.scale, each.answer) for each in found.parts] == [
        ("plezier", Answer.NOT_MET),
        ("rust", Answer.MET),
        ("thuis", Answer.MET),
    ]
    assert [round(float(each.distance or 0), 6) for each in found.parts] == [-0.133333, 0.466667, 0.466667]
    assert green_of(mean("rust", GREEN), mean("thuis", GREEN)).whole is Answer.MET


def test_a_part_without_an_answer_leaves_the_whole_open() -> None:
    few, silent, uncut = mean("a", GREEN[:5]), mean("b", [*GREEN, *[np.nan] * 5]), mean("c", GREEN, green=None)
    for part, reason in (
        (few, NoAnswer.TOO_FEW),
        (silent, NoAnswer.TOO_LITTLE_RESPONSE),
        (uncut, NoAnswer.NO_CUTS),
        (mean("d", []), NoAnswer.NOT_MEASURED),
        (mean("d", [np.nan] * 20), NoAnswer.NOT_MEASURED),
    ):
        for other in (GREEN, ORANGE):
            found = green_of(mean("rust", other), part)
            assert (found.whole, found.n, found.n_valid) == (Answer.OPEN, 2, 1)
            assert found.parts[0].reason is reason
            assert (found.parts[0].value, found.parts[0].distance, found.parts[0].interval) == (None, None, None)
            assert found.parts[0].certainty is Certainty.UNKNOWN


def test_exactly_sixty_percent_is_enough_response() -> None:
    assert green_of(mean("a", [*GREEN, *[np.nan] * 4])).whole is Answer.MET


def test_nobody_was_asked() -> None:
    found = judged(EVERY_AREA_GREEN, [mean("rust", GREEN)])
    assert [(each.informant, each.scale, each.answer, each.reason) for each in found.parts] == [
        (Informant.PUPIL, "rust", Answer.MET, None),
        (Informant.TEACHER, None, Answer.OPEN, NoAnswer.NOT_MEASURED),
    ]
    assert (found.whole, found.n_met, found.n, found.n_valid) == (Answer.OPEN, 1, 2, 1)
    assert judged(EVERY_AREA_GREEN, []).whole is Answer.OPEN


def test_a_named_scale_that_was_not_asked_is_missing() -> None:
    ambition = replace(EVERY_AREA_GREEN, scope=frozenset({"rust", "thuis"}))
    found = green_of(mean("rust", GREEN), mean("plezier", ORANGE), ambition=ambition)
    assert [(each.scale, each.answer) for each in found.parts] == [("thuis", Answer.OPEN), ("rust", Answer.MET)]


def test_parts_of_safety_are_not_merged_with_other_areas() -> None:
    other = replace(mean("pesten", ORANGE), subject=Subject.SAFETY)
    assert green_of(mean("rust", GREEN), other).n == 1
    assert judged(SAFETY_GREEN, [mean("rust", GREEN), other]).parts[0].scale == "pesten"


def test_a_mean_on_the_cut_off_is_green_whatever_the_rounding() -> None:
    assert green_of(mean("a", [2.3, 3.7] * 3)).parts[0].answer is Answer.MET
    assert green_of(mean("a", [3.0 - 1e-12] * 6)).parts[0].answer is Answer.MET
    assert green_of(mean("a", [3.0 - 1e-6] * 6)).parts[0].answer is Answer.NOT_MET


def test_more_problems_is_worse() -> None:
    found = green_of(mean("a", [1.2, 1.4, 1.1, 1.5, 1.3, 1.4], direction=-1, green=2.0))
    assert (found.whole, found.parts[0].certainty) == (Answer.MET, Certainty.CERTAIN)
    assert float(found.parts[0].distance or 0) == pytest.approx(2.0 - 7.9 / 6)


def test_how_sure_an_answer_is() -> None:
    assert green_of(mean("a", GREEN)).parts[0].certainty is Certainty.CERTAIN
    assert green_of(mean("a", [2.7, 3.4, 2.9, 2.8, 3.6, 3.0])).parts[0].certainty is Certainty.WITHIN_CHANCE
    assert green_of(mean("a", [3.5] * 6)).parts[0].certainty is Certainty.UNKNOWN
    assert green_of(mean("a", [1.2, 1.4, 1.1, 1.5, 1.3, 1.4])).parts[0].certainty is Certainty.CERTAIN


def test_a_school_of_one_class_has_the_interval_of_a_class() -> None:
    part = MeanPart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, "a", np.array(GREEN), ["a"] * 6, 1, 3.0)
    found = green_of(part).parts[0].interval
    assert found is not None
    half = 2.0150483726691575 * np.std(GREEN, ddof=1) / np.sqrt(6)  # t(5) at .95
    assert (found.low, found.high, found.level) == pytest.approx((np.mean(GREEN) - half, np.mean(GREEN) + half, 0.90))


def test_the_mean_of_classes_counts_every_class_once() -> None:
    part = MeanPart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, "a", np.array([4.0, 2.0, 2.0, 2.0, np.nan, 2.0]), list("abbbcb"), 1, 3.0)
    by_class = green_of(part, ambition=replace(EVERY_AREA_GREEN, average=Average.GROUPS), k=2).parts[0]
    assert (by_class.value, by_class.answer, by_class.n, by_class.n_pupils) == (3.0, Answer.MET, 5, 6)
    assert by_class.certainty is Certainty.UNKNOWN
    assert green_of(part, k=2).parts[0].value == pytest.approx(2.4)


@pytest.mark.parametrize(
    ("counts", "value", "answer", "certainty"),
    [
        ([(5, 25, 25)], Fraction(1, 5), Answer.MET, Certainty.WITHIN_CHANCE),  # exactly 20 % meets it
        ([(5, 25, 25), (4, 16, 16), (6, 29, 29)], Fraction(381, 1740), Answer.NOT_MET, Certainty.WITHIN_CHANCE),
        ([(0, 25, 25), (1, 25, 25)], Fraction(1, 50), Answer.MET, Certainty.CERTAIN),
        ([(15, 25, 25), (14, 25, 25)], Fraction(29, 50), Answer.NOT_MET, Certainty.CERTAIN),
        ([(0, 0, 5), (1, 25, 25)], Fraction(1, 25), Answer.MET, Certainty.CERTAIN),
        ([(90, 100, 100), *[(0, 5, 5)] * 5], Fraction(3, 20), Answer.MET, Certainty.WITHIN_CHANCE),  # the two readings disagree
    ],
)
def test_the_care_share(counts: list[tuple[int, int, int]], value: Fraction, answer: Answer, certainty: Certainty) -> None:
    (part,) = judged(CARE_SHARE, [share(*counts)]).parts
    assert (part.value, part.answer, part.certainty) == (value, answer, certainty)
    assert part.distance == Fraction(1, 5) - value


def test_the_care_share_of_pupils() -> None:
    ambition = replace(CARE_SHARE, average=Average.PUPILS)
    (part,) = judged(ambition, [share((5, 25, 25), (4, 16, 16), (6, 29, 29))]).parts
    assert part.value == Fraction(15, 70)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([(1, 5, 5)], NoAnswer.TOO_FEW),
        ([(1, 14, 25)], NoAnswer.TOO_LITTLE_RESPONSE),
        ([(0, 0, 25)], NoAnswer.NOT_MEASURED),
        ([], NoAnswer.NOT_MEASURED),
    ],
)
def test_a_care_share_that_says_nothing(counts: list[tuple[int, int, int]], reason: NoAnswer) -> None:
    found = judged(CARE_SHARE, [share(*counts)])
    assert (found.whole, found.parts[0].reason, found.parts[0].value) == (Answer.OPEN, reason, None)


def test_a_response_is_judged_however_low() -> None:
    ambition = Ambition(
        "r", Measure.RESPONSE, Subject.SOCIAL_EMOTIONAL, frozenset({Informant.PUPIL}), Comparator.AT_LEAST, DAY, threshold=Fraction(4, 5)
    )
    (low,) = judged(ambition, [share((5, 25, 25), scale="list")]).parts
    assert (low.value, low.answer, low.distance) == (Fraction(1, 5), Answer.NOT_MET, Fraction(-3, 5))
    assert judged(ambition, [share((20, 25, 25), scale="list")]).whole is Answer.MET


def test_an_index_of_the_sociogram() -> None:
    ambition = replace(CARE_SHARE, measure=Measure.SOCIOGRAM_INDEX, threshold=Fraction(1, 10))
    part = IndexPart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, "never-chosen", 0.1, 24, 25)
    found = judged(ambition, [part])
    assert (found.whole, found.parts[0].certainty) == (Answer.MET, Certainty.UNKNOWN)
    assert judged(ambition, [replace(part, value=0.2)]).whole is Answer.NOT_MET
    assert judged(ambition, [replace(part, value=None)]).parts[0].reason is NoAnswer.NOT_MEASURED
    with pytest.raises(BeyondMeasure):
        replace(part, value=float("nan"))
    with pytest.raises(ImpossibleCount):
        replace(part, n=26)


def test_a_mean_may_be_held_against_a_number() -> None:
    ambition = replace(EVERY_AREA_GREEN, comparator=Comparator.AT_LEAST, threshold=Fraction(7, 2))
    assert green_of(mean("a", GREEN, green=None), ambition=ambition).whole is Answer.NOT_MET


def test_what_does_not_belong_together_is_refused() -> None:
    with pytest.raises(PartOfAnotherMeasure) as caught:
        judged(CARE_SHARE, [mean("a", GREEN)])
    assert caught.value.facts() == {"ambition": "care-share", "part": "MeanPart"}
    with pytest.raises(PartTwice):
        judged(CARE_SHARE, [share((1, 25, 25)), share((1, 25, 25))])
    for comparator, threshold, measure in (
        (Comparator.GREEN, Fraction(1), Measure.SCALE_MEAN),
        (Comparator.AT_MOST, None, Measure.SCALE_MEAN),
        (Comparator.GREEN, None, Measure.CARE_SHARE),
    ):
        with pytest.raises(ComparatorWithoutThreshold):
            replace(CARE_SHARE, comparator=comparator, threshold=threshold, measure=measure)
    for x, n, of in ((3, 2, 5), (1, 6, 5), (-1, 2, 5)):
        with pytest.raises(ImpossibleCount):
            GroupCount("a", x, n, of)
    with pytest.raises(ClustersOfOthers):
        replace(mean("a", GREEN), groups=["a"])


@given(st.permutations(range(6)))
def test_the_order_of_pupils_and_parts_changes_nothing(order: list[int]) -> None:
    one = mean("a", [2.9, 3.4, 2.8, 3.5, 2.9, 3.3])
    other = replace(one, values=one.values[order], groups=[one.groups[at] for at in order])
    first, second = green_of(one, mean("b", GREEN)), green_of(mean("b", GREEN), other)
    assert first == second
    assert first.provenance == second.provenance
    counts = share((1, 20, 20), (2, 21, 22))
    turned = replace(counts, counts=counts.counts[::-1])
    assert judged(CARE_SHARE, [counts]).provenance == judged(CARE_SHARE, [turned]).provenance


@given(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_twenty_percent_is_compared_in_whole_numbers(count: tuple[int, int]) -> None:
    x, n = count
    (part,) = judged(CARE_SHARE, [share((x, n, n))]).parts
    assert part.answer is (Answer.OPEN if n < 6 else Answer.MET if 100 * x <= 20 * n else Answer.NOT_MET)


def test_the_interval_is_not_told_where_it_would_tell_a_small_class() -> None:
    """How sure the outcome is does stand there."""
    wide, narrow = share((1, 20, 20), (1, 5, 5)), share((1, 20, 20), (1, 6, 6), (0, 0, 0))
    for part, told in ((wide, False), (narrow, True)):
        found = judged(CARE_SHARE, [part]).parts[0]
        assert (found.interval is not None, found.certainty) == (told, Certainty.WITHIN_CHANCE)
    found = green_of(mean("rust", GREEN)).parts[0]
    assert (found.interval, found.certainty) == (None, Certainty.CERTAIN)
    assert green_of(mean("rust", GREEN), k=2).parts[0].interval is not None


def test_a_part_that_is_not_met_beside_one_without_an_answer_leaves_the_whole_open() -> None:
    found = green_of(mean("rust", ORANGE), mean("plezier", GREEN[:5]))
    assert (found.whole, [each.answer for each in found.parts]) == (Answer.OPEN, [Answer.OPEN, Answer.NOT_MET])


def test_scores_in_a_list_are_judged_too() -> None:
    part = MeanPart(Subject.SOCIAL_EMOTIONAL, Informant.PUPIL, "rust", GREEN, ["a"] * 6, 1, 3.0)  # type: ignore[arg-type]
    assert green_of(part).parts[0].value == green_of(mean("rust", GREEN)).parts[0].value
    with pytest.raises(BeyondMeasure):
        mean("rust", [1e300] * 6)
